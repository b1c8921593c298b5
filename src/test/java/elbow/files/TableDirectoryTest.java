package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDirectoryTest {
    @TempDir
    private Path directory;

    private Place place(String name) {
        return Place.of("output", directory.resolve(name).toString(), ErrorCategory.USAGE, new Configuration());
    }

    private void table(String log) throws IOException {
        Files.createDirectories(directory.resolve("t").resolve(log).getParent());
        Files.writeString(directory.resolve("t").resolve(log), "{}");
    }

    @ParameterizedTest
    @CsvSource({"_delta_log/0.json, DELTA", "metadata/v1.metadata.json, ICEBERG", ".hoodie/hoodie.properties, HUDI"})
    void aTableIsKnownByItsLog(String log, TableDirectory.Kind kind) throws IOException {
        table(log);

        Place table = place("t");
        assertThat(TableDirectory.at(table.files(), table.path())).contains(new TableDirectory(table.path(), kind));
        assertThat(TableDirectory.around(place("t/a/b")))
                .map(TableDirectory::kind)
                .contains(kind);
        assertThat(TableDirectory.holding(table.files(), place("t/part.parquet").path(), true))
                .map(TableDirectory::kind)
                .contains(kind);
        assertThat(TableDirectory.holding(table.files(), place("t/dt=1/h=2").path(), false))
                .map(TableDirectory::kind)
                .contains(kind);
        assertThat(TableDirectory.at(table.files(), place("other").path())).isEmpty();
        assertThatThrownBy(() -> new RunPaths().replaces(place("t/scores")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining("output must not be or lie in a table's directory");
        assertThatThrownBy(() -> new RunPaths().ownsTable(place("t/scores"))).isInstanceOf(ElbowException.class);
        assertThatCode(() -> new RunPaths().ownsTable(place("t"))).doesNotThrowAnyException();
    }

    @Test
    void icebergsFilesAreOfItsTable() throws IOException {
        table("metadata/00001-x.metadata.json");

        Place table = place("t");
        assertThat(TableDirectory.holding(
                        table.files(), place("t/data/dt=1/a.parquet").path(), true))
                .isPresent();
        assertThat(TableDirectory.holding(table.files(), place("t/data").path(), false))
                .isPresent();
    }

    @Test
    void aDirectoryOfMetadataIsNoTable() throws IOException {
        table("metadata/columns.json");

        Place table = place("t");
        assertThat(TableDirectory.at(table.files(), table.path())).isEmpty();
        assertThat(TableDirectory.around(place("t/a"))).isEmpty();
    }
}
