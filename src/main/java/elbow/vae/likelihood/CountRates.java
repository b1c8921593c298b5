package elbow.vae.likelihood;

import elbow.math.DoubleLoops;

/** What the likelihoods of counts have in common: a decoder output that is the logarithm of the mean. */
final class CountRates {
    /** Means below start as this: a count that was 0 so far may still come. */
    private static final double LEAST_MEAN = 1e-3;

    private CountRates() {}

    static float logRateForMean(float mean) {
        return (float) StrictMath.log(Math.max(LEAST_MEAN, mean));
    }

    /** Log-rates beyond +-40 count as +-40, so that nothing overflows: e^40 is beyond every count. */
    static void limit(float[] outputs, double[] logRates, int count) {
        for (int i = 0; i < count; i++) {
            logRates[i] = Math.max(-DoubleLoops.EXP_LIMIT, Math.min(DoubleLoops.EXP_LIMIT, (double) outputs[i]));
        }
    }

    /** Writes the means to {@code expected}. */
    static void means(LikelihoodTile tile) {
        DoubleLoops.widen(tile.outputs[0], tile.wide1, tile.count);
        DoubleLoops.exp(tile.wide1, tile.wide2, tile.count);
        DoubleLoops.narrow(tile.wide2, tile.expected, tile.count);
    }
}
