package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.model.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a saved model that cannot be read. */
class ModelReaderIT {
    private static final VariationalAutoencoderModel MODEL = fitted("a");

    @TempDir
    private Path directory = Path.of("");

    private static VariationalAutoencoderModel fitted(String column) {
        return SmallRows.quick()
                .setEpochs(1)
                .setInputCols(column, "even")
                .setExplained(1)
                .fit(SmallRows.mixed());
    }

    @Test
    void aModelThatIsReplacedWhileItIsLoadedIsNotTakenForAnother() {
        ModelDirectory place =
                new ModelDirectory(place(), SharedSpark.session().sparkContext().hadoopConfiguration());
        VariationalAutoencoderModel other = fitted("b");

        assertThatCode(() -> ModelReader.requireUnchanged(place, MODEL.summary().manifest(), MODEL.files()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        ModelReader.requireUnchanged(place, MODEL.summary().manifest(), other.files()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining("model " + MODEL.summary().modelId() + " was replaced by model "
                        + other.summary().modelId() + " meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"class\":\"elbow.ml.Other\"}"})
    void damagedMetadataAreNamed(String content) throws Exception {
        assertDamaged(content);
    }

    @Test
    void aParamThatTheModelDoesNotHaveIsDamage() throws Exception {
        MODEL.write().save(place());
        String sound = Files.readString(metadata());

        assertThat(sound).contains("\"paramMap\":{");
        assertDamaged(sound.replace("\"paramMap\":{", "\"paramMap\":{\"nowhere\":1,"));
    }

    private void assertDamaged(String content) throws Exception {
        MODEL.write().overwrite().save(place());
        Files.writeString(metadata(), content);

        assertThatThrownBy(() -> VariationalAutoencoderModel.load(place()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining("model/metadata/part-00000 is not what Spark ML writes: ");
    }

    private String place() {
        return directory.resolve("model").toString();
    }

    private Path metadata() {
        return directory.resolve("model/metadata/part-00000");
    }
}
