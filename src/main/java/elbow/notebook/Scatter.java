package elbow.notebook;

import elbow.report.ChartColour;
import elbow.report.Html;
import elbow.report.Numbers;
import elbow.report.SvgChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Points in a plane, coloured by group. Of more groups than colours each point is the first letters of its group. */
final class Scatter {
    private static final int WIDTH = 920;
    private static final int HEIGHT = 560;
    private static final int LEFT = 52;
    private static final int BOTTOM = 44;
    private static final int TOP = 8;
    private static final int RIGHT = 10;
    private static final int TICKS = 6;
    private static final int MARK_LETTERS = 2;

    /** Of an axis' largest magnitude, what its margin is at least: more than the rounding of doubles. */
    private static final double LEAST_MARGIN = 1e-9;

    private static final int MOST_TICKS = 20;

    private static final List<ChartColour> COLOURS = List.of(
            ChartColour.BLUE,
            ChartColour.ORANGE,
            ChartColour.GREEN,
            ChartColour.PURPLE,
            ChartColour.VERMILION,
            ChartColour.INK,
            ChartColour.MUTED);

    /**
     * A point.
     *
     * @param group what it is of
     */
    record Point(double x, double y, String group) {}

    /** What is drawn behind the points. */
    enum Guide {
        NONE,
        /** Where both coordinates are equal. */
        DIAGONAL
    }

    private final List<Point> points;
    private final Span horizontal;
    private final Span vertical;

    /** @param points finite ones, at least one */
    Scatter(List<Point> points) {
        this.points = List.copyOf(points);
        horizontal = Span.of(points.stream().mapToDouble(Point::x).toArray());
        vertical = Span.of(points.stream().mapToDouble(Point::y).toArray());
    }

    Html draw(String title, String horizontalLabel, String verticalLabel, Guide guide) {
        SortedMap<String, List<Point>> groups = new TreeMap<>(Scatter::compare);
        points.forEach(point -> groups.computeIfAbsent(point.group(), group -> new ArrayList<>())
                .add(point));
        boolean letters = groups.size() > COLOURS.size() - 2;
        List<Html> drawn = new ArrayList<>(grid(horizontalLabel));
        if (guide == Guide.DIAGONAL) {
            drawn.add(diagonal());
        }
        List<Html> legend = new ArrayList<>();
        int index = 0;
        for (var group : groups.entrySet()) {
            ChartColour colour = COLOURS.get(index++ % COLOURS.size());
            drawn.add(letters ? letters(group.getKey(), group.getValue(), colour) : dots(group.getValue(), colour));
            if (groups.size() > 1) {
                legend.add(SvgChart.key(
                        "bar",
                        colour,
                        group.getKey() + " (" + Numbers.count(group.getValue().size()) + ")"));
            }
        }
        Html chart = Html.of(
                "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n{}\n</svg>",
                WIDTH,
                HEIGHT,
                title + ": " + Numbers.count(points.size(), "point"),
                Html.join(drawn));
        return SvgChart.figure(title, verticalLabel, legend, chart);
    }

    /** Numbers by their value, before texts by the alphabet. */
    private static int compare(String one, String other) {
        OptionalDouble number = number(one);
        OptionalDouble otherNumber = number(other);
        if (number.isPresent() != otherNumber.isPresent()) {
            return number.isPresent() ? -1 : 1;
        }
        int byValue = number.isPresent() ? Double.compare(number.getAsDouble(), otherNumber.getAsDouble()) : 0;
        return byValue == 0 ? one.compareTo(other) : byValue;
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private List<Html> grid(String label) {
        List<Html> lines = new ArrayList<>();
        for (double at : vertical.ticks()) {
            lines.add(Html.of(
                    "<path d=\"M{} {}H{}\" style=\"stroke:{}\"/>"
                            + "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" style=\"fill:{}\">{}</text>",
                    LEFT,
                    number(y(at)),
                    WIDTH - RIGHT,
                    ChartColour.GRID.variable(),
                    LEFT - 6,
                    number(y(at) + 4),
                    ChartColour.MUTED.variable(),
                    Numbers.tick(at)));
        }
        for (double at : horizontal.ticks()) {
            lines.add(Html.of(
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" style=\"fill:{}\">{}</text>",
                    number(x(at)),
                    HEIGHT - BOTTOM + 18,
                    ChartColour.MUTED.variable(),
                    Numbers.tick(at)));
        }
        lines.add(Html.of(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" style=\"fill:{}\">{}</text>",
                (WIDTH + LEFT) / 2,
                HEIGHT - 6,
                ChartColour.MUTED.variable(),
                label));
        return lines;
    }

    private Html diagonal() {
        double low = Math.max(horizontal.low(), vertical.low());
        double high = Math.min(horizontal.high(), vertical.high());
        if (low >= high) {
            return Html.NOTHING;
        }
        return Html.of(
                "<path d=\"M{} {}L{} {}\" style=\"stroke:{};stroke-dasharray:5 4;stroke-width:1.5\"/>",
                number(x(low)),
                number(y(low)),
                number(x(high)),
                number(y(high)),
                ChartColour.MUTED.variable());
    }

    private Html dots(List<Point> group, ChartColour colour) {
        return Html.of(
                "<g style=\"fill:{};fill-opacity:.65\">{}</g>",
                colour.variable(),
                Html.join(group.stream()
                        .map(point -> Html.of(
                                "<circle cx=\"{}\" cy=\"{}\" r=\"3\"/>", number(x(point.x())), number(y(point.y()))))
                        .toList()));
    }

    private Html letters(String name, List<Point> group, ChartColour colour) {
        String mark = name.codePointCount(0, name.length()) <= MARK_LETTERS
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MARK_LETTERS));
        return Html.of(
                "<g style=\"fill:{}\" text-anchor=\"middle\">{}</g>",
                colour.variable(),
                Html.join(group.stream()
                        .map(point -> Html.of(
                                "<text x=\"{}\" y=\"{}\">{}</text>",
                                number(x(point.x())),
                                number(y(point.y()) + 4),
                                mark))
                        .toList()));
    }

    private double x(double value) {
        return LEFT + horizontal.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - vertical.share(value) * (HEIGHT - BOTTOM - TOP);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The range of an axis, with a margin. */
    private record Span(double low, double high) {
        static Span of(double[] values) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            double least = LEAST_MARGIN * Math.max(Math.abs(low), Math.abs(high));
            double margin = Math.max(high > low ? 0.03 * (high - low) : 0.5, least);
            return new Span(low - margin, high + margin);
        }

        double share(double value) {
            return (value - low) / (high - low);
        }

        /** Multiples of 1, 2 or 5 times a power of ten, about as many as there is room for. */
        List<Double> ticks() {
            double raw = (high - low) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(raw)));
            double digit = raw / power;
            double step = power * (digit <= 1.5 ? 1 : digit <= 3.5 ? 2 : digit <= 7.5 ? 5 : 10);
            List<Double> ticks = new ArrayList<>();
            double first = Math.ceil(low / step);
            for (int i = 0; i < MOST_TICKS && (first + i) * step <= high; i++) {
                ticks.add((first + i) * step);
            }
            return ticks;
        }
    }
}
