package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrainedSettingsTest {
    @Test
    void scoringIsAsItWasAndAllElseByDefault() {
        Configuration settings =
                TrainedSettings.ofScoring(Map.of("scoring.threshold", "tail", "training.epochs", "3", "seed", "5"));

        assertThat(settings.text("scoring.threshold")).isEqualTo("tail");
        assertThat(settings.isChanged("training.epochs")).isFalse();
        assertThat(settings.isChanged("seed")).isFalse();
    }

    @Test
    void aSettingOfScoringThatThisBuildDoesNotKnowIsTheModels() {
        assertThatThrownBy(() -> TrainedSettings.ofScoring(Map.of("scoring.of-tomorrow", "1")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContainingAll("scoring.of-tomorrow", "manifest.json");
    }

    @Test
    void theNextTrainingHasAllButWhatBelongsToOneTraining() {
        SortedMap<String, String> trained = new TreeMap<>(Map.of(
                "training.epochs", "3",
                "training.replicas", "7",
                "training.tensorboard", "events",
                "report.images", "4",
                "objective.kl-schedule", "linear",
                "objective.kl-warm-up-steps", "900",
                "training.of-yesterday", "1"));

        Configuration settings = TrainedSettings.forNextTraining(trained);

        assertThat(settings.asMap())
                .isEqualTo(Configuration.defaults()
                        .withTexts(Map.of("training.epochs", "3", "objective.kl-schedule", "constant"), "here")
                        .asMap());
    }
}
