package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.model.HistoryEntry;
import elbow.model.LatentGap;
import elbow.model.LatentGaps;
import elbow.model.LatentUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final List<ReportedColumn> COLUMNS = List.of(
            ReportedColumn.standardised("age", "real", "Gaussian", 41.25, 12.5),
            ReportedColumn.used("smoker", "binary", "Bernoulli"),
            ReportedColumn.leftOut("name", "text", "has a different value in every row"));

    @Test
    void aModelOfImagesHasItsSections() {
        String page = HtmlReport.render(Reports.ofImages(Reports.panel(1, 3, 2)));
        assertThat(headings(page))
                .containsExactly(
                        "At a glance",
                        "Training",
                        "Anomaly scores",
                        "Reconstructions",
                        "Samples from the prior",
                        "How to read these numbers");
        assertThat(page).contains("<h1>VAE of digits</h1>", "3fa94b01c2de", "784-512-20-512-784");
    }

    @Test
    void aModelOfATableHasItsColumns() {
        String page = HtmlReport.render(Reports.ofColumns(COLUMNS));
        assertThat(headings(page)).containsExactly("At a glance", "Training", "Columns", "How to read these numbers");
        assertThat(page)
                .contains(">age<", ">41.25<", ">12.50<", ">smoker<", "has a different value in every row")
                .contains("2 columns used, 1 left out.");
    }

    @Test
    void commonValuesStandBesideTheScaleOfTheOthers() {
        ReportedColumn gain = ReportedColumn.standardised("gain", "real", "point-masses", 7.25, 3.5)
                .withCommonValues("92 % are 0");

        String page = HtmlReport.render(Reports.ofColumns(List.of(COLUMNS.get(0), gain)));

        assertThat(page)
                .contains("<th scope=\"col\">Common values</th>", "<td>92 % are 0</td>", "those of the other values");
        assertThat(HtmlReport.render(Reports.ofColumns(COLUMNS))).doesNotContain("Common values", "other values");
    }

    @Test
    void theFiguresAreThoseOfTheStateThatWasKept() {
        String page = HtmlReport.render(Reports.ofColumns(COLUMNS));
        assertThat(page)
                .contains("<dd class=\"value\">−20.00</dd>", "−31.00 before training", "kept: epoch 1")
                .contains("class=\"kept\"");
    }

    @Test
    void everyCurveIsDescribedInWords() {
        String page = HtmlReport.render(Reports.ofImages(Reports.panel(1, 0, 0)));
        assertThat(page)
                .contains(
                        "aria-label=\"ELBO against epoch. validation rows: −102.40 at epoch 5. training rows: −101.40 at epoch 5. "
                                + "↓ below the chart: −543.40 at epoch 0 (untrained)\"")
                .contains(
                        "aria-label=\"Reconstruction term against epoch.", "aria-label=\"KL divergence against epoch.");
    }

    @Test
    void useOfEachLatentIsDrawnAndDescribed() {
        LatentUse latents = new LatentUse(List.of(0.25, 1.75, 0.0), List.of(0.02, 0.9, 0.0));
        assertThat(pageOf(latents))
                .contains("KL divergence by latent")
                .contains("aria-label=\"KL divergence of each latent. 2 of 3 latents are active: the posterior mean"
                        + " varies between rows, with a variance above 0.01. The most used one has a KL divergence of"
                        + " 1.75 nats.\"")
                .doesNotContain("has collapsed");
    }

    @Test
    void collapsedPosteriorIsReportedWithRemedies() {
        LatentUse latents = new LatentUse(List.of(0.001, 0.0), List.of(0.002, 0.0));
        assertThat(pageOf(latents))
                .contains("the posterior has collapsed, see Training")
                .contains("<strong>The posterior has collapsed: less than 20 % of the latents are active")
                .contains("<code>objective.free-bits</code>");
    }

    @Test
    void whereTheKlIsKnownBySamplesThereIsNoDrawingByLatent() {
        LatentUse latents = new LatentUse(List.of(), List.of(0.02, 0.9));
        assertThat(pageOf(latents))
                .doesNotContain("KL divergence by latent")
                .contains("2 of 2 latents are active", "The KL divergence is known by samples, not by latent.");
    }

    private static String pageOf(LatentUse latents) {
        List<HistoryEntry> history = new ArrayList<>(Reports.history(-31));
        history.add(Reports.withLatents(latents));
        return HtmlReport.render(Reports.ofHistory(history));
    }

    @Test
    void severalEntriesInAnEpochAreDrawnAgainstRounds() {
        List<HistoryEntry> history = new ArrayList<>(Reports.history(-9, -8));
        history.add(new HistoryEntry(1, 30, 500, 60_000, 9, -7, -2, 5, -7, 3, 9000));
        assertThat(HtmlReport.render(Reports.ofHistory(history))).contains("ELBO against averaging round.");
    }

    @Test
    void tailFitIsDescribedInWords() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(HtmlReport.render(Reports.ofScores(new HeldOutScores(scores, 8, 0.8))))
                .contains("2 of 10 held-out rows (20 %) score above the threshold of 8.00 nats,"
                        + " which was set at the 80 % quantile.");
    }

    @Test
    void labelsSayWhatTheThresholdCatches() {
        boolean[] labels = {false, false, false, true, true};
        HeldOutScores scores = new HeldOutScores(new double[] {1, 2, 9, 3, 8}, 5, 0.6, Optional.of(labels));
        assertThat(HtmlReport.render(Reports.ofScores(scores)))
                .contains("Above it: 1 of 2 rows labelled anomalous, 1 of 3 rows labelled normal.")
                .contains("normal (3 rows)", "anomalous (2 rows)", "share of the class");
    }

    @Test
    void theExplanationFitsWhatIsMeasured() {
        assertThat(HtmlReport.render(Reports.ofImages(Reports.panel(1, 0, 0))))
                .contains("never positive", "784 columns", "−543.43 nats");
        assertThat(HtmlReport.render(Reports.ofScores(new HeldOutScores(new double[] {1}, 1, 0.5))))
                .contains("may be positive");
        assertThat(HtmlReport.render(Reports.ofColumns(COLUMNS))).contains("mixes log-probabilities");
    }

    @Test
    void pageIsSelfContained() {
        String page = HtmlReport.render(Reports.ofImages(Reports.panel(3, 2, 2)));
        assertThat(page)
                .doesNotContain("<script", "<link", "<iframe", "@import", "http://", "https://", "<!DOCTYPE svg");
        assertThat(matches(page, "(?:src|href)=\"([^\"]{0,22})"))
                .isNotEmpty()
                .allMatch(s -> s.startsWith("data:image/png;base64,"));
        assertThat(matches(page, "url\\(([^)]*)\\)")).isNotEmpty().allMatch(s -> s.startsWith("#"));
    }

    @Test
    void namesInsideTheDrawingsAreUniqueInThePage() {
        String page = HtmlReport.render(Reports.ofImages(Reports.panel(1, 2, 2)));
        assertThat(matches(page, " id=\"([^\"]*)\"")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(matches(page, " id=\"([^\"]*)\"")).containsAll(matches(page, "url\\(#([^)]*)\\)"));
    }

    @Test
    void hostileTextStaysText() {
        String hostile = "<script>alert('x')</script>\" onload=\"{}";
        TrainingReport report = new TrainingReport(
                hostile,
                hostile,
                ScoreMeasure.MIXED,
                1,
                Map.of(hostile, hostile),
                Reports.history(-2, -1),
                1,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        ReportedColumn.used(hostile, hostile, hostile),
                        ReportedColumn.leftOut(hostile, hostile, hostile)));
        String page = HtmlReport.render(report);
        assertThat(page).doesNotContain("<script", "\" onload");
        assertThat(matches(page, "(&lt;script&gt;alert)")).hasSize(11);
    }

    @Test
    void theGapBetweenPriorAndPosteriorsIsShownAndJudged() {
        TrainingReport report = Reports.ofColumns(COLUMNS);
        String apart = HtmlReport.render(report.withGaps(gaps(0.75, Optional.empty())));
        String alike = HtmlReport.render(report.withGaps(
                gaps(0.75, Optional.of(new LatentGap(400, 0.51, List.of(0.05, 0.02))))));

        assertThat(headings(apart)).contains("Prior and posteriors");
        assertThat(apart)
                .contains("Of 400 draws from posteriors and as many from the prior, 75 % have")
                .contains("They are not alike");
        assertThat(alike)
                .contains("75 % have", "from what takes its place, 51 %", "fitted density", "because it is better.")
                .doesNotContain("They are not alike");
        assertThat(headings(HtmlReport.render(report))).doesNotContain("Prior and posteriors");
    }

    private static Optional<LatentGaps> gaps(double alike, Optional<LatentGap> fitted) {
        return Optional.of(new LatentGaps(
                new LatentGap(400, alike, List.of(0.1, 0.4)), fitted, "A mixture, because it is better"));
    }

    @Test
    void theSameReportGivesTheSamePage() {
        assertThat(HtmlReport.render(Reports.ofImages(Reports.panel(1, 2, 2))))
                .isEqualTo(HtmlReport.render(Reports.ofImages(Reports.panel(1, 2, 2))));
    }

    @Test
    void factsKeepTheirOrder() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : List.of("zeta", "alpha", "mu", "beta", "omega")) {
            facts.put(name, "1");
        }
        TrainingReport report = new TrainingReport(
                "t",
                "m",
                ScoreMeasure.MIXED,
                1,
                facts,
                Reports.history(-1),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of());
        assertThat(matches(HtmlReport.render(report), "<div><dt>([a-z]+)</dt>"))
                .containsExactly("zeta", "alpha", "mu", "beta", "omega");
    }

    @Test
    void aLongHistoryIsThinnedOutInTheTableOnly() {
        double[] elbos = new double[1001];
        Arrays.setAll(elbos, i -> -100.0 / (i + 1));
        String page = HtmlReport.render(Reports.ofHistory(Reports.history(elbos)));
        assertThat(page).contains("Training history, every 34 entries", "kept: 1,000");
        assertThat(matches(page, "(<tr>|<tr class)").size()).isLessThan(40);
    }

    @Test
    void historyWithoutFiniteValuesIsReported() {
        HistoryEntry diverged = new HistoryEntry(
                0, 0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY, 0, Double.NaN);
        String page = HtmlReport.render(Reports.ofHistory(List.of(diverged)));
        assertThat(page).contains("ELBO: no value was recorded.").doesNotContain("NaN", "Infinity", "\ufffd");
    }

    @Test
    void valuesThatAreNotFiniteAreLeftOutOfTheDrawings() {
        List<HistoryEntry> history = Reports.history(-9, Double.NaN, Double.NEGATIVE_INFINITY, -7);
        assertThat(HtmlReport.render(Reports.ofHistory(history))).doesNotContain("NaN", "Infinity", "∞");
        double[] scores = {1, Double.NaN, Double.POSITIVE_INFINITY};
        assertThat(HtmlReport.render(Reports.ofScores(new HeldOutScores(scores, 1, 0.5))))
                .contains("Not finite and so not drawn: 2 scores.")
                .doesNotContain("NaN", "Infinity", "∞");
    }

    @Test
    void smallAndDegenerateInputsAreDrawn() {
        double[] equal = new double[500];
        assertThatCode(() -> {
                    HtmlReport.render(Reports.ofScores(new HeldOutScores(new double[] {7}, 7, 0.5)));
                    HtmlReport.render(Reports.ofScores(new HeldOutScores(equal, 0, 0.99)));
                    HtmlReport.render(Reports.ofScores(new HeldOutScores(new double[] {Double.NaN}, 0, 0.99)));
                    HtmlReport.render(Reports.ofScores(
                            new HeldOutScores(new double[] {1, 2}, 0, 0.99, Optional.of(new boolean[] {true, true}))));
                    HtmlReport.render(Reports.ofHistory(Reports.history(-50)));
                    HtmlReport.render(Reports.ofHistory(Reports.history(-50, -50, -50)));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void manyColumnsWithLongNamesAreAllListed() {
        List<ReportedColumn> columns = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            columns.add(ReportedColumn.standardised("n".repeat(300) + i, "real", "Gaussian", i * 1e6, 1e-9));
        }
        assertThat(matches(HtmlReport.render(Reports.ofColumns(columns)), "(<th scope=\"row\">n{300})"))
                .hasSize(300);
    }

    @Test
    void aReportWithoutHistoryIsRejected() {
        assertThatThrownBy(() -> Reports.ofHistory(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("history must have at least one entry, but is 0");
    }

    @Test
    void scoresAndTheirThresholdAreChecked() {
        assertThatThrownBy(() -> new HeldOutScores(new double[0], 1, 0.5))
                .hasMessage("scores must have at least one value, but is 0");
        assertThatThrownBy(() -> new HeldOutScores(new double[1], Double.NaN, 0.5))
                .hasMessage("threshold must be finite, but is NaN");
        assertThatThrownBy(() -> new HeldOutScores(new double[1], 1, 1))
                .hasMessage("quantile must lie in (0, 1), but is 1.0");
        assertThatThrownBy(() -> new HeldOutScores(new double[1], 1, 0.5, Optional.of(new boolean[2])))
                .hasMessage("anomalous must have as many values as scores, but is 2");
    }

    private static List<String> headings(String page) {
        return matches(page, "<h2[^>]*>([^<]*)</h2>");
    }

    private static List<String> matches(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
