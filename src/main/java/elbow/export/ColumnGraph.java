package elbow.export;

import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.feature.BinaryFeature;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.CountFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.feature.TimePart;
import elbow.data.image.ImageShape;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The way of one column into a graph: its input, and its encoded columns as the slots of {@link elbow.data.encoding}
 * make them.
 *
 * @param values rows x encoded columns, of floats; any finite ones where the value is missing or refused
 * @param present 1 where a row has a value, 0 where it has none: rows x 1, of floats
 * @param valid whether a row has a value that can be encoded, or none: rows x 1
 */
record ColumnGraph(Tensor values, Tensor present, Tensor valid) {
    /** Stands for a missing time: what NumPy's times that are none become as whole numbers. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final long MISSING = -1;
    private static final long REFUSED = -2;
    private static final double MICROSECONDS = 1e6;

    /** The column, as an input of its own. */
    static ColumnGraph of(Feature feature, Markers markers, Graph graph) {
        Tensor input = graph.input(input(feature));
        if (feature instanceof ImageFeature image) {
            return image(image, input);
        } else if (feature instanceof TimeFeature time) {
            return time(time, input.withAxis(1));
        } else if (feature instanceof CategoricalFeature category) {
            return category(category.categories(), category.others(), category.width(), true, markers, input);
        } else if (feature instanceof OrdinalFeature ordinal) {
            return ordinal.numbers()
                    ? level(ordinal, markers, input.withAxis(1))
                    : category(ordinal.levels(), List.of(), ordinal.width(), false, markers, input);
        }
        return number(feature, markers, input.withAxis(1));
    }

    /** What must go in. */
    static TensorShape input(Feature feature) {
        ElementType type = ElementType.DOUBLE;
        if (feature instanceof ImageFeature image) {
            ImageShape shape = image.shape();
            return TensorShape.of(feature.column(), ElementType.BYTE, shape.height(), shape.width(), shape.channels());
        } else if (feature instanceof TimeFeature) {
            type = ElementType.LONG;
        } else if (feature instanceof CategoricalFeature
                || (feature instanceof OrdinalFeature ordinal && !ordinal.numbers())) {
            type = ElementType.TEXT;
        }
        return TensorShape.of(feature.column(), type);
    }

    /** How a number is encoded. */
    static NumberScale scale(Feature feature) {
        if (feature instanceof RealFeature real) {
            return real.scale();
        }
        return feature instanceof PositiveFeature positive
                ? NumberScale.unit(Math.exp(positive.logMean()))
                : NumberScale.NONE;
    }

    private static ColumnGraph image(ImageFeature feature, Tensor input) {
        Tensor values = input.as(ElementType.FLOAT).shaped(0, feature.width()).over(255);
        Tensor present = values.slice(1, 0, 1).times(0).plus(1);
        return new ColumnGraph(values, present, present.isAtLeast(0));
    }

    private static ColumnGraph number(Feature feature, Markers markers, Tensor input) {
        Tensor missing = missing(markers, input);
        Tensor limited = input;
        if (feature instanceof CountFeature) {
            limited = input.atLeast(0);
        } else if (feature instanceof PositiveFeature positive) {
            limited = input.atLeast(PositiveFeature.LEAST_SHARE * positive.minimum());
        }
        Tensor encoded = encoded(scale(feature), limited).as(ElementType.FLOAT);
        if (feature instanceof RealFeature real) {
            encoded = withCommonValues(real, input, encoded);
        }
        Tensor holds = input.isFinite().and(encoded.isFinite());
        if (feature instanceof CountFeature) {
            holds = holds.and(isWhole(limited)).and(limited.isAtMost(NumberDomain.LARGEST_COUNT));
        } else if (feature instanceof BinaryFeature) {
            holds = holds.and(input.isEqual(0).or(input.isEqual(1)));
        } else if (feature instanceof PositiveFeature) {
            holds = holds.and(encoded.isAtMost(0).not());
        }
        return of(encoded, missing, holds);
    }

    // To the bit: only they are the likelihood's points.
    private static Tensor withCommonValues(RealFeature feature, Tensor input, Tensor encoded) {
        float[] points = feature.common().encoded(feature.scale());
        Tensor values = encoded;
        for (int i = 0; i < points.length; i++) {
            Tensor isCommon = input.isEqual(feature.common().values().get(i));
            values = isCommon.choose(input.graph().scalar(ElementType.FLOAT, points[i]), values);
        }
        return values;
    }

    // The refused have values that every likelihood takes.
    private static ColumnGraph of(Tensor encoded, Tensor missing, Tensor holds) {
        Tensor usable = holds.and(missing.not());
        Tensor some = encoded.graph().scalar(ElementType.FLOAT, 1);
        return new ColumnGraph(usable.choose(encoded, some), missing.not().as(ElementType.FLOAT), holds.or(missing));
    }

