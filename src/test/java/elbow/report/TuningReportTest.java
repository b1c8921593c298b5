package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.report.TuningReport.Role;
import elbow.report.TuningReport.Score;
import elbow.report.TuningReport.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningReportTest {
    private static final Trial WINNER = new Trial(
            7,
            Role.DRAWN,
            "model.latent-size=8",
            List.of(new Score(3, -9.5, 0.2), new Score(9, -8.25, 0.15)),
            1234,
            12.5,
            "");
    private static final Trial BASELINE = new Trial(
            1, Role.BASELINE, "as configured", List.of(new Score(3, -11, 0.3), new Score(9, -10, 0.25)), 1000, 10, "");
    private static final Trial FAILED =
            new Trial(3, Role.DRAWN, "training.learning-rate=<1e30>", List.of(), 0, 0, "parameters must stay finite");

    @Test
    void bestConfiguredAndGainStandAtTheTop() {
        String page = page(List.of(WINNER, BASELINE, FAILED));

        assertThat(page)
                .contains("<title>Search for settings</title>")
                .contains("<dt>Best ELBO</dt><dd class=\"value\">−8.250</dd>")
                .contains("<dt>As configured</dt><dd class=\"value\">−10.00</dd>")
                .contains("<dt>Gain</dt><dd class=\"value\">1.750</dd>")
                .contains("trial 7: <code>model.latent-size=8</code>")
                .contains("model.latent-size = 8\n");
    }

    @Test
    void everyTrialHasARowAndAFailureItsReason() {
        String page = page(List.of(WINNER, BASELINE, FAILED));

        assertThat(page.split("<tr", -1)).hasSize(1 + 1 + 3);
        assertThat(page)
                .contains("training.learning-rate=&lt;1e30&gt;<div>failed: parameters must stay finite</div>")
                .contains("aria-label=\"ELBO of each trial against the epochs of its trainings; the best is −8.250.\"");
    }

    @Test
    void aWinnerThatIsTheConfigurationItselfIsDrawnOnce() {
        String page = page(List.of(BASELINE, WINNER));

        assertThat(page).contains("winner, trial 1").doesNotContain("as configured</span>");
    }

    @Test
    void scoresFarBelowTheOthersAreLeftOutOfTheChartAndCounted() {
        Trial wrong = new Trial(9, Role.DRAWN, "objective.beta=2", List.of(new Score(3, -1e6, 1)), 1, 1, "");

        assertThat(page(List.of(WINNER, BASELINE, wrong))).contains("↓ 1 trial with a score below the chart");
        assertThat(page(List.of(WINNER, BASELINE))).doesNotContain("below the chart");
    }

    @Test
    void pageIsSelfContained() {
        assertThat(page(List.of(WINNER, BASELINE, FAILED))).doesNotContain("<script", "<link", "src=", "http", "NaN");
    }

    private static String page(List<Trial> trials) {
        return HtmlReport.render(report("model.latent-size", trials));
    }

    /** A report of a search in which nothing but that setting was tried, and once failed. */
    static TuningReport ofASetting(String setting) {
        Trial failed = new Trial(3, Role.DRAWN, setting + "=[1, 2]", List.of(), 0, 0, setting + " must not be so");
        return report(setting, List.of(WINNER, BASELINE, failed));
    }

    private static TuningReport report(String setting, List<Trial> trials) {
        return new TuningReport(
                "Search for settings",
                "ELBO",
                "nats per held-out row",
                Map.of("Rows", "100"),
                Map.of(setting, "[2, 8]"),
                "model.latent-size = 8\n",
                trials);
    }
}
