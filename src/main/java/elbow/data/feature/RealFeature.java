package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.CommonValues;
import elbow.data.encoding.NumberCell;
import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.NumberSlot;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A number, standardised, long tails drawn in before: see {@link NumberScale}.
 *
 * @param column name
 * @param scale how it is encoded; if there are common values, that of the others
 * @param common values that have probabilities of their own: some with {@link NumberLikelihood#POINT_MASSES} and none
 *     with others
 * @param minimum of the training rows
 * @param maximum of the training rows
 * @param numberLikelihood its likelihood, one for type REAL
 * @param hasGaps whether training rows had no value
 */
public record RealFeature(
        String column,
        NumberScale scale,
        CommonValues common,
        double minimum,
        double maximum,
        NumberLikelihood numberLikelihood,
        boolean hasGaps)
        implements NumberFeature {
    private static final int SHOWN_VALUES = 5;

    public RealFeature {
        Check.argument(Double.isFinite(minimum), "minimum", "be finite", minimum);
        Check.argument(
                numberLikelihood.type() == FeatureType.REAL,
                "numberLikelihood",
                "be one of real numbers",
                numberLikelihood);
        Check.argument(maximum >= minimum && Double.isFinite(maximum), "maximum", "be at least the minimum", maximum);
        Check.argument(
                common.isNone() == (numberLikelihood != NumberLikelihood.POINT_MASSES),
                "common values",
                "be there with a likelihood of point masses alone",
                common.values());
    }

    /** One without common values. */
    public RealFeature(
            String column,
            NumberScale scale,
            double minimum,
            double maximum,
            NumberLikelihood numberLikelihood,
            boolean hasGaps) {
        this(column, scale, CommonValues.NONE, minimum, maximum, numberLikelihood, hasGaps);
    }

    /**
     * A number that is there in every row: encoded = (value - mean) / standardDeviation, with a Gaussian likelihood.
     *
     * @param mean of the training rows
     * @param standardDeviation of the training rows, with divisor n; finite and above 0
     */
    public RealFeature(String column, double mean, double standardDeviation, double minimum, double maximum) {
        this(
                column,
                NumberScale.standard(mean, Check.positive("standardDeviation", standardDeviation)),
                minimum,
                maximum,
                NumberLikelihood.GAUSSIAN,
                false);
    }

    /** The values that have probabilities of their own, in the column's unit. */
    public List<Double> commonValues() {
        return common.values();
    }

    /** The most common ones of these with the share of the rows that have each, in words; empty if there are none. */
    public String commonWords() {
        return common.words(SHOWN_VALUES);
    }

    /** The number that is encoded as 0: the mean of the training rows, or what stands for it between long tails. */
    public double mean() {
        return scale.decode(0);
    }

    /** One encoded unit in the column's own, at the centre: the standard deviation, but for long tails. */
    public double standardDeviation() {
        return scale.unit() * scale.deviation();
    }

    @Override
    public FeatureType type() {
        return FeatureType.REAL;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return numberLikelihood.likelihood(points(), common.shares());
    }

    private List<Double> points() {
        List<Double> points = new ArrayList<>();
        for (float point : common.encoded(scale)) {
            points.add((double) point);
        }
        return points;
    }

    /** All values together are standardised, as common ones may lie far from the others. */
    @Override
    public InputScale inputScale() {
        if (common.isNone()) {
            return InputScale.NONE;
        }
        // The others have mean 0 and variance 1.
        double mean = 0;
        double square = 1;
        for (int i = 0; i < common.shares().size(); i++) {
            double share = common.shares().get(i);
            double point = points().get(i);
            mean += share * point;
            square += share * (point * point - 1);
        }
        return new InputScale(List.of(mean), List.of(1 / Math.sqrt(square - mean * mean)));
    }

    @Override
    public double logJacobian() {
        return scale.usualLogJacobian();
    }

    @Override
    public double logJacobian(float[] encoded, int offset) {
        boolean isCommon = points().contains((double) encoded[offset]);
        return isCommon ? 0 : logJacobian() + scale.excessLogJacobian(encoded[offset]);
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = 0;
    }

    @Override
    public Object decode(float[] encoded, int offset) {
        int place = points().indexOf((double) encoded[offset]);
        return place < 0 ? scale.decode(encoded[offset]) : common.values().get(place);
    }

    @Override
    public TrainingRange trainingRange() {
        return TrainingRange.numbers(scale.encode(minimum), scale.encode(maximum));
    }

    /** Whether the training rows were truth values, perhaps: they were real numbers to the first builds. */
    public boolean mayBeTruth() {
        return minimum == 0 && maximum == 1;
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(new NumberSlot(
                column,
                field,
                kind,
                markers,
                NumberDomain.REAL,
                scale,
                common,
                Double.NEGATIVE_INFINITY,
                mayBeTruth()));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        NumberCell cell = common.isNone()
                ? new NumberCell(scale, in.numberWriter(type))
                : new NumberCell(scale, common, minimum, maximum, in.numberWriter(type));
        return cell.knowing(minimum, maximum);
    }
}
