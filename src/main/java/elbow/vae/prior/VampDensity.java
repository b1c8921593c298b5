package elbow.vae.latent;

import elbow.math.FloatMemory;
import java.util.Arrays;

/** A {@link VampPrior} by rows of latents. */
final class VampDensity implements EncodedDensity {
    private final Mixture mixture;
    private final float[] encoded;
    private final double logWeight;
    private final double[] responsibilitySums;

    VampDensity(Mixture mixture) {
        this.mixture = mixture;
        encoded = new float[Math.multiplyExact(mixture.components, 2 * mixture.size)];
        logWeight = -Math.log(mixture.components);
        responsibilitySums = new double[mixture.components];
    }

    @Override
    public void read(int first, int count, FloatMemory encoderOutput) {
        int size = mixture.size;
        encoderOutput.get(0, encoded, count * 2 * size);
        for (int i = 0; i < count; i++) {
            int at = 2 * i * size;
            mixture.set(first + i, logWeight, encoded, at, encoded, at + size);
        }
    }

    @Override
    public void begin() {
        mixture.clearGradients();
        Arrays.fill(responsibilitySums, 0);
    }

    @Override
    public void logDensities(int rows, double[] latents, double[] logDensities) {
        for (int row = 0; row < rows; row++) {
            logDensities[row] = mixture.logDensity(latents, row * mixture.size);
        }
    }

    @Override
    public void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
        for (int row = 0; row < rows; row++) {
            mixture.backward(latents, row * mixture.size, weights[row], latentGradients, responsibilitySums);
        }
    }

    @Override
    public void writeGradients(FloatMemory encoderOutput) {
        int size = mixture.size;
        for (int k = 0; k < mixture.components; k++) {
            int at = 2 * k * size;
            mixture.gradients(k, encoded, at, encoded, at + size);
        }
        encoderOutput.put(0, encoded, encoded.length);
    }

    @Override
    public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        mixture.draw(noiseKey, firstRow, rows, latents);
    }
}
