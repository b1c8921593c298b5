package elbow.report;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Values over the course of a training run. */
final class CurveChart {
    private static final BasicStroke DASHED =
            new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6, 4}, 0f);
    private static final BasicStroke DOTTED =
            new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2, 3}, 0f);

    private final TrainingTime time;
    private final int kept;

    /** Charts against {@code time}; the entry at index {@code kept} is marked. */
    CurveChart(TrainingTime time, int kept) {
        this.time = time;
        this.kept = kept;
    }

    /**
     * The curves in one chart with a legend and a caption. The scale is that of the later course: a start far from it,
     * as that of an untrained network, runs out of the chart and is given in words.
     *
     * @param id unique in the page
     * @param label the vertical axis: quantity and unit
     */
    Html draw(String id, String title, String label, int width, int height, List<Curve> curves) {
        List<Curve> shown = curves.stream().filter(Curve::hasValues).toList();
        if (shown.isEmpty()) {
            return Html.of("<p>{}: no value was recorded.</p>", title);
        }
        int from = CurveScale.firstInScale(shown);
        Range scale = CurveScale.of(shown, from);
        String start = outOfScale(shown.get(0), from, scale);
        String alternative = title + " against " + time.label() + ". " + inWords(shown) + " " + start;
        return SvgChart.figure(
                title,
                label,
                legend(shown, start),
                SvgChart.draw(plot(shown, scale), id, width, height, alternative.strip()));
    }

    private XYPlot plot(List<Curve> curves, Range scale) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        // One path instead of a line per entry: smaller, and dashes run on instead of starting anew.
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            data.addSeries(series(curve));
            renderer.setSeriesPaint(i, curve.colour().color());
            renderer.setSeriesStroke(i, curve.dashed() ? DASHED : SvgChart.LINE);
            renderer.setSeriesShape(i, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
            renderer.setSeriesShapesVisible(i, curve.values().length <= 40 && !curve.dashed());
        }
        NumberAxis horizontal = SvgChart.horizontal(time.label());
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        horizontal.setRange(time.range());
        NumberAxis vertical = SvgChart.vertical();
        vertical.setRange(scale);
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        SvgChart.style(plot);
        if (kept < time.size() - 1) {
            plot.addDomainMarker(new ValueMarker(time.at(kept), ChartColour.INK.color(), DOTTED));
        }
        return plot;
    }

    private XYSeries series(Curve curve) {
        XYSeries series = new XYSeries(curve.name(), false, true);
        for (int i = 0; i < curve.values().length; i++) {
            if (Double.isFinite(curve.values()[i])) {
                series.add(time.at(i), curve.values()[i]);
            }
        }
        return series;
    }

    /** Where the first value is if the chart does not show it; else nothing. */
    private String outOfScale(Curve curve, int from, Range scale) {
        double start = curve.values()[0];
        if (from == 0 || !Double.isFinite(start) || scale.contains(start)) {
            return "";
        }
        String side = start < scale.getLowerBound() ? "↓ below the chart: " : "↑ above the chart: ";
        return side + Numbers.nats(start) + " at " + time.name(0);
    }

    private String inWords(List<Curve> curves) {
        return String.join(
                " ",
                curves.stream()
                        .map(curve -> {
                            OptionalInt last = IntStream.iterate(curve.values().length - 1, i -> i >= 0, i -> i - 1)
                                    .filter(i -> Double.isFinite(curve.values()[i]))
                                    .findFirst();
                            return curve.name() + ": " + Numbers.nats(curve.values()[last.orElseThrow()]) + " at "
                                    + time.name(last.orElseThrow()) + ".";
                        })
                        .toList());
    }

    private List<Html> legend(List<Curve> curves, String start) {
        List<Html> keys = new ArrayList<>();
        if (curves.size() > 1) {
            curves.forEach(
                    curve -> keys.add(SvgChart.key(curve.dashed() ? "dashed" : "solid", curve.colour(), curve.name())));
        }
        if (kept < time.size() - 1) {
            keys.add(SvgChart.key("dotted", ChartColour.INK, "kept: " + time.name(kept)));
        }
        if (!start.isEmpty()) {
            keys.add(Html.of("<span class=\"key\">{}</span>", start));
        }
        return keys;
    }
}
