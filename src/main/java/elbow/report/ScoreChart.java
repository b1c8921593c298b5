package elbow.report;

import elbow.report.HistogramBins.Histogram;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** How anomaly scores are spread, where the threshold lies, and what is beyond it. */
final class ScoreChart {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 320;

    private final double[] scores;
    private final double threshold;
    private final Optional<boolean[]> anomalous;
    private final String title;
    private final String row;
    private final String origin;
    private final double[] finite;

    ScoreChart(HeldOutScores held) {
        this(
                held.scores(),
                held.threshold(),
                held.anomalous(),
                "Anomaly scores of held-out rows",
                "held-out row",
                ", which was set at the " + Numbers.percent(held.quantile()) + " quantile");
    }

    /** Scores of any rows, whatever set the threshold. */
    ScoreChart(double[] scores, double threshold, Optional<boolean[]> anomalous) {
        this(scores, threshold, anomalous, "Anomaly scores", "row", "");
    }

    private ScoreChart(
            double[] scores, double threshold, Optional<boolean[]> anomalous, String title, String row, String origin) {
        this.scores = scores;
        this.threshold = threshold;
        this.anomalous = anomalous;
        this.title = title;
        this.row = row;
        this.origin = origin;
        this.finite = Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
    }

    /** The histogram with its caption, or a sentence if no score is finite. */
    Html draw(String id) {
        if (finite.length == 0) {
            return Html.of("<p>None of the {} is finite, so there is nothing to draw.</p>", scoreCount());
        }
        HistogramBins bins = HistogramBins.around(finite, threshold);
        boolean labelled = anomalous.isPresent();
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        XYBarRenderer renderer = renderer(labelled ? 0 : 0.08);
        if (labelled) {
            addClass(data, renderer, bins, false);
            addClass(data, renderer, bins, true);
        } else {
            addSides(data, renderer, bins.count(finite));
        }
        NumberAxis vertical = SvgChart.vertical();
        vertical.setAutoRangeIncludesZero(true);
        // Room for the threshold's label above the highest bar.
        vertical.setUpperMargin(0.12);
        if (!labelled) {
            vertical.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        }
        NumberAxis horizontal = SvgChart.horizontal("anomaly score (nats, higher is stranger)");
        horizontal.setRange(bins.edge(0), bins.edge(bins.count()));
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        SvgChart.style(plot);
        plot.addDomainMarker(marker(bins));
        Html chart = SvgChart.draw(plot, id, WIDTH, HEIGHT, "Histogram of anomaly scores. " + tail());
        Html figure = SvgChart.figure(title, labelled ? "share of the class (%)" : "rows", legend(labelled), chart);
        return Html.join(List.of(figure, inWords(bins.count(finite))));
    }

    /** How many rows are above the threshold, in a sentence. */
    String tail() {
        long above = aboveThreshold(scores);
        return Numbers.count(above) + " of " + Numbers.count(scores.length, row) + " ("
                + Numbers.percent((double) above / scores.length) + ") "
                + (above == 1 ? "scores" : "score") + " above the threshold of " + Numbers.nats(threshold)
                + " nats" + origin + ".";
    }

    private static XYBarRenderer renderer(double gap) {
        XYBarRenderer renderer = new XYBarRenderer(gap);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        // The outline keeps a bar of a few rows visible beside one of thousands.
        renderer.setDrawBarOutline(true);
        renderer.setDefaultOutlineStroke(new BasicStroke(1f));
        return renderer;
    }

    private void addSides(XYIntervalSeriesCollection data, XYBarRenderer renderer, Histogram histogram) {
        XYIntervalSeries normal = new XYIntervalSeries("at or below the threshold");
        XYIntervalSeries tail = new XYIntervalSeries("above the threshold");
        HistogramBins bins = histogram.bins();
        for (int bin = 0; bin < bins.count(); bin++) {
            double rows = histogram.inBins()[bin];
            if (rows > 0) {
                XYIntervalSeries side = bins.first() + bin >= 0 ? tail : normal;
                side.add(bins.edge(bin), bins.edge(bin), bins.edge(bin + 1), rows, rows, rows);
            }
        }
        add(data, renderer, normal, ChartColour.BLUE.color(), ChartColour.BLUE);
        add(data, renderer, tail, ChartColour.VERMILION.color(), ChartColour.VERMILION);
    }

