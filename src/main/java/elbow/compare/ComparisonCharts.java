package elbow.compare;

import elbow.compare.ModelComparison.Histogram;
import elbow.compare.ModelComparison.ScoreGrid;
import elbow.report.ChartColour;
import elbow.report.Html;
import elbow.report.Numbers;
import elbow.report.SvgChart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The pictures of a comparison. */
final class ComparisonCharts {
    /** Left of the vertical axis and below the horizontal one. */
    private static final int MARGIN = 76;

    private static final int TOP = 12;
    private static final int WIDTH = 850;
    private static final int HEIGHT = 230;
    private static final int SQUARE = 400;
    private static final int MOST_TICKS = 7;

    private ComparisonCharts() {}

    /**
     * How often which difference of ELBOs comes up.
     *
     * @param equal rows of no difference, which are among those of the bar at 0
     * @param comparable whether the higher ELBO is the better description
     */
    static Html differences(Histogram bars, long equal, boolean comparable, String words) {
        Axis horizontal = Axis.of(bars.bins(), WIDTH);
        long most = Math.max(1, Collections.max(bars.inBins()));
        Axis vertical = new Axis(0, (double) most, HEIGHT);
        List<Html> drawn = new ArrayList<>();
        for (double tick : vertical.ticks()) {
            if (tick == Math.rint(tick)) {
                double y = TOP + HEIGHT - vertical.place(tick);
                drawn.add(line(MARGIN, y, MARGIN + WIDTH, y, ChartColour.GRID, ""));
                drawn.add(text(MARGIN - 8.0, y + 4, "end", Numbers.tick(tick)));
            }
        }
        for (int bin = 0; bin < bars.bins().count(); bin++) {
            long alike = bin == bars.bins().of(0) ? equal : 0;
            long rows = bars.inBins().get(bin) - alike;
            double from = horizontal.place(bars.bins().from(bin));
            double width = horizontal.place(bars.bins().from(bin + 1)) - from - 1;
            double below = 0;
            if (alike > 0) {
                below = Math.max(1, vertical.place((double) alike));
                drawn.add(rectangle(
                        MARGIN + from,
                        TOP + HEIGHT - below,
                        width,
                        below,
                        ChartColour.MUTED,
                        1,
                        Numbers.count(alike, "row") + " with no difference"));
            }
            if (rows > 0) {
                double height = Math.max(1, vertical.place((double) rows));
                boolean second = bars.bins().from(bin) + bars.bins().width() / 2 > 0;
                String shown = Numbers.count(rows, "row") + " from "
                        + Numbers.nats(bars.bins().from(bin)) + " to "
                        + Numbers.nats(bars.bins().from(bin + 1));
                drawn.add(rectangle(
                        MARGIN + from,
                        TOP + HEIGHT - below - height,
                        width,
                        height,
                        second ? ChartColour.ORANGE : ChartColour.BLUE,
                        1,
                        shown));
            }
        }
        drawn.addAll(horizontal(horizontal, HEIGHT));
        if (horizontal.has(0)) {
            double x = MARGIN + horizontal.place(0);
            drawn.add(line(x, TOP, x, TOP + HEIGHT, ChartColour.INK, "5 3"));
        }
        drawn.add(label(WIDTH, HEIGHT, "ELBO of B less ELBO of A (nats)"));
        Html chart = svg(
                MARGIN + WIDTH + 14,
                TOP + HEIGHT + MARGIN,
                600,
                "Histogram of the differences of ELBOs. " + words,
                drawn);
        return SvgChart.figure("Differences of ELBOs", "rows", differenceKeys(equal, comparable), chart);
    }

    private static List<Html> differenceKeys(long equal, boolean comparable) {
        String verdict = comparable ? " describes them better" : " has the higher ELBO";
        List<Html> keys = new ArrayList<>();
        keys.add(SvgChart.key("bar", ChartColour.BLUE, "A" + verdict));
        keys.add(SvgChart.key("bar", ChartColour.ORANGE, "B" + verdict));
        if (equal > 0) {
            keys.add(SvgChart.key("bar", ChartColour.MUTED, "no difference"));
        }
        return keys;
    }

