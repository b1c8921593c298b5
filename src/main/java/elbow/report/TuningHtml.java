package elbow.report;

import elbow.report.TuningReport.Role;
import elbow.report.TuningReport.Score;
import elbow.report.TuningReport.Trial;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The report of a search for settings as one self-contained HTML file. */
final class TuningHtml {
    private static final BasicStroke THICK = new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke THIN = new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** Scores that are this much farther from the best than half of all are run out of the chart. */
    private static final double SHOWN_SPREADS = 3;

    private final TuningReport report;

    TuningHtml(TuningReport report) {
        this.report = report;
    }

    String render() {
        Html subtitle = Html.of(
                "{} of {} trials", report.score(), Numbers.count(report.trials().size()));
        return Page.of(report.title(), subtitle, List.of(glance(), course(), trials(), winning(), guide()));
    }

    private Html glance() {
        List<Html> cards = new ArrayList<>();
        Optional<Score> best = last(report.trials().get(0));
        best.ifPresent(score -> cards.add(Page.card(
                "Best " + report.score(),
                Numbers.measured(score.value()),
                "± " + Numbers.measured(score.standardError()) + ", " + report.unit() + "; higher is better")));
        Optional<Score> baseline = baseline().flatMap(TuningHtml::last);
        if (best.isPresent() && baseline.isPresent()) {
            cards.add(Page.card(
                    "As configured",
                    Numbers.measured(baseline.get().value()),
                    "± " + Numbers.measured(baseline.get().standardError()) + " after "
                            + Numbers.count(baseline.get().epochs(), "epoch")));
            if (best.get().epochs() == baseline.get().epochs()) {
                cards.add(Page.card(
                        "Gain",
                        Numbers.measured(best.get().value() - baseline.get().value()),
                        report.unit()));
            }
        }
        return Page.section(
                "glance",
                "At a glance",
                List.of(
                        Page.cards(cards),
                        Page.facts(report.facts()),
                        Html.of(
                                "<p>The winner is trial {}: <code>{}</code></p>",
                                winner().number(),
                                winner().settings())));
    }

    private Trial winner() {
        return report.trials().get(0);
    }

    private Optional<Trial> baseline() {
        return report.trials().stream()
                .filter(trial -> trial.role() == Role.BASELINE)
                .findFirst();
    }

    private static Optional<Score> last(Trial trial) {
        return trial.scores().isEmpty()
                ? Optional.empty()
                : Optional.of(trial.scores().get(trial.scores().size() - 1));
    }

