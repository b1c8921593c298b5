package elbow.report;

import elbow.report.BatchReport.PastBatch;
import java.awt.geom.Ellipse2D;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The charts of a batch's report. */
final class BatchCharts {
    private BatchCharts() {}

    /** The scores of the batch and of held-out rows as two outlines over one another. */
    static Html scores(ScoreHistogram scores) {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(outline("held-out rows of training", scores, scores.training()));
        data.addSeries(outline("this batch", scores, scores.batch()));
        XYStepRenderer renderer = new XYStepRenderer();
        paint(renderer, 0, ChartColour.BLUE);
        paint(renderer, 1, ChartColour.VERMILION);
        NumberAxis vertical = SvgChart.vertical();
        vertical.setAutoRangeIncludesZero(true);
        NumberAxis horizontal = SvgChart.horizontal("anomaly score (nats, higher is stranger)");
        double end = scores.first() + scores.batch().length * scores.width();
        horizontal.setRange(scores.first(), end);
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        SvgChart.style(plot);
        plot.addDomainMarker(new ValueMarker(scores.threshold(), ChartColour.INK.color(), SvgChart.THRESHOLD_LINE));
        Html chart = SvgChart.draw(
                plot,
                "batch-scores",
                920,
                300,
                "Anomaly scores of the batch beside those of held-out rows; the largest difference of their"
                        + " distribution functions is " + Numbers.measured(scores.shift()) + ".");
        return SvgChart.figure(
                "Anomaly scores",
                "share of the rows (%)",
                List.of(
                        SvgChart.key("solid", ChartColour.BLUE, "held-out rows of training"),
                        SvgChart.key("solid", ChartColour.VERMILION, "this batch"),
                        SvgChart.key("dotted", ChartColour.INK, "threshold " + Numbers.nats(scores.threshold()))),
                chart);
    }

    private static XYSeries outline(String name, ScoreHistogram scores, double[] shares) {
        XYSeries series = new XYSeries(name, false, true);
        series.add(scores.first(), 0);
        for (int bin = 0; bin < shares.length; bin++) {
            series.add(scores.first() + bin * scores.width(), 100 * shares[bin]);
        }
        series.add(scores.first() + shares.length * scores.width(), 0);
        return series;
    }

    /** Flagged share and mean ELBO from batch to batch. */
    static Html trend(List<PastBatch> batches) {
        return Page.sideBySide(List.of(
                curve(
                        "flagged-trend",
                        "Flagged rows",
                        "share of the rows (%)",
                        ChartColour.VERMILION,
                        batches,
                        batch -> 100 * batch.flaggedShare()),
                curve(
                        "elbo-trend",
                        "Mean ELBO",
                        "nats per row (higher is more usual)",
                        ChartColour.BLUE,
                        batches,
                        PastBatch::meanElbo)));
    }

    private static Html curve(
            String id,
            String title,
            String label,
            ChartColour colour,
            List<PastBatch> batches,
            ToDoubleFunction<PastBatch> value) {
        XYSeries series = new XYSeries(title, false, true);
        for (PastBatch batch : batches) {
            double shown = value.applyAsDouble(batch);
            if (Double.isFinite(shown)) {
                series.add((double) batch.date().toEpochDay(), shown);
            }
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setDrawSeriesLineAsPath(true);
        paint(renderer, 0, colour);
        renderer.setSeriesShape(0, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
        NumberAxis horizontal = SvgChart.horizontal("date");
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setNumberFormatOverride(new DayFormat());
        XYPlot plot = new XYPlot(new XYSeriesCollection(series), horizontal, SvgChart.vertical(), renderer);
        SvgChart.style(plot);
        PastBatch last = batches.get(batches.size() - 1);
        String alternative = title + " from " + batches.get(0).date() + " to " + last.date() + ", at the end "
                + Numbers.measured(value.applyAsDouble(last)) + ".";
        return SvgChart.figure(title, label, List.of(), SvgChart.draw(plot, id, 450, 250, alternative));
    }

    private static void paint(XYItemRenderer renderer, int series, ChartColour colour) {
        renderer.setSeriesPaint(series, colour.color());
        renderer.setSeriesStroke(series, SvgChart.LINE);
    }

    /** Days since 1970 as dates. */
    private static final class DayFormat extends NumberFormat {
        private static final long serialVersionUID = 1L;

        @Override
        public StringBuffer format(double number, StringBuffer target, FieldPosition position) {
            return format(Math.round(number), target, position);
        }

        @Override
        public StringBuffer format(long number, StringBuffer target, FieldPosition position) {
            LocalDate date = LocalDate.ofEpochDay(number);
            return target.append(String.format(Locale.ROOT, "%02d-%02d", date.getMonthValue(), date.getDayOfMonth()));
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("an axis only writes");
        }
    }
}
