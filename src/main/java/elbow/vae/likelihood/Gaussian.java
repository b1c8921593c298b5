package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NormalQuantile;
import java.util.Arrays;
import java.util.List;

/**
 * log p(x) = -((x - m)^2 / v + log(2 pi v)) / 2 with the decoder's first output m and the variance v = value, or floor
 * + exp(r) with r learned (limited to [-40, 40]), or the optimal one.
 *
 * <p>The optimal variance is the likeliest for rows and their outputs, the mean squared error, but at least the floor:
 * max(floor, mean of (x - m)^2). In training that is the minibatch's, so that decoder and encoder have the gradient of
 * log p at it; since log p has its maximum there, the gradient through the variance itself is 0. Scores need a variance
 * that does not depend on the rows beside: a free parameter r with v = max(floor, exp(r)), which no gradient moves, and
 * which is measured on training rows ({@link elbow.vae.OptimalVariances}). See: Rybkin, Daniilidis, Levine. Simple and
 * effective VAE training with calibrated decoders. ICML 2021 (arXiv 2006.13202), section 3.2.
 *
 * @param variance where the variance comes from
 * @param value the variance if FIXED, finite and above 0; 0 otherwise
 * @param floor what a learned or optimal variance never falls below, at least 0: against densities that grow without
 *     bound; above 0 if optimal; 0 if FIXED
 */
public record Gaussian(Variance variance, double value, double floor) implements Likelihood {
    static final String NAME = "gaussian";

    /** The double nearest to log(2 pi), of which {@link LogDensities#LOG_2_PI} is the neighbour: scores go by it. */
    private static final double LOG_2_PI = 1.8378770664093456;

    // Prepared planes: v, log v for densities.
    private static final int VARIANCE = 0;
    private static final int LOG_VARIANCE = 1;
    private static final int PREPARED = 2;

    // Prepared planes of floats: 1 / v, exp(r) / v for gradients.
    private static final int PRECISION = 0;
    private static final int LEARNED_SHARE = 1;

    /** Where the variance comes from. */
    public enum Variance {
        /** A given number. */
        FIXED,
        /** Learned, one for all columns of the group. */
        SHARED,
        /** Learned, one for each column. */
        PER_COLUMN,
        /** A second output of the decoder for each column. */
        HETEROSCEDASTIC,
        /** The likeliest one for all columns of the group. */
        OPTIMAL_SHARED,
        /** The likeliest one for each column. */
        OPTIMAL_PER_COLUMN;

        /** Whether it is the likeliest one, in training that of the minibatch. */
        public boolean isOptimal() {
            return this == OPTIMAL_SHARED || this == OPTIMAL_PER_COLUMN;
        }
    }

    public Gaussian {
        if (variance == Variance.FIXED) {
            Check.positive("value", value);
            Check.argument(floor == 0, "floor", "be 0 with a fixed variance", floor);
        } else {
            Check.argument(value == 0, "value", "be 0 with a learned variance", value);
            Check.notNegative("floor", floor);
            Check.argument(floor > 0 || !variance.isOptimal(), "floor", "be above 0 with an optimal variance", floor);
        }
    }

    /** A given variance. */
    public static Gaussian fixed(double value) {
        return new Gaussian(Variance.FIXED, value, 0);
    }

    /** A learned or optimal variance of at least {@code floor}. */
    public static Gaussian learned(Variance variance, double floor) {
        return new Gaussian(variance, 0, floor);
    }

