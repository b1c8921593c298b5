package elbow.report;

import elbow.quality.ClosestRecords;
import elbow.quality.ColumnShape;
import elbow.quality.ComparedColumn.Kind;
import elbow.quality.PairTrend;
import elbow.quality.TableQuality;
import elbow.quality.Usefulness;
import elbow.report.QualityCharts.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The report of a synthetic table as one self-contained HTML file. */
final class QualityHtml {
    /** Pairs in the table of those that fit least. */
    private static final int SHOWN_PAIRS = 30;

    private final TableQuality quality;

    QualityHtml(TableQuality quality) {
        this.quality = quality;
    }

    String render(String title) {
        Html subtitle = Html.of(
                "{} synthetic rows held against {} real ones",
                Numbers.count(quality.syntheticRows()),
                Numbers.count(quality.realRows()));
        return Page.of(title, subtitle, sections());
    }

    List<Html> sections() {
        List<Html> sections = new ArrayList<>(List.of(glance(), shapes()));
        if (!quality.trends().isEmpty()) {
            sections.add(trends());
        }
        quality.usefulness().ifPresent(usefulness -> sections.add(usefulness(usefulness)));
        sections.add(privacy());
        if (!quality.leftOut().isEmpty()) {
            sections.add(Page.section(
                    "left-out",
                    "Columns that were not compared",
                    List.of(Page.facts(new TreeMap<>(quality.leftOut())))));
        }
        return sections;
    }

    private Html glance() {
        List<Html> cards = new ArrayList<>();
        cards.add(Page.card(
                "Column shapes",
                Numbers.percent(quality.columnShapes()),
                "mean over the columns; 100 % is the same distribution"));
        cards.add(Page.card(
                "Pair trends",
                Numbers.percent(quality.pairTrends()),
                "mean over all pairs; 100 % is the same dependence"));
        quality.usefulness()
                .ifPresent(found -> cards.add(Page.card(
                        "Learned from it",
                        Numbers.percent(found.synthetic().score()),
                        (found.task() == Usefulness.Task.CLASSES ? "right classes" : "of the variance explained")
                                + " on held-out rows; "
                                + Numbers.percent(found.real().score())
                                + " when learned from real rows")));
        cards.add(Page.card(
                "Copies",
                Numbers.percent(quality.copies()),
                "of the rows equal a real one" + usual(quality.holdoutCopies())));
        quality.closest()
                .ifPresent(closest -> cards.add(Page.card(
                        "Closer to real",
                        Numbers.percent(closest.closerToReal()),
                        "of the rows are closer to a real row than to any held-out one; 50 % gives nothing away")));
        return Page.section("glance", "At a glance", List.of(Page.cards(cards)));
    }

    private static String usual(double holdoutCopies) {
        return Double.isNaN(holdoutCopies)
                ? ""
                : "; of held-out rows " + Numbers.percent(holdoutCopies) + " do by chance";
    }

    private Html shapes() {
        List<Html> rows = quality.shapes().stream().map(QualityHtml::row).toList();
        List<Html> charts = quality.shapes().stream().map(QualityCharts::bars).toList();
        Html text = new Html("""
                <p>How alike the values of each column are spread: of numbers 1 less the largest difference of the \
                distribution functions (Kolmogorov-Smirnov), of categories 1 less half the sum of the differences of \
                their shares (total variation).</p>""");
        List<Html> headings = Stream.concat(
                        Page.textHeadings("Column", "Compared as"),
                        Page.numberHeadings("Score", "Missing, real", "Missing, synthetic"))
                .toList();
        return Page.section(
                "shapes",
                "Column shapes",
                List.of(
                        text,
                        Page.table("Column shapes", headings, rows),
                        QualityCharts.legend(),
                        Page.sideBySide(charts)));
    }

