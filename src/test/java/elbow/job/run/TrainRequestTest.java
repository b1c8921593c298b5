package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainRequestTest {
    @ParameterizedTest
    @CsvSource({"auto, true, off", "auto, false, auto", "on, true, on", "off, false, off"})
    void rowsSaidToBeNormalLeaveNothingToTrim(String asked, boolean normalRows, String used) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of("training.robust=" + asked));

        assertThat(TrainRequest.settled(configuration, normalRows).text("training.robust"))
                .isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource({"auto, true, local", "auto, false, auto", "broad, true, broad", "local, false, local"})
    void distancesToNormalRowsAreToTheNearestAlone(String asked, boolean normalRows, String used) {
        Configuration configuration = Configuration.defaults().withOverrides(List.of("scoring.neighbourhood=" + asked));

        assertThat(TrainRequest.settled(configuration, normalRows).text("scoring.neighbourhood"))
                .isEqualTo(used);
    }

    @Test
    void nothingElseChanges() {
        Configuration configuration =
                Configuration.defaults().withOverrides(List.of("seed=7", "scoring.neighbourhood=local"));

        assertThat(TrainRequest.settled(configuration, true)).isEqualTo(configuration);
    }
}
