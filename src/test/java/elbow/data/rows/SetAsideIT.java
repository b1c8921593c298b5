package elbow.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideIT {
    @TempDir
    private Path directory;

    @Test
    void badRowsAreWrittenAndAllRowsCounted() throws Exception {
        Path file = Files.writeString(directory.resolve("rows.csv"), "a,b\n1,2\n3\n4,5\n6,7\n8\n");
        Dataset<Row> marked = DataReader.read(
                SharedSpark.session(), ReadRequest.of(file.toString()).markingBadRows());

        SetAside written = SetAside.write(marked, directory.resolve("bad").toString());

        assertThat(written).isEqualTo(new SetAside(2, 3));
    }

    @Test
    void rowsThatAreOthersTheSecondTimeAreAnError() {
        SetAside written = new SetAside(2, 3);

        written.requireAllUsed(3, List.of("rows.csv"));
        assertThatThrownBy(() -> written.requireAllUsed(4, List.of("rows.csv")))
                .isInstanceOf(ElbowException.class)
                .hasMessage("input rows.csv must stay as it is while it is read, but of 5 rows 2 were set aside and,"
                        + " read again, 4 were good: run again when nobody writes there");
    }
}