    static Gaussian fromJson(JsonReader reader) {
        return new Gaussian(
                reader.constant("variance", Variance.class), reader.number("value"), reader.number("floor"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int outputPlanes() {
        return variance == Variance.HETEROSCEDASTIC ? 2 : 1;
    }

    @Override
    public List<Sharing> freeParameters() {
        return switch (variance) {
            case FIXED, HETEROSCEDASTIC -> List.of();
            case SHARED, OPTIMAL_SHARED -> List.of(Sharing.GROUP);
            case PER_COLUMN, OPTIMAL_PER_COLUMN -> List.of(Sharing.COLUMN);
        };
    }

    @Override
    public boolean hasOptimalVariance() {
        return variance.isOptimal();
    }

    @Override
    public void squaredErrors(LikelihoodTile tile) {
        for (int i = 0; i < tile.count; i++) {
            double residual = (double) tile.values[i] - tile.outputs[0][i];
            tile.wide1[i] = residual * residual;
        }
    }

    @Override
    public float optimalParameter(double meanSquaredError) {
        return (float) Math.log(Math.max(floor, meanSquaredError));
    }

    @Override
    public float minimum() {
        return -Float.MAX_VALUE;
    }

    @Override
    public float maximum() {
        return Float.MAX_VALUE;
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    @Override
    public Likelihood withLearnedVariance(Variance kind, double least) {
        return learned(kind, least);
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        System.arraycopy(means, 0, outputs[0], 0, means.length);
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put("variance", JsonReader.camelCase(variance)).put("value", value).put("floor", floor);
    }

    @Override
    public int preparedPlanes() {
        return variance == Variance.HETEROSCEDASTIC ? 0 : PREPARED;
    }

    @Override
    public int preparedFloatPlanes() {
        return variance == Variance.HETEROSCEDASTIC ? 0 : PREPARED;
    }

    // A variance that is the same in every row is worked out once for all of them.
    @Override
    public void prepare(LikelihoodTile tile) {
        if (variance == Variance.HETEROSCEDASTIC) {
            return;
        }
        int count = tile.variables;
        double[] variances = tile.prepared[VARIANCE];
        if (variance == Variance.FIXED) {
            Arrays.fill(variances, 0, count, value);
            DoubleLoops.invert(variances, tile.wide2, count);
        } else if (variance.isOptimal()) {
            for (int i = 0; i < count; i++) {
                variances[i] = Math.max(floor, Math.exp(tile.parameters[0][i]));
            }
            DoubleLoops.invert(variances, tile.wide2, count);
        } else {
            variances(tile.parameters[0], tile.wide1, variances, count);
            DoubleLoops.invert(variances, tile.wide2, count);
            DoubleLoops.multiply(tile.wide1, tile.wide2, tile.wide3, count);
            DoubleLoops.narrow(tile.wide3, tile.preparedFloats[LEARNED_SHARE], count);
        }
        DoubleLoops.narrow(tile.wide2, tile.preparedFloats[PRECISION], count);
        for (int i = 0; i < count; i++) {
            tile.prepared[LOG_VARIANCE][i] = Math.log(variances[i]);
        }
        tile.repeatPrepared();
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        boolean own = variance == Variance.HETEROSCEDASTIC;
        double[] variances = variances(tile);
        double[] logDensities = tile.logDensities;
        for (int i = 0; i < tile.count; i++) {
            double residual = (double) tile.values[i] - tile.outputs[0][i];
            double logVariance = own ? Math.log(variances[i]) : tile.prepared[LOG_VARIANCE][i];
            logDensities[i] = -0.5 * (residual * residual / variances[i] + LOG_2_PI + logVariance);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        int count = tile.count;
        boolean own = variance == Variance.HETEROSCEDASTIC;
        float[] precisions = own ? tile.scratch : tile.preparedFloats[PRECISION];
        float[] learnedShares = own ? tile.expected : tile.preparedFloats[LEARNED_SHARE];
        if (own) {
            // Division in loops of doubles alone: those that also narrow are not vectorized.
            double[] learnedPart = tile.wide1;
            double[] variances = tile.wide2;
            double[] inverses = tile.wide3;
            variances(tile.outputs[1], learnedPart, variances, count);
            DoubleLoops.invert(variances, inverses, count);
            DoubleLoops.narrow(inverses, precisions, count);
            DoubleLoops.multiply(learnedPart, inverses, variances, count);
            DoubleLoops.narrow(variances, learnedShares, count);
        }
        meanGradient(tile.values, tile.outputs[0], precisions, tile.outputGradients[0], count);
        if (variance != Variance.FIXED && !variance.isOptimal()) {
            float[] gradient = own ? tile.outputGradients[1] : tile.parameterGradients[0];
            varianceGradient(tile.values, tile.outputs[0], precisions, learnedShares, gradient, count);
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        System.arraycopy(tile.outputs[0], 0, tile.expected, 0, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        double[] variances = variances(tile);
        for (int i = 0; i < tile.count; i++) {
            double noise = NormalQuantile.of(KeyedNoise.uniform(bits[i]));
            tile.expected[i] = (float) (tile.outputs[0][i] + Math.sqrt(variances[i]) * noise);
        }
    }

    /** The variance of each element; overwrites {@code wide1} and {@code wide2}. */
    double[] variances(LikelihoodTile tile) {
        if (variance != Variance.HETEROSCEDASTIC) {
            return tile.prepared[VARIANCE];
        }
        variances(tile.outputs[1], tile.wide1, tile.wide2, tile.count);
        return tile.wide2;
    }

    private void variances(float[] learned, double[] learnedPart, double[] variances, int count) {
        DoubleLoops.widen(learned, variances, count);
        DoubleLoops.exp(variances, learnedPart, count);
        for (int i = 0; i < count; i++) {
            variances[i] = floor + learnedPart[i];
        }
    }

    private static void meanGradient(float[] values, float[] means, float[] precisions, float[] gradient, int count) {
        for (int i = 0; i < count; i++) {
            gradient[i] = (values[i] - means[i]) * precisions[i];
        }
    }

    // d/dr = (residual^2 / v - 1) / 2 * exp(r) / v.
    private static void varianceGradient(
            float[] values, float[] means, float[] precisions, float[] shares, float[] gradient, int count) {
        for (int i = 0; i < count; i++) {
            float residual = values[i] - means[i];
            gradient[i] = 0.5f * (residual * residual * precisions[i] - 1f) * shares[i];
        }
    }
}
