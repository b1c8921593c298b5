package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import elbow.data.reference.Neighbourhood;
import elbow.score.AnomalyScoring;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalRowsTest {
    private static final Configuration AUTO = Configuration.defaults().withOverrides(List.of("training.robust=auto"));

    @Test
    void whereRowsAreNormalTrainingIsNotRobustAndDistancesAreToTheNearestAlone() {
        Configuration settled = NormalRows.settings(AUTO);

        assertThat(settled.text("training.robust")).isEqualTo("off");
        assertThat(AnomalyScoring.neighbourhood(settled)).isEqualTo(Neighbourhood.LOCAL);
        assertThat(AnomalyScoring.neighbourhood(AUTO)).isEqualTo(Neighbourhood.BROAD);
    }

    @Test
    void whatIsAskedForStays() {
        Configuration asked = AUTO.withOverrides(List.of("training.robust=on", "scoring.neighbourhood=broad"));

        assertThat(NormalRows.settings(asked).asTexts()).isEqualTo(asked.asTexts());
    }
}
