package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateRunTest {
    @ParameterizedTest
    @CsvSource({
        "scoring.threshold, true",
        "scoring.tail-risk, true",
        "scoring.samples, false",
        "scoring.anomaly-score, false",
        "scoring.marginal-weight, false",
        "scoring.neighbour-weight, false",
        "scoring.neighbourhood, false",
        "training.epochs, false",
        "seed, false"
    })
    void onlyKeysOfTheThresholdAreHeeded(String key, boolean heeded) {
        assertThat(CalibrateRun.heeds(key)).isEqualTo(heeded);
    }
}
