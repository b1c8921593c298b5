package elbow.data.encoding;

import elbow.base.ElbowException;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.data.table.RowFields;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Encodes a number: through the bijection of its {@link NumberScale}. */
public final class NumberSlot implements Slot {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int field;
    private final boolean text;
    private final boolean truths;
    private final Markers markers;
    private final NumberDomain domain;
    private final NumberScale scale;
    private final double least;
    private final double usualLogJacobian;
    private final float[] common;

    public NumberSlot(
            String column, int field, FieldKind kind, Markers markers, NumberDomain domain, NumberScale scale) {
        this(column, field, kind, markers, domain, scale, Double.NEGATIVE_INFINITY, domain == NumberDomain.BINARY);
    }

    /** As the next, without common values. */
    public NumberSlot(
            String column,
            int field,
            FieldKind kind,
            Markers markers,
            NumberDomain domain,
            NumberScale scale,
            double least,
            boolean truths) {
        this(column, field, kind, markers, domain, scale, CommonValues.NONE, least, truths);
    }

    /**
     * @param common values that have probabilities, and so no Jacobian
     * @param least of the numbers that the domain holds, the one that stands for all finite ones below it
     * @param truths whether the texts true and false are numbers
     */
    public NumberSlot(
            String column,
            int field,
            FieldKind kind,
            Markers markers,
            NumberDomain domain,
            NumberScale scale,
            CommonValues common,
            double least,
            boolean truths) {
        this.column = column;
        this.field = field;
        this.text = kind == FieldKind.TEXT;
        this.truths = truths;
        this.markers = markers;
        this.domain = domain;
        this.scale = scale;
        this.least = least;
        this.usualLogJacobian = scale.usualLogJacobian();
        this.common = common.encoded(scale);
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public float encode(RowFields row) {
        double found = text ? number(row.text(field)) : row.number(field);
        if (Double.isNaN(found) || markers.contains(found)) {
            return Float.NaN;
        }
        double value = Double.isInfinite(found) ? found : Math.max(least, found);
        float encoded = encoded(scale, value);
        if (!Float.isFinite(encoded) || !domain.holds(value) || !domain.holdsEncoded(encoded)) {
            throw refused(value);
        }
        return encoded;
    }

    @Override
    public double logJacobian(float encoded) {
        return CommonValues.place(common, encoded) < 0 ? usualLogJacobian + scale.excessLogJacobian(encoded) : 0;
    }

    @Override
    public boolean hasConstantJacobian() {
        return common.length == 0 && !scale.stretched();
    }

    @Override
    public double usualLogJacobian() {
        return usualLogJacobian;
    }

    // Adding 0 turns -0 into 0: equal rows have equal bytes.
    static float encoded(NumberScale scale, double value) {
        return (float) scale.encode(value) + 0f;
    }

    private double number(@Nullable UTF8String words) {
        double truth =
                truths && words != null ? NumberText.truth(words.toString().strip()) : Double.NaN;
        return Double.isNaN(truth) ? markers.number(words, column, domain.rule()) : truth;
    }

    private ElbowException refused(double value) {
        String rule = domain.holds(value)
                ? "a number that floats can hold once encoded (centre " + scale.decode(0) + ", unit "
                        + scale.unit() * scale.deviation() + ")"
                : domain.rule();
        return InputErrors.badValue("column " + column + " must have " + rule
                + " in every row that has a value, but one value is " + value);
    }
}
