package elbow.vae.likelihood;

import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;

/**
 * The density exp(l x) l / (exp(l) - 1) on [0, 1] with the decoder's output l, the logit: what the Bernoulli formula
 * lacks to be a density of values between 0 and 1. See: G. Loaiza-Ganem, J. P. Cunningham. The continuous Bernoulli.
 * NeurIPS 2019.
 */
public record ContinuousBernoulli() implements UnitIntervalLikelihood {
    static final String NAME = "continuousBernoulli";

    /** Logits nearer to 0 are treated by series: the closed forms cancel there. */
    public static final double SMALL = 0.01;

    /** Means nearer to 0 or 1 start as this; the mean of logit 1000 is 0.999. */
    private static final double MEAN_MARGIN = 1e-3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        for (int i = 0; i < means.length; i++) {
            outputs[0][i] = (float) logitForMean(Math.min(1 - MEAN_MARGIN, Math.max(MEAN_MARGIN, means[i])));
        }
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        double[] negative = tile.wide1;
        double[] exponentials = tile.wide2;
        negativeMagnitudes(tile.outputs[0], negative, tile.count);
        DoubleLoops.exp(negative, exponentials, tile.count);
        for (int i = 0; i < tile.count; i++) {
            double logit = tile.outputs[0][i];
            double magnitude = Math.abs(logit);
            tile.logDensities[i] = magnitude < SMALL
                    ? LogDensities.continuousBernoulli(tile.values[i], logit)
                    : tile.values[i] * logit - Math.max(logit, 0) + Math.log(magnitude / (1 - exponentials[i]));
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        mean(tile);
        for (int i = 0; i < tile.count; i++) {
            tile.outputGradients[0][i] = tile.values[i] - tile.expected[i];
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        double[] negative = tile.wide1;
        double[] exponentials = tile.wide2;
        double[] means = tile.wide3;
        negativeMagnitudes(tile.outputs[0], negative, tile.count);
        DoubleLoops.exp(negative, exponentials, tile.count);
        DoubleLoops.widen(tile.outputs[0], tile.logDensities, tile.count);
        means(tile.logDensities, negative, exponentials, means, tile.count);
        DoubleLoops.narrow(means, tile.expected, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        for (int i = 0; i < tile.count; i++) {
            tile.expected[i] = (float) quantile(KeyedNoise.uniform(bits[i]), tile.outputs[0][i]);
        }
    }

    private static void negativeMagnitudes(float[] logits, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = -Math.max(Math.abs((double) logits[i]), SMALL);
        }
    }

    // 1 / (1 - exp(-m)) - 1 / m - 1/2 with m = |l|, turned round for negative l; odd and nearly linear for small l.
    private static void means(double[] logits, double[] negative, double[] exponentials, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = 0.5
                    - (1 / (1 - exponentials[i]) + 1 / negative[i] - 0.5) * Math.max(-1e30, logits[i]) / negative[i];
        }
    }

    // The inverse distribution function: log(1 + u (exp(l) - 1)) / l, by exp(-|l|) so that it does not overflow.
    private static double quantile(double uniform, double logit) {
        if (Math.abs(logit) < 1e-6) {
            return uniform;
        }
        double magnitude = Math.abs(logit);
        double u = logit > 0 ? 1 - uniform : uniform;
        double distance = -Math.log1p(u * Math.expm1(-magnitude)) / magnitude;
        return logit > 0 ? 1 - distance : distance;
    }

    private static double logitForMean(double mean) {
        double low = -1e4;
        double high = 1e4;
        while (high - low > 1e-6) {
            double middle = 0.5 * (low + high);
            if (LogDensities.continuousBernoulliMean(middle) < mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
