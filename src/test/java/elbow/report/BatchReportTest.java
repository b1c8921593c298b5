package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.report.BatchReport.Contribution;
import elbow.report.BatchReport.DriftedColumn;
import elbow.report.BatchReport.Driver;
import elbow.report.BatchReport.PastBatch;
import elbow.report.BatchReport.StrangeGroup;
import elbow.report.BatchReport.StrangeRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchReportTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private static final List<StrangeGroup> GROUPS = List.of(
            new StrangeGroup(List.of("amount", "<city>"), 82, 9.5, List.of(new Contribution("amount", 4, "7", "3"))),
            new StrangeGroup(List.of(), 41, 8, List.of()));

    private static final List<Driver> DRIVERS = List.of(new Driver("<city>", 300, 0.25, 4, 17));

    @Test
    void pageShowsHowManyRowsWereScoredFlaggedAndQuarantined() {
        String page = HtmlReport.render(report(List.of(), Optional.empty(), List.of(), "", 1));

        assertThat(page)
                .contains("<dt>Rows scored</dt><dd class=\"value\">12,345</dd>")
                .contains("<dt>Flagged</dt><dd class=\"value\">123</dd>")
                .contains("1 % of the rows, above a score of 7.50 nats")
                .contains("<dt>Quarantined</dt><dd class=\"value\">4</dd>")
                .contains("The first batch of this model");
        assertThat(page).doesNotContain("<script", "src=\"http", "href=");
    }

    @Test
    void mostAnomalousRowsAreShownWithTheirContributions() {
        StrangeRow row = new StrangeRow(
                List.of("<b>7</b>"),
                41.25,
                0.0003,
                true,
                List.of(
                        new Contribution("heart rate", 12.5, "190", "141", "120 to 160"),
                        new Contribution("<city>", 3.25, "", "Köln"),
                        new Contribution("latent", 1.5, "", ""),
                        new Contribution("other", -0.5, "", "")));

        String page = HtmlReport.render(report(List.of(row), Optional.empty(), List.of(), "", 1));

        assertThat(page)
                .contains(
                        "<div><strong>heart rate</strong> is 190; about 141 was expected, usual is 120 to 160 (+12.50)</div>",
                        "<div><strong>&lt;city&gt;</strong> has no value; Köln was expected (+3.25)</div>",
                        "<div><strong>the combination</strong> of all values is unusual (+1.50)</div>")
                .contains("which values most rows of training have")
                .doesNotContain("all other columns")
                .contains("41.25", "0.03 %", "&lt;b&gt;7&lt;/b&gt;")
                .doesNotContain("<b>7</b>");
    }

    @Test
    void aShareThatIsTooSmallToBeShownIsNotShownAsNone() {
        StrangeRow row = new StrangeRow(List.of("7"), 41.25, 1e-6, true, List.of());

        assertThat(HtmlReport.render(report(List.of(row), Optional.empty(), List.of(), "", 1)))
                .contains("<td class=\"number\">&lt; 0.01 %</td>");
    }

    @Test
    void flaggedRowsThatAreAlikeAndColumnsThatDriveAnomaliesAreShown() {
        assertThat(HtmlReport.render(report(List.of(), Optional.empty(), List.of(), "", 5)))
                .contains(
                        "Flagged rows that are alike",
                        "<tr><th scope=\"row\">amount, &lt;city&gt;</th><td class=\"number\">82</td><td"
                                + " class=\"number\">66.67 %</td><td class=\"number\">9.50</td><td class=\"words\"><div><strong>amount</strong>"
                                + " is 7; about 3 was expected (+4.00)</div></td></tr>",
                        ">the combination of all values</th>")
                .contains(
                        "Columns that drive anomalies",
                        "over the batches from 2026-11-19 to 2026-11-23",
                        "<tr><th scope=\"row\">&lt;city&gt;</th><td class=\"number\">300</td><td"
                                + " class=\"number\">25 %</td><td class=\"number\">4</td><td class=\"number\">17</td></tr>");
    }

    @Test
    void withoutContributionsThereIsNoColumnForThem() {
        StrangeRow row = new StrangeRow(List.of("7"), 41.25, 0.0003, false, List.of());

        assertThat(HtmlReport.render(report(List.of(row), Optional.empty(), List.of(), "", 1)))
                .contains("Strangest rows")
                .doesNotContain("What makes it strange");
    }

    @Test
    void imagesAreAboveTheirReconstructionAndTheDifference() {
        ImagePanel images =
                new ImagePanel(2, 1, 1, new float[][] {{1, 0.25f}}, new float[][] {{0.5f, 0.75f}}, new float[0][]);

        String page = HtmlReport.render(report(List.of(), Optional.of(images), List.of(), "", 1));

        assertThat(page).contains("alt=\"Image 1\"", "alt=\"Reconstruction 1\"", "alt=\"Difference 1\"");
        // Both pixels differ by a half.
        String half = Png.dataUri(images, new float[] {0.5f, 0.5f});
        assertThat(page).contains("<img src=\"" + half + "\" width=\"84\" height=\"42\" alt=\"Difference 1\">");
    }

    @Test
    void driftIsJudgedByTheRuleOfThumbAndAgainstChance() {
        List<DriftedColumn> drift = List.of(
                new DriftedColumn("calm", 0.03, 0.01, 0, 0, 0, "above 5", 0.1, 0.12),
                new DriftedColumn("moved", 0.15, 0.01, 0, 0, 0, "above 5", 0.1, 0.2),
                new DriftedColumn("small batch", 0.4, 0.3, 0, 0, 0, "above 5", 0.1, 0.2),
                new DriftedColumn("gone", 0.9, 0.01, 0, 0.4, 0.75, "no value", 0, 0.4));

        String page = HtmlReport.render(report(List.of(), Optional.empty(), drift, "", 1));

        assertThat(page)
                .containsSubsequence(
                        ">gone</th>",
                        "<td>drifted</td><td class=\"change\">no value: 0 % → 40 %</td>",
                        "<td class=\"number\">40 %</td><td class=\"number\">75 %</td></tr>",
                        ">small batch</th>",
                        "<td>stable</td>",
                        ">moved</th>",
                        "<td>moved</td>",
                        ">calm</th>",
                        "<td>stable</td>");
    }

    @Test
    void missingDriftIsExplained() {
        assertThat(HtmlReport.render(report(List.of(), Optional.empty(), List.of(), "because <so>", 1)))
                .contains("because &lt;so&gt;")
                .doesNotContain("By chance");
    }

    @Test
    void trendHasAChartAndATableNewestFirst() {
        assertThat(HtmlReport.render(report(List.of(), Optional.empty(), List.of(), "", 5)))
                .contains("Flagged rows from 2026-11-19 to 2026-11-23")
                .containsSubsequence(">2026-11-23</th>", ">2026-11-22</th>", ">2026-11-19</th>");
    }

    @Test
    void aRowMustHaveAValueForEachKeptColumn() {
        StrangeRow row = new StrangeRow(List.of(), 1, 0.5, false, List.of());

        assertThatThrownBy(() -> report(List.of(row), Optional.empty(), List.of(), "", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strangest row's kept values must be 1, but is 0");
    }

    private static BatchReport report(
            List<StrangeRow> strangest,
            Optional<ImagePanel> images,
            List<DriftedColumn> drift,
            String omitted,
            int batches) {
        double[] training = {0.1, 0.5, 0.3, 0.1};
        double[] batch = {0.1, 0.3, 0.3, 0.2};
        List<PastBatch> trend = IntStream.range(0, batches)
                .mapToObj(i -> new PastBatch(DAY.minusDays(batches - 1L - i), 100 + i, 0.01 * i, -20 - i, 0.1))
                .toList();
        return new BatchReport(
                "dt 2026-11-23",
                "0123456789ab",
                Map.of("Data", "rows/dt=2026-11-23"),
                12_345,
                123,
                OptionalLong.of(4),
                -20.5,
                List.of(),
                Optional.of(new ScoreHistogram(0, 2.5, training, batch, 0, 0.1, 7.5, 0.2)),
                List.of("id"),
                strangest,
                GROUPS,
                images,
                drift,
                omitted,
                DRIVERS,
                trend);
    }
}