    /** One class as shares of itself, so that a few anomalies can be compared with many normal rows. */
    private void addClass(
            XYIntervalSeriesCollection data, XYBarRenderer renderer, HistogramBins bins, boolean anomaly) {
        double[] ofClass = ofClass(anomaly);
        long[] inBins = bins.count(
                        Arrays.stream(ofClass).filter(Double::isFinite).toArray())
                .inBins();
        XYIntervalSeries series = new XYIntervalSeries(anomaly ? "anomalous" : "normal");
        for (int bin = 0; bin < bins.count(); bin++) {
            if (inBins[bin] > 0) {
                double share = 100.0 * inBins[bin] / ofClass.length;
                series.add(bins.edge(bin), bins.edge(bin), bins.edge(bin + 1), share, share, share);
            }
        }
        ChartColour colour = anomaly ? ChartColour.VERMILION : ChartColour.BLUE;
        add(data, renderer, series, colour.translucent(), colour);
    }

    private static void add(
            XYIntervalSeriesCollection data,
            XYBarRenderer renderer,
            XYIntervalSeries series,
            Color fill,
            ChartColour outline) {
        int index = data.getSeriesCount();
        data.addSeries(series);
        renderer.setSeriesPaint(index, fill);
        renderer.setSeriesOutlinePaint(index, outline.color());
    }

    private ValueMarker marker(HistogramBins bins) {
        ValueMarker marker = new ValueMarker(threshold, ChartColour.INK.color(), SvgChart.THRESHOLD_LINE);
        boolean leftHalf = -bins.first() < bins.count() / 2;
        marker.setLabel("threshold " + Numbers.nats(threshold));
        marker.setLabelFont(SvgChart.LABEL);
        marker.setLabelPaint(ChartColour.INK.color());
        marker.setLabelBackgroundColor(SvgChart.TRANSPARENT);
        marker.setLabelAnchor(leftHalf ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
        marker.setLabelTextAnchor(leftHalf ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT);
        return marker;
    }

    private List<Html> legend(boolean labelled) {
        String low =
                labelled ? "normal (" + Numbers.count(ofClass(false).length, "row") + ")" : "at or below the threshold";
        String high =
                labelled ? "anomalous (" + Numbers.count(ofClass(true).length, "row") + ")" : "above the threshold";
        return List.of(SvgChart.key("bar", ChartColour.BLUE, low), SvgChart.key("bar", ChartColour.VERMILION, high));
    }

    private Html inWords(Histogram histogram) {
        List<String> sentences = new ArrayList<>(List.of(tail()));
        if (anomalous.isPresent()) {
            sentences.add(caught());
        }
        if (histogram.above() > 0) {
            sentences.add("Beyond the right edge of the chart: " + Numbers.count(histogram.above(), "score")
                    + ", up to " + Numbers.nats(finite[finite.length - 1]) + " nats.");
        }
        if (histogram.below() > 0) {
            sentences.add("Beyond the left edge of the chart: " + Numbers.count(histogram.below(), "score")
                    + ", down to " + Numbers.nats(finite[0]) + " nats.");
        }
        int notFinite = scores.length - finite.length;
        if (notFinite > 0) {
            sentences.add("Not finite and so not drawn: " + Numbers.count(notFinite, "score") + ".");
        }
        return Html.of("<p>{}</p>", String.join(" ", sentences));
    }

    private String caught() {
        double[] anomalies = ofClass(true);
        double[] normal = ofClass(false);
        return "Above it: " + Numbers.count(aboveThreshold(anomalies)) + " of "
                + Numbers.count(anomalies.length, "row") + " labelled anomalous, "
                + Numbers.count(aboveThreshold(normal)) + " of " + Numbers.count(normal.length, "row")
                + " labelled normal.";
    }

    private double[] ofClass(boolean anomaly) {
        boolean[] labels = anomalous.orElseThrow();
        return IntStream.range(0, labels.length)
                .filter(row -> labels[row] == anomaly)
                .mapToDouble(row -> scores[row])
                .toArray();
    }

    private long aboveThreshold(double[] values) {
        return Arrays.stream(values).filter(value -> value > threshold).count();
    }

    private String scoreCount() {
        return Numbers.count(scores.length, "score");
    }
}
