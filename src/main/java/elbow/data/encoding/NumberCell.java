package elbow.data.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A number from its encoded value, by the inverse of its {@link NumberScale}. An expected value of a scale with long
 * tails becomes the median of the column, not its mean, which the tails rule and which need not exist.
 */
public final class NumberCell implements Cell {
    private static final long serialVersionUID = 1L;

    private final NumberScale scale;
    private final NumberWriter writer;
    private final Kind kind;

    public NumberCell(NumberScale scale, NumberWriter writer) {
        this(scale, writer, Kind.NUMBER);
    }

    private NumberCell(NumberScale scale, NumberWriter writer, Kind kind) {
        this.kind = kind;
        this.scale = scale;
        this.writer = writer;
    }

    /** A truth value, whose encoded value is 0 or 1, or the probability of 1. */
    public static NumberCell truth(NumberWriter writer) {
        return new NumberCell(NumberScale.NONE, writer, Kind.TRUTH);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public double number(float[] encoded, int offset) {
        return scale.decode(encoded[offset]);
    }

    @Override
    public @Nullable Object value(float[] encoded, int offset, Form form, int word) {
        double number = scale.decode(encoded[offset]);
        return Double.isNaN(number) ? null : writer.write(number);
    }
}
