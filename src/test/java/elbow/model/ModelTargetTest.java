package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTargetTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    private Path directory;

    @Test
    void theNextVersionIsPutInForceAndAnyOtherDirectoryIsNot() throws IOException {
        make(1);
        ModelTarget first = ModelTarget.of(at("cardio@1"), HADOOP);
        assertThat(first.place()).isEqualTo(at("cardio@1"));
        first.putInForce();
        assertThat(directory.resolve(".cardio.versions")).doesNotExist();

        ModelTarget next = ModelTarget.of(at("cardio@next"), HADOOP);
        assertThat(next.place()).endsWith("/cardio@2");
        make(2);
        next.putInForce();
        assertThat(latest()).endsWith("/cardio@2");
    }

    @Test
    void aVersionThatCameInForceMeanwhileStaysInForce() throws IOException {
        make(1);
        make(2);
        ModelVersions.promote(at("cardio@2"), HADOOP);
        ModelTarget next = ModelTarget.of(at("cardio@next"), HADOOP);
        make(3);
        ModelVersions.promote(at("cardio@1"), HADOOP);

        assertThatThrownBy(next::putInForce)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.NOT_PROMOTED))
                .hasMessageStartingWith(
                        next.place() + " is written but not in force: ModelVersions.promote " + next.place() + " (")
                .hasMessageEndingWith("from 2 to 1)");
        assertThat(latest()).endsWith("/cardio@1");
    }

    @Test
    void ofAPromotionThatFailsTheFailureSaysWhatIsLeftToDo() throws IOException {
        ModelTarget next = ModelTarget.of(at("cardio@next"), HADOOP);
        make(1);
        Files.writeString(
                Files.createDirectories(directory.resolve(".cardio.versions")).resolve("1.json"), "{}");

        assertThatThrownBy(next::putInForce)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining("/cardio@1 is written but not in force: ModelVersions.promote ")
                .hasMessageContaining("is no promotion that Elbow has written");
    }

    private String latest() {
        return ModelVersions.toRead(Parameter.MODEL, at("cardio@latest"), HADOOP);
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private void make(int version) throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("cardio@" + version)).resolve("manifest.json"), "{}");
    }
}