    private static Html row(ColumnShape shape) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
                        + "<td class=\"number\">{}</td></tr>",
                shape.column().name(),
                shape.column().kind() == Kind.NUMBER ? "numbers" : "categories",
                Numbers.measured(shape.score()),
                Numbers.percent(shape.realMissing()),
                Numbers.percent(shape.syntheticMissing()));
    }

    private Html trends() {
        List<Html> content = new ArrayList<>();
        content.add(new Html("""
                <p>How alike two columns go together: of two numbers 1 less half the difference of their correlations, of \
                others 1 less half the sum of the differences of the shares of all pairs of values, numbers in ten \
                intervals. Dark fields fit least.</p>"""));
        List<String> names =
                quality.shapes().stream().map(shape -> shape.column().name()).toList();
        content.add(
                QualityCharts.heatMap("Scores of all pairs", names, quality.trends(), Shown.SCORES, PairTrend::score));
        List<PairTrend> correlations = quality.trends().stream()
                .filter(trend -> trend.method() == PairTrend.Method.CORRELATION)
                .toList();
        if (!correlations.isEmpty()) {
            List<String> numbers = names.stream()
                    .filter(name -> correlations.stream()
                            .anyMatch(trend ->
                                    trend.first().equals(name) || trend.second().equals(name)))
                    .toList();
            content.add(Page.sideBySide(List.of(
                    QualityCharts.heatMap(
                            "Correlations, real", numbers, correlations, Shown.CORRELATIONS, PairTrend::real),
                    QualityCharts.heatMap(
                            "Correlations, synthetic",
                            numbers,
                            correlations,
                            Shown.CORRELATIONS,
                            PairTrend::synthetic))));
        }
        List<Html> rows = quality.trends().stream()
                .filter(trend -> !Double.isNaN(trend.score()))
                .sorted(Comparator.comparingDouble(PairTrend::score))
                .limit(SHOWN_PAIRS)
                .map(QualityHtml::row)
                .toList();
        List<Html> headings = Stream.concat(
                        Page.textHeadings("Pair", "Measured by"),
                        Page.numberHeadings("Score", "Correlation, real", "Correlation, synthetic"))
                .toList();
        content.add(Page.table("Pairs that fit least", headings, rows));
        return Page.section("trends", "Pair trends", content);
    }

    private static Html row(PairTrend trend) {
        return Html.of(
                "<tr><th scope=\"row\">{}, {}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
                        + "<td class=\"number\">{}</td></tr>",
                trend.first(),
                trend.second(),
                trend.method() == PairTrend.Method.CORRELATION ? "correlation" : "contingencies",
                Numbers.measured(trend.score()),
                Numbers.measured(trend.real()),
                Numbers.measured(trend.synthetic()));
    }

    private static Html usefulness(Usefulness found) {
        boolean classes = found.task() == Usefulness.Task.CLASSES;
        Map<String, String> facts = new TreeMap<>();
        facts.put("Predicted column", found.target());
        facts.put(classes ? "Right, learned from real rows" : "R², learned from real rows", score(found.real()));
        facts.put(
                classes ? "Right, learned from synthetic rows" : "R², learned from synthetic rows",
                score(found.synthetic()));
        if (classes) {
            facts.put("Right, always the most frequent class", Numbers.percent(found.chance()));
        }
        facts.put("Rows learned from, real", Numbers.count(found.trainingRows()));
        facts.put("Rows learned from, synthetic", Numbers.count(found.syntheticTrainingRows()));
        facts.put("Held-out rows", Numbers.count(found.testRows()));
        return Page.section("usefulness", "What can be learned from it", List.of(new Html("""
                                <p>Trees predict one column from the others. They are trained on real and on synthetic rows, \
                                and both are tried on the same held-out real rows.</p>"""), Page.facts(facts)));
    }

    private static String score(Usefulness.Result result) {
        return Numbers.percent(result.score())
                + (Double.isNaN(result.ranking()) ? "" : ", AUROC " + Numbers.measured(result.ranking()));
    }

    private Html privacy() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("Synthetic rows that equal a real one", Numbers.percent(quality.copies()));
        if (!Double.isNaN(quality.holdoutCopies())) {
            facts.put("Held-out rows that equal a real one", Numbers.percent(quality.holdoutCopies()));
        }
        Optional<ClosestRecords> closest = quality.closest();
        closest.ifPresent(found -> {
            facts.put("Median distance to the closest real row", Numbers.measured(found.toReal()));
            facts.put("Median distance to the closest held-out row", Numbers.measured(found.toHoldout()));
            facts.put("The same of held-out rows to real ones", Numbers.measured(found.holdoutToReal()));
            facts.put("Closer to a real row than to any held-out one", Numbers.percent(found.closerToReal()));
            facts.put("Synthetic rows in the sample", Numbers.count(found.rows()));
            facts.put("Real and held-out rows in the sample, each", Numbers.count(found.others()));
        });
        return Page.section("privacy", "Nearness to real rows", List.of(new Html("""
                                <p>A table that repeats rows it was made from gives them away. Held-out rows say what \
                                nearness is usual among rows of this kind. This finds copying; it proves no privacy.</p>"""), Page.facts(facts)));
    }
}
