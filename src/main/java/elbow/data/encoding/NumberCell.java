package elbow.data.encoding;

import elbow.math.noise.KeyedNoise;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A number from its encoded value, by the inverse of its {@link NumberScale}. An expected value of a scale with long
 * tails becomes the median of the column, not its mean, which the tails rule and which need not exist.
 */
public final class NumberCell implements Cell {
    private static final long serialVersionUID = 1L;

    /** As many digits tell all doubles apart. */
    private static final int MOST_DIGITS = 17;

    private final NumberScale scale;
    private final NumberWriter writer;
    private final Kind kind;
    private final CommonValues common;
    private final float[] encodedCommon;
    private final double lowest;
    private final double highest;
    private final double[] known;
    private final @Nullable Margin margin;

    public NumberCell(NumberScale scale, NumberWriter writer) {
        this(scale, CommonValues.NONE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, writer);
    }

    /**
     * @param common values that are written as they are, whatever the scale makes of their encoded ones
     * @param lowest number that is written, instead of any below it
     * @param highest number that is written, instead of any above it
     */
    public NumberCell(NumberScale scale, CommonValues common, double lowest, double highest, NumberWriter writer) {
        this(scale, common, lowest, highest, writer, Kind.NUMBER, new double[0], null);
    }

    private NumberCell(
            NumberScale scale,
            CommonValues common,
            double lowest,
            double highest,
            NumberWriter writer,
            Kind kind,
            double[] known,
            @Nullable Margin margin) {
        this.kind = kind;
        this.known = known;
        this.lowest = lowest;
        this.highest = highest;
        this.common = common;
        this.margin = margin;
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
                Kind.TRUTH,
                new double[0],
                null);
    }

    /** This, with draws moved by a margin. */
    NumberCell with(Margin moving) {
        return new NumberCell(scale, common, lowest, highest, writer, kind, known, moving);
    }

    /** This, with numbers of the table whose digits are all known, such as the lowest and the highest one. */
    public NumberCell knowing(double... numbers) {
        return new NumberCell(scale, common, lowest, highest, writer, kind, numbers.clone(), margin);
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
    public boolean leavesChoice() {
        return margin != null;
    }

    @Override
    public double number(float[] encoded, int offset) {
        int place = CommonValues.place(encodedCommon, encoded[offset]);
        return place < 0
                ? Math.max(lowest, Math.min(highest, scale.decode(encoded[offset])))
                : common.values().get(place);
    }

    /**
     * What the table had where that is known, which is of common values and those of {@link #knowing}; else the number
     * with the fewest digits that is encoded so: what the table had, as a rule, where {@link #number} is only as near
     * to it as a float tells.
     */
    double shortest(float encoded) {
        double near = number(new float[] {encoded}, 0);
        if (CommonValues.place(encodedCommon, encoded) >= 0) {
            return near;
        }
        for (double number : known) {
            if (NumberSlot.encoded(scale, number) == encoded) {
                return number;
            }
        }
        if (NumberSlot.encoded(scale, 0) == encoded) {
            return 0;
        }
        if (!Double.isFinite(near)) {
            return near;
        }
        BigDecimal exact = new BigDecimal(near);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            double rounded = exact.round(new MathContext(digits)).doubleValue();
            if (NumberSlot.encoded(scale, rounded) == encoded) {
                return rounded;
            }
        }
        return near;
    }

    /** The encoded value of a number, as a row that has it. */
    float encoded(double number) {
        return NumberSlot.encoded(scale, number);
    }

    @Override
    public @Nullable Object value(float[] encoded, int offset, Form form, int word) {
        double number = number(encoded, offset);
        if (Double.isNaN(number)) {
            return null;
        }
        Margin moving = margin;
        return writer.write(
                moving != null && form == Form.DRAWN ? moving.moved(number, KeyedNoise.uniform(word)) : number);
    }
}
