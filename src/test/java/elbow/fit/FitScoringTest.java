package elbow.fit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitScoringTest {
    private static final FeatureEncoder NUMBERS =
            TestEncoders.encoder().real("x", 0, 1).build();

    @Test
    void knownAnomaliesNeedAWeightToChoose() {
        for (String given : List.of("scoring.marginal-weight=1", "scoring.neighbour-weight=0")) {
            assertThatCode(() -> FitScoring.requireChoice(settings(given), NUMBERS, 3))
                    .doesNotThrowAnyException();
        }
        Configuration both = settings("scoring.marginal-weight=1", "scoring.neighbour-weight=0");

        assertThatThrownBy(() -> FitScoring.requireChoice(both, NUMBERS, 3))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "scoring.marginal-weight or scoring.neighbour-weight must be auto with anomalies, which chooses"
                                + " what is, but they are 1 and 0");
    }

    @Test
    void twoKnownAnomaliesAreTooFew() {
        assertThatThrownBy(() -> FitScoring.requireChoice(settings(), NUMBERS, 2))
                .isInstanceOf(ElbowException.class)
                .hasMessage("anomalies must name at least 3 rows, but names 2: so few tell nothing");
        assertThatThrownBy(() -> FitScoring.requireChoice(settings(), NUMBERS, 0))
                .hasMessage("anomalies must name at least 3 rows, but names 0: no row has the value");
    }

    private static Configuration settings(String... overrides) {
        return Configuration.defaults().withOverrides(List.of(overrides));
    }
}