    /** How many rows have which two scores, and where the thresholds are. */
    static Html scores(ModelComparison comparison) {
        ScoreGrid grid = comparison.scores();
        double first = comparison.first().threshold();
        double second = comparison.second().threshold();
        Axis horizontal = Axis.of(grid.first(), SQUARE);
        Axis vertical = Axis.of(grid.second(), SQUARE);
        double most = Math.log1p(Collections.max(grid.rows()));
        List<Html> drawn = new ArrayList<>();
        for (int one = 0; one < grid.first().count(); one++) {
            for (int other = 0; other < grid.second().count(); other++) {
                long rows = grid.rows(one, other);
                if (rows > 0) {
                    boolean byFirst = grid.first().from(one) + grid.first().width() / 2 > first;
                    boolean bySecond = grid.second().from(other) + grid.second().width() / 2 > second;
                    double width = (double) SQUARE / grid.first().count();
                    double height = (double) SQUARE / grid.second().count();
                    drawn.add(rectangle(
                            MARGIN + one * width,
                            TOP + SQUARE - (other + 1) * height,
                            width,
                            height,
                            colour(byFirst, bySecond),
                            0.2 + 0.8 * Math.log1p((double) rows) / most,
                            Numbers.count(rows, "row")));
                }
            }
        }
        drawn.addAll(horizontal(horizontal, SQUARE));
        for (double tick : vertical.ticks()) {
            drawn.add(text(MARGIN - 8.0, TOP + SQUARE - vertical.place(tick) + 4, "end", Numbers.tick(tick)));
        }
        double x = MARGIN + horizontal.place(first);
        double y = TOP + SQUARE - vertical.place(second);
        drawn.add(line(x, TOP, x, TOP + SQUARE, ChartColour.INK, "5 3"));
        drawn.add(line(MARGIN, y, MARGIN + SQUARE, y, ChartColour.INK, "5 3"));
        drawn.add(label(SQUARE, SQUARE, "anomaly score of A (nats, higher is stranger)"));
        Html chart = svg(
                MARGIN + SQUARE + 14,
                TOP + SQUARE + MARGIN,
                0,
                "Rows by the anomaly scores that A and B give them; their rank correlation is "
                        + Numbers.measured(comparison.rankCorrelation()) + ".",
                drawn);
        return SvgChart.figure(
                "Anomaly scores of both models",
                "anomaly score of B (nats, higher is stranger); the darker, the more rows; the outermost fields hold"
                        + " what is beyond the chart",
                List.of(
                        SvgChart.key("bar", ChartColour.VERMILION, "flagged by both"),
                        SvgChart.key("bar", ChartColour.BLUE, "by A alone"),
                        SvgChart.key("bar", ChartColour.ORANGE, "by B alone"),
                        SvgChart.key("bar", ChartColour.MUTED, "by none"),
                        SvgChart.key("dashed", ChartColour.INK, "thresholds")),
                chart);
    }

    private static ChartColour colour(boolean byFirst, boolean bySecond) {
        if (byFirst && bySecond) {
            return ChartColour.VERMILION;
        }
        return byFirst ? ChartColour.BLUE : bySecond ? ChartColour.ORANGE : ChartColour.MUTED;
    }

    private static List<Html> horizontal(Axis axis, int height) {
        List<Html> drawn = new ArrayList<>();
        drawn.add(line(MARGIN, TOP + height, MARGIN + axis.length(), TOP + height, ChartColour.GRID, ""));
        for (double tick : axis.ticks()) {
            drawn.add(text(MARGIN + axis.place(tick), TOP + height + 18.0, "middle", Numbers.tick(tick)));
        }
        return drawn;
    }

    private static Html label(int width, int height, String words) {
        return text(MARGIN + width / 2.0, TOP + height + 42.0, "middle", words);
    }

    /**
     * An axis.
     *
     * @param length in CSS pixels
     */
    private record Axis(double from, double to, int length) {
        static Axis of(Bins bins, int length) {
            return new Axis(bins.first(), bins.end(), length);
        }

        boolean has(double value) {
            return value >= from && value <= to;
        }

        double place(double value) {
            return length * (value - from) / (to - from);
        }

        /** Round numbers on it: multiples of 1, 2 or 5 times a power of ten. */
        List<Double> ticks() {
            double least = (to - from) / MOST_TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            double step = 10 * power;
            for (double times : new double[] {5, 2, 1}) {
                step = times * power >= least ? times * power : step;
            }
            List<Double> ticks = new ArrayList<>();
            for (double multiple = Math.ceil(from / step); multiple * step <= to; multiple++) {
                // Shown numbers have few digits: what is left of rounding goes.
                ticks.add(Math.rint(multiple) * step);
            }
            return ticks;
        }
    }

    private static Html rectangle(
            double x, double y, double width, double height, ChartColour colour, double opacity, String words) {
        return Html.of(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" fill-opacity=\"{}\"><title>{}</title></rect>",
                rounded(x),
                rounded(y),
                rounded(Math.max(0.5, width)),
                rounded(height),
                colour.variable(),
                rounded(opacity),
                words);
    }

    private static Html line(double x, double y, double toX, double toY, ChartColour colour, String dashes) {
        return Html.of(
                "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\"{}/>",
                rounded(x),
                rounded(y),
                rounded(toX),
                rounded(toY),
                colour.variable(),
                dashes.isEmpty() ? Html.NOTHING : Html.of(" stroke-dasharray=\"{}\"", dashes));
    }

    private static Html text(double x, double y, String anchor, String words) {
        return Html.of(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" fill=\"var(--muted)\">{}</text>",
                rounded(x),
                rounded(y),
                anchor,
                words);
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static Html svg(int width, int height, int least, String words, List<Html> content) {
        return Html.of(
                "<svg class=\"chart\" style=\"min-width:{}px;max-width:{}px\" viewBox=\"0 0 {} {}\" role=\"img\""
                        + " aria-label=\"{}\">\n{}\n</svg>",
                least,
                width + width / 4,
                width,
                height,
                words,
                Html.join(content));
    }
}
