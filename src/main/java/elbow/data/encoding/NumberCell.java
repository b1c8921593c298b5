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
    private final double lowest;
    private final double highest;

    public NumberCell(NumberScale scale, NumberWriter writer) {
        this(scale, CommonValues.NONE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, writer);
    }

    /**
     * @param common values that are written as they are, whatever the scale makes of their encoded ones
     * @param lowest number that is written, instead of any below it
     * @param highest number that is written, instead of any above it
     */
    public NumberCell(NumberScale scale, CommonValues common, double lowest, double highest, NumberWriter writer) {
        this(scale, common, lowest, highest, writer, Kind.NUMBER);
    }

    private NumberCell(
            NumberScale scale, CommonValues common, double lowest, double highest, NumberWriter writer, Kind kind) {
        this.kind = kind;
        this.lowest = lowest;
        this.highest = highest;
        this.common = common;
        encodedCommon = common.encoded(scale);
        this.scale = scale;
        this.writer = writer;
    }

    /** A truth value, whose encoded value is 0 or 1, or the probability of 1. */
    public static NumberCell truth(NumberWriter writer) {
        return new NumberCell(
                NumberScale.NONE,
                CommonValues.NONE,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                writer,
                Kind.TRUTH);
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
        return place < 0
                ? Math.max(lowest, Math.min(highest, scale.decode(encoded[offset])))
                : common.values().get(place);
    }

    @Override
    public @Nullable Object value(float[] encoded, int offset, Form form, int word) {
        double number = number(encoded, offset);
        return Double.isNaN(number) ? null : writer.write(number);
    }
}