    private static Tensor missing(Markers markers, Tensor input) {
        Tensor missing = input.isNaN();
        for (double number : numbers(markers)) {
            missing = missing.or(input.isEqual(number));
        }
        return missing;
    }

    private static List<Double> numbers(Markers markers) {
        return markers.texts().stream()
                .map(text -> NumberText.parse(text.strip()))
                .filter(number -> !Double.isNaN(number) && markers.contains(number))
                .toList();
    }

    private static Tensor isWhole(Tensor numbers) {
        return numbers.isEqual(numbers.round());
    }

    private static Tensor encoded(NumberScale scale, Tensor numbers) {
        Tensor scaled = numbers.minus(scale.centre()).over(scale.unit());
        Tensor drawnIn = scale.stretched() ? asinh(scaled) : scaled;
        return drawnIn.minus(scale.mean()).over(scale.deviation());
    }

    // Of magnitudes beyond the limit the logarithm, without a square that overflows.
    private static Tensor asinh(Tensor numbers) {
        double limit = 0x1p28;
        Tensor magnitude = numbers.abs();
        Tensor within = magnitude.atMost(limit);
        Tensor near = within.plus(within.square().plus(1).sqrt()).log();
        Tensor beyond = magnitude.atLeast(limit).over(limit).log();
        return numbers.sign().times(near.plus(beyond));
    }

    private static ColumnGraph level(OrdinalFeature feature, Markers markers, Tensor input) {
        Tensor missing = missing(markers, input);
        Tensor holds = isWhole(input).and(input.isFinite());
        Tensor usable = holds.and(missing.not());
        double first = Long.parseLong(feature.levels().get(0));
        Tensor code = input.minus(first - 1).atLeast(0).atMost(feature.width() - 1.0);
        Tensor none = input.graph().scalar(ElementType.DOUBLE, MISSING);
        return codes(usable.choose(code, none).as(ElementType.LONG), feature.width(), missing, holds.or(missing));
    }

    private static ColumnGraph category(
            List<String> vocabulary, List<String> others, int width, boolean open, Markers markers, Tensor input) {
        Map<String, Long> table = new LinkedHashMap<>();
        others.forEach(text -> table.put(text, (long) vocabulary.size()));
        for (int code = 0; code < vocabulary.size(); code++) {
            table.put(vocabulary.get(code), (long) code);
        }
        for (String text : markers.texts()) {
            for (String form : forms(text, markers.matching())) {
                table.putIfAbsent(form, MISSING);
            }
        }
        table.putIfAbsent("", MISSING);
        long[] codes = table.values().stream().mapToLong(Long::longValue).toArray();
        Tensor found = input.graph()
                .lookUp(input, List.copyOf(table.keySet()), codes, open ? width - 1 : REFUSED)
                .withAxis(1);
        return codes(
                found, width, found.isEqual(MISSING), found.isEqual(REFUSED).not());
    }

    // A graph can neither fold case nor strip blanks: the usual ways to write such a text.
    private static List<String> forms(String text, Markers.Matching matching) {
        List<String> forms = new ArrayList<>(List.of(text));
        if (matching == Markers.Matching.ANY_CASE && !text.isEmpty()) {
            String lower = text.toLowerCase(Locale.ROOT);
            forms.add(lower);
            forms.add(text.toUpperCase(Locale.ROOT));
            forms.add(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
        }
        return forms;
    }

    // 1 in the column of the code, and 0 in the others.
    private static ColumnGraph codes(Tensor codes, int width, Tensor missing, Tensor valid) {
        long[] places = new long[width];
        for (int i = 0; i < width; i++) {
            places[i] = i;
        }
        Tensor values = codes.isEqual(codes.graph().list(places)).as(ElementType.FLOAT);
        return new ColumnGraph(values, missing.not().as(ElementType.FLOAT), valid);
    }

    private static ColumnGraph time(TimeFeature feature, Tensor micros) {
        Tensor missing = micros.isEqual(micros.graph().longs(new long[] {NO_TIME}));
        Tensor seconds = micros.as(ElementType.DOUBLE).over(MICROSECONDS);
        List<Tensor> columns = new ArrayList<>();
        for (TimePart part : feature.parts()) {
            Tensor periods = seconds.minus(part.origin()).over(part.period());
            Tensor angle = periods.minus(periods.floor()).times(2 * Math.PI);
            columns.add(angle.sine());
            columns.add(angle.plus(0.5 * Math.PI).sine());
        }
        Tensor values = Tensor.joined(1, columns).as(ElementType.FLOAT);
        return new ColumnGraph(values, missing.not().as(ElementType.FLOAT), missing.or(missing.not()));
    }
}
