package elbow.vae.prior;

import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;

/** A {@link FactorizedPrior} by rows of latents. */
final class FactorizedDensity implements PriorDensity {
    private final FactorizedPrior prior;
    private final int size;
    private final int[] bits;

    FactorizedDensity(FactorizedPrior prior, int latentSize) {
        this.prior = prior;
        size = latentSize;
        bits = new int[latentSize + KeyedNoise.WORDS - 1];
    }

    @Override
    public void logDensities(int rows, double[] latents, double[] logDensities) {
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                sum += prior.twiceNegativeLogDensity(latents[i]) + LogDensities.LOG_2_PI;
            }
            logDensities[row] = -0.5 * sum;
        }
    }

    @Override
    public void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
        for (int row = 0; row < rows; row++) {
            for (int i = row * size; i < (row + 1) * size; i++) {
                latentGradients[i] = weights[row] * prior.negativeLogDensitySlope(latents[i]);
            }
        }
    }

    @Override
    public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        for (int row = 0; row < rows; row++) {
            KeyedNoise.bits(noiseKey, firstRow + row, 0, size, bits);
            for (int i = 0; i < size; i++) {
                latents[row * size + i] = (float) prior.quantile(KeyedNoise.uniform(bits[i]));
            }
        }
    }
}
