package elbow.data.encoding;

import elbow.base.Check;
import elbow.data.table.NumberText;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Numbers that so many rows of a column have that they are no matter of chance, such as 0 for no income and 40 hours a
 * week: each has a probability of its own.
 *
 * @param values in the column's unit, finite, different
 * @param shares of the training rows that have a value, one for each value; above 0, with a sum below 1
 */
public record CommonValues(List<Double> values, List<Double> shares) implements Serializable {
    /** A column has none. */
    public static final CommonValues NONE = new CommonValues(List.of(), List.of());

    public CommonValues {
        values = List.copyOf(values);
        shares = List.copyOf(shares);
        Check.argument(values.stream().allMatch(Double::isFinite), "values", "be finite", values);
        Check.argument(values.stream().distinct().count() == values.size(), "values", "differ", values);
        Check.argument(shares.size() == values.size(), "shares", "be one for each value", shares);
        shares.forEach(share -> Check.positive("shares", share));
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        Check.argument(sum < 1, "shares", "have a sum below 1", sum);
    }

    /** Whether there are none. */
    public boolean isNone() {
        return values.isEmpty();
    }

    /** The first {@code most} of them in words, with the share of the rows that have each: "91 % are 0". */
    public String words(int most) {
        int named = Math.min(most, values.size());
        String words = IntStream.range(0, named)
                .mapToObj(i -> String.format(
                        Locale.ROOT, "%.0f %% are %s", 100 * shares.get(i), NumberText.exactly(values.get(i))))
                .collect(Collectors.joining(", "));
        int further = values.size() - named;
        return words + (further > 0 ? " (" + further + " further values)" : "");
    }

    /** The values as a slot of that scale encodes them. */
    public float[] encoded(NumberScale scale) {
        float[] encoded = new float[values.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = NumberSlot.encoded(scale, values.get(i));
        }
        return encoded;
    }

    /** Which of some encoded values a number is; -1: none. */
    static int place(float[] encoded, float number) {
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == number) {
                return i;
            }
        }
        return -1;
    }
}
