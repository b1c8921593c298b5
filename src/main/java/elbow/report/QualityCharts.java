package elbow.report;

import elbow.quality.ColumnShape;
import elbow.quality.ColumnShape.Bar;
import elbow.quality.ComparedColumn.Kind;
import elbow.quality.PairTrend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Pictures of two tables: bars that lie over one another, and maps of what is known of pairs of columns. */
final class QualityCharts {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 110;
    private static final int LINE = 18;
    private static final int NAMES = 110;
    private static final int FIELD = 16;
    private static final int MOST_NAMED = 40;

    /** What a map shows, and by that its colours. */
    enum Shown {
        /** Scores: the stronger the further from the best, 1. */
        SCORES,
        /** Correlations: blue above 0, orange below, the stronger the further from 0. */
        CORRELATIONS
    }

    private QualityCharts() {}

    static Html legend() {
        return Html.of(
                "<p>{} {}</p>",
                SvgChart.key("bar", ChartColour.BLUE, "real"),
                SvgChart.key("bar", ChartColour.ORANGE, "synthetic"));
    }

    /** The bars of a column, real and synthetic over one another. */
    static Html bars(ColumnShape shape) {
        boolean number = shape.column().kind() == Kind.NUMBER;
        Html chart = number ? histogram(shape.bars()) : categories(shape.bars());
        String axis = number && !shape.bars().isEmpty()
                ? Numbers.measured(shape.bars().get(0).from()) + " to "
                        + Numbers.measured(
                                shape.bars().get(shape.bars().size() - 1).to())
                : "share of the values";
        return SvgChart.figure(shape.column().name() + ", " + Numbers.measured(shape.score()), axis, List.of(), chart);
    }

    private static double largest(List<Bar> bars) {
        return bars.stream()
                .mapToDouble(bar -> Math.max(bar.real(), bar.synthetic()))
                .max()
                .orElse(1);
    }

    private static Html histogram(List<Bar> bars) {
        double largest = Math.max(1e-12, largest(bars));
        List<Html> drawn = new ArrayList<>();
        double width = (double) WIDTH / Math.max(1, bars.size());
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            drawn.add(upright(i * width, width, bar.real() / largest, ChartColour.BLUE));
            drawn.add(upright(i * width, width, bar.synthetic() / largest, ChartColour.ORANGE));
        }
        return svg(WIDTH, HEIGHT, "Histogram of both tables", drawn);
    }

    private static Html upright(double x, double width, double share, ChartColour colour) {
        double height = share * HEIGHT;
        return rectangle(x, HEIGHT - height, width, height, colour.variable(), 0.55, "");
    }

    private static Html categories(List<Bar> bars) {
        double largest = Math.max(1e-12, largest(bars));
        List<Html> drawn = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = (double) i * LINE;
            String name = bar.label().isEmpty() ? "all others" : bar.label();
            drawn.add(Html.of(
                    "<text x=\"0\" y=\"{}\" fill=\"var(--muted)\">{}</text>", rounded(y + LINE - 5), shortened(name)));
            double room = (double) WIDTH - NAMES;
            drawn.add(rectangle(
                    NAMES, y + 1, room * bar.real() / largest, LINE / 2.0 - 1, ChartColour.BLUE.variable(), 1, name));
            drawn.add(rectangle(
                    NAMES,
                    y + LINE / 2.0,
                    room * bar.synthetic() / largest,
                    LINE / 2.0 - 1,
                    ChartColour.ORANGE.variable(),
                    1,
                    name));
        }
        return svg(WIDTH, Math.max(1, bars.size()) * LINE, "Shares of categories in both tables", drawn);
    }

    private static String shortened(String name) {
        int most = 16;
        return name.codePointCount(0, name.length()) <= most
                ? name
                : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** A field for each pair, none where the value is NaN. */
    static Html heatMap(
            String title,
            List<String> columns,
            List<PairTrend> trends,
            Shown shown,
            ToDoubleFunction<PairTrend> value) {
        boolean scores = shown == Shown.SCORES;
        int size = columns.size();
        boolean named = size <= MOST_NAMED;
        int left = named ? NAMES : 0;
        List<Html> drawn = new ArrayList<>();
        for (int i = 0; i < size && named; i++) {
            drawn.add(Html.of(
                    "<text x=\"0\" y=\"{}\" fill=\"var(--muted)\">{}</text>",
                    rounded((i + 1.0) * FIELD - 4),
                    shortened(columns.get(i))));
        }
        for (PairTrend trend : trends) {
            double number = value.applyAsDouble(trend);
            if (Double.isNaN(number)) {
                continue;
            }
            int row = columns.indexOf(trend.first());
            int column = columns.indexOf(trend.second());
            String words = trend.first() + ", " + trend.second() + ": " + Numbers.measured(number);
            double strength = scores ? Math.min(1, 4 * (1 - number)) : Math.abs(number);
            String colour = (scores || number < 0 ? ChartColour.ORANGE : ChartColour.BLUE).variable();
            drawn.add(field(left, row, column, colour, strength, words));
            drawn.add(field(left, column, row, colour, strength, words));
        }
        return SvgChart.figure(title, "", List.of(), svg(left + size * FIELD, size * FIELD, title, drawn));
    }

    private static Html field(int left, int row, int column, String colour, double strength, String words) {
        return rectangle(
                left + (double) column * FIELD,
                (double) row * FIELD,
                FIELD - 1.0,
                FIELD - 1.0,
                colour,
                Math.max(0.04, strength),
                words);
    }

    private static Html rectangle(
            double x, double y, double width, double height, String colour, double opacity, String words) {
        Html title = words.isEmpty() ? Html.NOTHING : Html.of("<title>{}</title>", words);
        return Html.of(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" fill-opacity=\"{}\">{}</rect>",
                rounded(x),
                rounded(y),
                rounded(Math.max(0, width)),
                rounded(Math.max(0, height)),
                colour,
                rounded(opacity),
                title);
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static Html svg(int width, int height, String words, List<Html> content) {
        return Html.of(
                "<svg class=\"chart\" style=\"min-width:0;max-width:{}px\" viewBox=\"0 0 {} {}\" role=\"img\""
                        + " aria-label=\"{}\">\n{}\n</svg>",
                2 * width,
                width,
                height,
                words,
                Html.join(content));
    }
}
