package elbow.data.encoding;

import elbow.math.noise.KeyedNoise;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A category from its columns: the likeliest one, or the one drawn. No value is made up: the place of categories that
 * training has not seen is never the likeliest, and a draw of it becomes a draw from the categories by their shares of
 * the training rows. The place that rare categories share stands for the most frequent of them, or in a draw for each
 * of them with equal probability.
 */
public final class CategoryCell implements Cell {
    private static final long serialVersionUID = 1L;

    private final Object[] values;
    private final Object[] others;
    private final double[] shares;
    private final int width;
    private final int known;
    private final boolean ordered;

    /**
     * @param categories the text of each code from 0
     * @param others texts that share the code after them, perhaps none; the most frequent first
     * @param frequencies share of the training rows in each encoded column
     * @param open whether the last code is that of categories that training has not seen
     * @param type of the column
     */
    public CategoryCell(
            List<String> categories, List<String> others, List<Double> frequencies, boolean open, DataType type) {
        this(categories, others, frequencies, open, false, type);
    }

    private CategoryCell(
            List<String> categories,
            List<String> others,
            List<Double> frequencies,
            boolean open,
            boolean ordered,
            DataType type) {
        values = values(categories, type);
        this.others = values(others, type);
        shares = frequencies.stream().mapToDouble(Double::doubleValue).toArray();
        width = shares.length;
        known = open ? width - 1 : width;
        this.ordered = ordered;
    }

    /**
     * One of ordered levels, all of them known.
     *
     * @param levels the text of each code from 0, from the lowest to the highest
     * @param frequencies share of the training rows in each encoded column
     * @param type of the column
     */
    public static CategoryCell ordered(List<String> levels, List<Double> frequencies, DataType type) {
        return new CategoryCell(levels, List.of(), frequencies, false, true, type);
    }

    private static Object[] values(List<String> texts, DataType type) {
        if (type instanceof StringType) {
            return texts.stream().map(UTF8String::fromString).toArray();
        }
        NumberWriter writer = new NumberWriter(type, false, List.of());
        return texts.stream().map(text -> writer.write(number(text))).toArray();
    }

    private static double number(String text) {
        return text.equalsIgnoreCase("true") ? 1 : text.equalsIgnoreCase("false") ? 0 : Double.parseDouble(text);
    }

    /** The values that a code stands for: one, or each of the rare ones that share it. */
    public List<Object> values(int code) {
        return code < values.length ? List.of(values[code]) : List.of(others);
    }

    @Override
    public Kind kind() {
        return Kind.CATEGORY;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public boolean leavesChoice() {
        return true;
    }

    @Override
    public int code(float[] encoded, int offset, Form form) {
        if (form == Form.DRAWN) {
            return largest(encoded, offset, width);
        }
        return ordered && form == Form.CENTRAL ? median(encoded, offset, known) : largest(encoded, offset, known);
    }

    @Override
    public Object value(float[] encoded, int offset, Form form, int word) {
        int code = code(encoded, offset, form);
        if (form != Form.DRAWN) {
            return code < values.length ? values[code] : others[0];
        }
        double uniform = KeyedNoise.uniform(word);
        if (code >= known) {
            double total = 0;
            for (int i = 0; i < known; i++) {
                total += shares[i];
            }
            double left = uniform * total;
            code = 0;
            while (code < known - 1 && left >= shares[code]) {
                left -= shares[code++];
            }
            uniform = Math.min(1, left / shares[code]);
        }
        return code < values.length
                ? values[code]
                : others[Math.min(others.length - 1, (int) (uniform * others.length))];
    }

    /** The median of ordered places by their probabilities: the first that with those before it has half of all. */
    static int median(float[] encoded, int offset, int count) {
        double half = 0;
        for (int i = 0; i < count; i++) {
            half += 0.5 * encoded[offset + i];
        }
        int median = 0;
        double before = encoded[offset];
        while (median < count - 1 && before < half) {
            before += encoded[offset + ++median];
        }
        return median;
    }

    /** The place of the largest of some values, the first one of equals. */
    static int largest(float[] encoded, int offset, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (encoded[offset + i] > encoded[offset + best]) {
                best = i;
            }
        }
        return best;
    }
}
