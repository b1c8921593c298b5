package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.NumberCell;
import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.NumberSlot;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LogNormal;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A number above 0 with a log-normal likelihood: encoded = value / exp(logMean). A row to be scored may have numbers
 * that training has not shown to be possible: all below a thousandth of the smallest one of training, and 0 and
 * negative ones among them, are encoded as that thousandth.
 *
 * @param column name
 * @param logMean mean of the logarithm over the training rows
 * @param logDeviation standard deviation of the logarithm over the training rows, above 0
 * @param minimum of the training rows, above 0
 * @param maximum of the training rows
 * @param hasGaps whether training rows had no value
 */
public record PositiveFeature(
        String column, double logMean, double logDeviation, double minimum, double maximum, boolean hasGaps)
        implements NumberFeature {
    /** Of the smallest number of training: nearly 7 nats of the logarithm below it. */
    public static final double LEAST_SHARE = 1e-3;

    public PositiveFeature {
        Check.argument(Double.isFinite(logMean), "logMean", "be finite", logMean);
        Check.positive("logDeviation", logDeviation);
        Check.positive("minimum", minimum);
        Check.argument(maximum >= minimum && Double.isFinite(maximum), "maximum", "be at least the minimum", maximum);
    }

    @Override
    public FeatureType type() {
        return FeatureType.POSITIVE;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return new LogNormal(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0));
    }

    @Override
    public InputScale inputScale() {
        return new InputScale(List.of(0.0), List.of(1 / logDeviation));
    }

    @Override
    public double logJacobian() {
        return scale().usualLogJacobian();
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = 0;
    }

    @Override
    public Object decode(float[] encoded, int offset) {
        return scale().decode(encoded[offset]);
    }

    @Override
    public TrainingRange trainingRange() {
        return TrainingRange.numbers(scale().encode(minimum), scale().encode(maximum));
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(new NumberSlot(
                column, field, kind, markers, NumberDomain.POSITIVE, scale(), LEAST_SHARE * minimum, false));
    }

    private NumberScale scale() {
        return NumberScale.unit(Math.exp(logMean));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return new NumberCell(scale(), in.numberWriter(type)).knowing(minimum, maximum);
    }
}
