package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.quality.ClosestRecords;
import elbow.quality.ColumnShape;
import elbow.quality.ColumnShape.Bar;
import elbow.quality.ComparedColumn;
import elbow.quality.ComparedColumn.Kind;
import elbow.quality.PairTrend;
import elbow.quality.PairTrend.Method;
import elbow.quality.TableQuality;
import elbow.quality.Usefulness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QualityHtmlTest {
    private static final TableQuality QUALITY = new TableQuality(
            1_000,
            900,
            OptionalLong.of(300),
            List.of(
                    new ColumnShape(
                            new ComparedColumn("<script>alert(1)</script>", Kind.CATEGORY),
                            0.75,
                            0.01,
                            0,
                            List.of(new Bar("a&b", 0, 0, 0.5, 0.25), new Bar("", 0, 0, 0.5, 0.75))),
                    new ColumnShape(
                            new ComparedColumn("size", Kind.NUMBER), 0.5, 0, 0, List.of(new Bar("", 1, 2, 0.5, 0.25))),
                    new ColumnShape(new ComparedColumn("weight", Kind.NUMBER), Double.NaN, 0, 0, List.of())),
            List.of(
                    new PairTrend(
                            "<script>alert(1)</script>", "size", Method.CONTINGENCY, Double.NaN, Double.NaN, 0.25),
                    new PairTrend("size", "weight", Method.CORRELATION, 0.875, -0.125, 0.5)),
            Map.of("path", "the synthetic table has no such column"),
            0.125,
            0.0625,
            Optional.of(new ClosestRecords(100, 200, 0.1, 0.2, 0.3, 0.625)),
            Optional.of(new Usefulness(
                    "size",
                    Usefulness.Task.CLASSES,
                    10,
                    20,
                    30,
                    new Usefulness.Result(0.8, 0.9),
                    new Usefulness.Result(0.7, 0.85),
                    0.6)));

    @Test
    void thePageHasEveryPartAndTakesNoNameForMarkup() {
        String page = HtmlReport.render("Quality of made", QUALITY);

        assertThat(page)
                .contains(
                        "Quality of made",
                        "62.5 %",
                        "37.5 %",
                        "12.5 %",
                        "a&amp;b",
                        "all others",
                        "Correlations, real",
                        "What can be learned from it",
                        "Columns that were not compared",
                        "size, weight: 0.8750")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "NaN");
        assertThat(HtmlReport.render("Quality of made", QUALITY)).isEqualTo(page);
    }

    @Test
    void perfectCorrelationsAreShownAsCorrelations() {
        TableQuality perfect = of(List.of(new PairTrend("size", "weight", Method.CORRELATION, 1, 1, 1)));
        String page = HtmlReport.render("Quality of made", perfect);

        String real = page.substring(page.indexOf("Correlations, real"), page.indexOf("Correlations, synthetic"));
        assertThat(real)
                .contains("fill=\"" + ChartColour.BLUE.variable() + "\" fill-opacity=\"1.00\"")
                .doesNotContain("fill=\"" + ChartColour.ORANGE.variable());
        String scores = page.substring(page.indexOf("Scores of all pairs"), page.indexOf("Correlations, real"));
        assertThat(scores).contains("fill=\"" + ChartColour.ORANGE.variable() + "\" fill-opacity=\"0.04\"");
    }

    @Test
    void oneColumnHasNoPairs() {
        assertThat(HtmlReport.render("Quality of made", of(List.of())))
                .contains("Pair trends", Numbers.MISSING)
                .doesNotContain("NaN");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo(Numbers.MISSING);
    }

    private static TableQuality of(List<PairTrend> trends) {
        return new TableQuality(
                QUALITY.realRows(),
                QUALITY.syntheticRows(),
                QUALITY.holdoutRows(),
                QUALITY.shapes(),
                trends,
                QUALITY.leftOut(),
                QUALITY.copies(),
                QUALITY.holdoutCopies(),
                QUALITY.closest(),
                QUALITY.usefulness());
    }
}
