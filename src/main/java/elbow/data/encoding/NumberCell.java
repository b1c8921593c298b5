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
    private final CommonValues common;
    private final float[] encodedCommon;

    public NumberCell(NumberScale scale, NumberWriter writer) {
        this(scale, CommonValues.NONE, writer);
    }

    /** @param common values that are written as they are, whatever the scale makes of their encoded ones */
    public NumberCell(NumberScale scale, CommonValues common, NumberWriter writer) {
        this(scale, common, writer, Kind.NUMBER);
    }

    private NumberCell(NumberScale scale, CommonValues common, NumberWriter writer, Kind kind) {
        this.kind = kind;
        this.common = common;
        encodedCommon = common.encoded(scale);
        this.scale = scale;
        this.writer = writer;
    }

    /** A truth value, whose encoded value is 0 or 1, or the probability of 1. */
    public static NumberCell truth(NumberWriter writer) {
        return new NumberCell(NumberScale.NONE, CommonValues.NONE, writer, Kind.TRUTH);
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
        int place = CommonValues.place(encodedCommon, encoded[offset]);
        return place < 0 ? scale.decode(encoded[offset]) : common.values().get(place);
    }

    @Override
    public @Nullable Object value(float[] encoded, int offset, Form form, int word) {
        double number = number(encoded, offset);
        return Double.isNaN(number) ? null : writer.write(number);
    }
}
