package elbow.data;

import elbow.base.Check;
import elbow.vae.Bernoulli;
import elbow.vae.InputTransform;
import elbow.vae.Likelihood;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * A truth value, or a number that is 0 or 1; encoded as it is.
 *
 * @param column name
 * @param mean share of ones among the training rows, in [0, 1]
 */
public record BinaryFeature(String column, double mean) implements Feature {
    public BinaryFeature {
        Check.argument(mean >= 0 && mean <= 1, "mean", "lie in [0, 1]", mean);
    }

    @Override
    public String type() {
        return "binary";
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return new Bernoulli();
    }

    @Override
    public double logJacobian() {
        return 0;
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = (float) mean;
    }

    @Override
    public void decode(float[] encoded, double[] values, int offset) {
        values[offset] = encoded[offset];
    }

    @Override
    public String expectedType() {
        return "a number or a truth value";
    }

    @Override
    public boolean accepts(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }
}
