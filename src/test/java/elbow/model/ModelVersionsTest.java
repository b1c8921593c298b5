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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionsTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    private Path directory;

    @Test
    void theVersionPromotedLastIsInForce() throws IOException {
        make(1);
        make(2);

        assertThat(ModelVersions.promote(at("cardio@2"), HADOOP)).isEmpty();
        assertThat(latest()).endsWith("/cardio@2");
        assertThat(ModelVersions.promote(at("cardio@1"), HADOOP)).hasValue(2);
        assertThat(latest()).endsWith("/cardio@1");

        assertThat(directory.resolve(".cardio.versions")).isDirectoryContaining("glob:**/2.json");
        assertThat(directory.resolve("cardio@2/manifest.json")).exists();
    }

    @Test
    void theNextVersionIsAboveAllThatThereAreOrWere() throws IOException {
        assertThat(next()).endsWith("/cardio@1");
        make(1);
        make(10);
        Files.createDirectories(directory.resolve("cardio@x"));
        Files.createDirectories(directory.resolve("cardio2@99"));
        assertThat(next()).endsWith("/cardio@11");

        ModelVersions.promote(at("cardio@10"), HADOOP);
        Files.delete(directory.resolve("cardio@10/manifest.json"));
        Files.delete(directory.resolve("cardio@10"));

        assertThat(next()).endsWith("/cardio@11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models/cardio",
                "models/cardio@3",
                "s3a://me@there/cardio",
                "cardio@newest",
                "m@latest/x",
                "@latest"
            })
    void otherPlacesStayAsTheyAre(String uri) {
        assertThat(ModelVersions.toRead(Parameter.MODEL, uri, HADOOP)).isEqualTo(uri);
        assertThat(ModelVersions.toWrite(uri, HADOOP)).isEqualTo(uri);
        assertThat(ModelVersions.isNext(uri)).isFalse();
    }

    @Test
    void slashesAtTheEndChangeNothing() throws IOException {
        make(1);

        assertThat(ModelVersions.isNext(at("cardio@next") + "/")).isTrue();
        assertThat(ModelVersions.toWrite(at("cardio@next") + "//", HADOOP)).endsWith("/cardio@2");
        assertThat(ModelVersions.promote(at("cardio@1") + "/", HADOOP)).isEmpty();
        assertThat(ModelVersions.toRead(Parameter.MODEL, at("cardio@latest") + "/", HADOOP))
                .endsWith("/cardio@1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/cardio@Next", "cardio@LATEST/"})
    void otherCaseIsNotWrittenTo(String uri) {
        assertFails(
                ErrorCategory.USAGE,
                () -> ModelVersions.toWrite(uri, HADOOP),
                "model must have @next and @latest in lower case, but is " + uri);
    }

    @Test
    void whatIsNoVersionIsRefused() throws IOException {
        make(1);
        assertFails(
                ErrorCategory.MODEL,
                this::latest,
                "model must name a model of which a version was promoted, but of file:");
        assertFails(
                ErrorCategory.USAGE,
                () -> ModelVersions.promote(at("cardio"), HADOOP),
                "model must name a version of a model, such as models/cardio@2, but is ");
        assertFails(
                ErrorCategory.MODEL,
                () -> ModelVersions.promote(at("cardio@2"), HADOOP),
                "model must name a model that is there, but file:");
        assertFails(
                ErrorCategory.USAGE,
                () -> ModelVersions.toWrite(at("cardio@latest"), HADOOP),
                "model must be a directory to write, or end in @next for the next version, but is ");

        ModelVersions.promote(at("cardio@1"), HADOOP);
        Files.writeString(directory.resolve(".cardio.versions/7.json"), "{}");
        assertThatThrownBy(this::latest)
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("/.cardio.versions/7.json is no promotion that Elbow has written");
    }

    private static void assertFails(ErrorCategory category, ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(category))
                .hasMessageStartingWith(message);
    }

    private String latest() {
        return ModelVersions.toRead(Parameter.MODEL, at("cardio@latest"), HADOOP);
    }

    private String next() {
        return ModelVersions.toWrite(at("cardio@next"), HADOOP);
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private void make(int version) throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("cardio@" + version)).resolve("manifest.json"), "{}");
    }
}