    private Html course() {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setDrawSeriesLineAsPath(true);
        // The first series is drawn last, above all others.
        List<Trial> inOrder = Stream.concat(
                        Stream.concat(Stream.of(winner()), baseline().stream()),
                        report.trials().stream().filter(trial -> trial.role() != Role.BASELINE))
                .distinct()
                .toList();
        for (Trial trial : inOrder) {
            int at = data.getSeriesCount();
            XYSeries series = new XYSeries(trial.number(), false, true);
            trial.scores().forEach(score -> series.add(score.epochs(), score.value()));
            data.addSeries(series);
            boolean marked = trial.equals(winner()) || trial.role() == Role.BASELINE;
            renderer.setSeriesPaint(at, colour(trial).color());
            renderer.setSeriesStroke(at, marked ? THICK : THIN);
            double radius = marked ? 4 : 2.5;
            renderer.setSeriesShape(at, new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
        }
        NumberAxis horizontal = SvgChart.horizontal("epochs of the training");
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setAutoRangeIncludesZero(true);
        NumberAxis vertical = SvgChart.vertical();
        Range scale = scale();
        vertical.setRange(scale);
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        SvgChart.style(plot);
        long below = report.trials().stream()
                .filter(trial -> trial.scores().stream().anyMatch(score -> score.value() < scale.getLowerBound()))
                .count();
        String alternative = report.score() + " of each trial against the epochs of its trainings; the best is "
                + last(winner()).map(score -> Numbers.measured(score.value())).orElse(Numbers.MISSING) + ".";
        Html chart = SvgChart.figure(
                report.score() + " by trial",
                report.unit() + " (higher is better)",
                legend(below),
                SvgChart.draw(plot, "tuning", 920, 360, alternative));
        return Page.section("course", "The search", List.of(new Html("""
                <p>Each point is a training from the start, each line a trial. All trials of a rung have the same \
                epochs; the best of it go on to the next one, which has more.</p>"""), chart));
    }

    private ChartColour colour(Trial trial) {
        return trial.equals(winner())
                ? ChartColour.VERMILION
                : trial.role() == Role.BASELINE ? ChartColour.BLUE : ChartColour.MUTED;
    }

    private List<Html> legend(long below) {
        List<Html> keys = new ArrayList<>();
        keys.add(SvgChart.key("solid", ChartColour.VERMILION, "winner, trial " + winner().number()));
        if (winner().role() != Role.BASELINE) {
            keys.add(SvgChart.key("solid", ChartColour.BLUE, "as configured"));
        }
        keys.add(SvgChart.key("solid", ChartColour.MUTED, "other trials"));
        if (below > 0) {
            keys.add(Html.of(
                    "<span class=\"key\">↓ {} with a score below the chart</span>", Numbers.count(below, "trial")));
        }
        return keys;
    }

    /** From the best down to far below the middle one: a few that went wrong must not flatten all others. */
    private Range scale() {
        double[] sorted = report.trials().stream()
                .flatMap(trial -> trial.scores().stream())
                .mapToDouble(Score::value)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Range(0, 1);
        }
        double best = sorted[sorted.length - 1];
        double spread = SHOWN_SPREADS * (best - sorted[sorted.length / 2]);
        double least = Arrays.stream(sorted)
                .filter(value -> spread == 0 || value >= best - spread)
                .findFirst()
                .orElse(best);
        return CurveScale.withMargin(new Range(least, best));
    }

    private Html trials() {
        List<Html> headings = new ArrayList<>();
        Page.numberHeadings("Rank", "Trial").forEach(headings::add);
        Page.textHeadings("Settings").forEach(headings::add);
        Page.numberHeadings(report.score(), "Standard error", "Epochs", "Parameters", "Seconds")
                .forEach(headings::add);
        List<Html> rows = new ArrayList<>();
        for (int i = 0; i < report.trials().size(); i++) {
            rows.add(row(i + 1, report.trials().get(i)));
        }
        return Page.section("trials", "All trials", List.of(Page.table("Trials by rank", headings, rows)));
    }

    private static Html row(int rank, Trial trial) {
        Optional<Score> last = last(trial);
        Html failure = trial.failure().isEmpty() ? Html.NOTHING : Html.of("<div>failed: {}</div>", trial.failure());
        return Html.of(
                "<tr{}><td class=\"number\">{}</td><td class=\"number\">{}</td><th scope=\"row\">{}{}</th>"
                        + "<td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
                        + "<td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                new Html(rank == 1 ? " class=\"kept\"" : ""),
                rank,
                trial.number(),
                trial.settings(),
                failure,
                Numbers.measured(last.map(Score::value).orElse(Double.NaN)),
                Numbers.measured(last.map(Score::standardError).orElse(Double.NaN)),
                last.map(score -> Numbers.count(score.epochs())).orElse(Numbers.MISSING),
                last.isPresent() ? Numbers.count(trial.parameters()) : Numbers.MISSING,
                Numbers.seconds(trial.seconds()));
    }

    private Html winning() {
        return Page.section(
                "winner",
                "The winning configuration",
                List.of(
                        new Html("<p>What <code>train --config</code> takes.</p>"),
                        Html.of("<div class=\"scroll\"><pre><code>{}</code></pre></div>", report.winning()),
                        new Html("<p>What was tried:</p>"),
                        Page.facts(report.space())));
    }

    private Html guide() {
        return Page.section(
                "guide",
                "How to read this",
                List.of(Html.of("""
                <p>The score is measured on held-out rows, the same ones for all trials. Its standard error says how much \
                it would vary with other such rows; all trials would vary alike, so that the difference of two of them is \
                known better than each. The winner is the best of {} on these rows, and so a little worse on others: \
                <code>evaluate</code> says how it does on rows that the search has not seen.</p>""", Numbers.count(report.trials().size(), "trial"))));
    }
}
