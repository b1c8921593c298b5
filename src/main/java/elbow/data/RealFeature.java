package elbow.data;

import elbow.base.Check;
import elbow.vae.Gaussian;
import elbow.vae.InputTransform;
import elbow.vae.Likelihood;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * A number, standardised: encoded = (value - mean) / standardDeviation.
 *
 * @param column name
 * @param mean of the training rows
 * @param standardDeviation of the training rows, with divisor n; finite and above 0
 * @param minimum of the training rows
 * @param maximum of the training rows
 */
public record RealFeature(String column, double mean, double standardDeviation, double minimum, double maximum)
        implements Feature {
    public RealFeature {
        Check.argument(Double.isFinite(mean), "mean", "be finite", mean);
        Check.positive("standardDeviation", standardDeviation);
        Check.argument(Double.isFinite(minimum), "minimum", "be finite", minimum);
        Check.argument(maximum >= minimum && Double.isFinite(maximum), "maximum", "be at least the minimum", maximum);
    }

    @Override
    public String type() {
        return "real";
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0);
    }

    @Override
    public double logJacobian() {
        return -Math.log(standardDeviation);
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = 0;
    }

    @Override
    public void decode(float[] encoded, double[] values, int offset) {
        values[offset] = mean + encoded[offset] * standardDeviation;
    }

    @Override
    public String expectedType() {
        return "a number";
    }

    @Override
    public boolean accepts(DataType type) {
        return type instanceof NumericType;
    }
}
