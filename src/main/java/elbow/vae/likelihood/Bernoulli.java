package elbow.vae.likelihood;

import elbow.math.DoubleLoops;
import elbow.math.VectorLoops;
import elbow.math.noise.KeyedNoise;

/**
 * log p(x) = x l - log(1 + exp(l)) with the decoder's output l, the logit. For x between 0 and 1 this is the binary
 * cross-entropy, which is not a normalized density there.
 */
public record Bernoulli() implements UnitIntervalLikelihood {
    static final String NAME = "bernoulli";

    /** Means nearer to 0 or 1 start as this: a column that was constant so far may still change. */
    private static final float MEAN_MARGIN = 1e-3f;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isDensity() {
        return false;
    }

    @Override
    public boolean takesBinarised() {
        return true;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        for (int i = 0; i < means.length; i++) {
            double inside = Math.min(1 - MEAN_MARGIN, Math.max(MEAN_MARGIN, means[i]));
            outputs[0][i] = (float) StrictMath.log(inside / (1 - inside));
        }
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] logits = tile.wide1;
        double[] softplus = tile.wide2;
        double[] values = tile.wide3;
        double[] logDensities = tile.logDensities;
        int count = tile.count;
        DoubleLoops.widen(tile.outputs[0], logits, count);
        DoubleLoops.softplus(logits, values, softplus, count);
        DoubleLoops.widen(tile.values, values, count);
        for (int i = 0; i < count; i++) {
            logDensities[i] = values[i] * logits[i] - softplus[i];
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        VectorLoops.sigmoid(tile.outputs[0], tile.scratch, tile.count);
        VectorLoops.subtract(tile.values, tile.scratch, tile.outputGradients[0], tile.count);
    }

    @Override
    public void mean(LikelihoodTile tile) {
        VectorLoops.sigmoid(tile.outputs[0], tile.expected, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        VectorLoops.sigmoid(tile.outputs[0], tile.scratch, tile.count);
        for (int i = 0; i < tile.count; i++) {
            tile.expected[i] = KeyedNoise.uniform(bits[i]) < tile.scratch[i] ? 1f : 0f;
        }
    }
}
