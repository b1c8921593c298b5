package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.model.ModelDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        ModelDirectory place = new ModelDirectory(
                directory.resolve("model").toString(),
                SharedSpark.session().sparkContext().hadoopConfiguration());
        VariationalAutoencoderModel other = fitted("b");

        assertThatCode(() -> ModelReader.requireUnchanged(place, MODEL.summary().manifest(), MODEL.files()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ModelReader.requireUnchanged(place, MODEL.summary().manifest(), other.files()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining("model " + MODEL.summary().modelId() + " was replaced by model "
                        + other.summary().modelId() + " meanwhile");
    }
}
