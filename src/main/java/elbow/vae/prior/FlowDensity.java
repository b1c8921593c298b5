package elbow.vae.prior;

import elbow.math.FloatMemory;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;
import elbow.vae.flow.AffineCoupling;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FlowPrior} by rows of latents: log p(z) is the standard normal's log-density of what the couplings make of
 * z, plus their log-determinants; a draw goes the other way.
 */
final class FlowDensity implements PriorDensity {
    private final AffineCoupling[] steps;
    private final int size;
    private final double[] base;
    private final double[] logDeterminants;
    private final double[] negativeWeights;
    private final int[] bits;
    private final float[] normal;

    /** @param steps in the order from the latents to the standard normal */
    FlowDensity(AffineCoupling[] steps, int latentSize, int maximumRows) {
        this.steps = steps.clone();
        size = latentSize;
        base = new double[Math.multiplyExact(maximumRows, latentSize)];
        logDeterminants = new double[maximumRows];
        negativeWeights = new double[maximumRows];
        bits = new int[latentSize + KeyedNoise.WORDS - 1];
        normal = new float[latentSize];
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        for (AffineCoupling step : steps) {
            step.bind(parameters, gradients);
        }
    }

    @Override
    public void begin() {
        for (AffineCoupling step : steps) {
            step.begin();
        }
    }

    @Override
    public void logDensities(int rows, double[] latents, double[] logDensities) {
        toBase(rows, latents);
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                sum += base[i] * base[i] + LogDensities.LOG_2_PI;
            }
            logDensities[row] = logDeterminants[row] - 0.5 * sum;
        }
    }

    private void toBase(int rows, double[] latents) {
        System.arraycopy(latents, 0, base, 0, rows * size);
        Arrays.fill(logDeterminants, 0, rows, 0);
        for (AffineCoupling step : steps) {
            step.forward(rows, base, logDeterminants);
        }
    }

    @Override
    public void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
        toBase(rows, latents);
        for (int row = 0; row < rows; row++) {
            negativeWeights[row] = -weights[row];
            for (int i = row * size; i < (row + 1) * size; i++) {
                latentGradients[i] = weights[row] * base[i];
            }
        }
        for (int i = steps.length - 1; i >= 0; i--) {
            steps[i].backward(rows, latentGradients, negativeWeights);
        }
    }

    @Override
    public void writeGradients() {
        for (AffineCoupling step : steps) {
            step.writeGradients();
        }
    }

    @Override
    public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        for (int row = 0; row < rows; row++) {
            KeyedNoise.bits(noiseKey, firstRow + row, 0, size, bits);
            KeyedNoise.normal(bits, size, normal);
            for (int i = 0; i < size; i++) {
                base[row * size + i] = normal[i];
            }
        }
        for (int i = steps.length - 1; i >= 0; i--) {
            steps[i].inverse(rows, base);
        }
        for (int i = 0; i < rows * size; i++) {
            latents[i] = (float) base[i];
        }
    }

    @Override
    public void close() {
        for (AffineCoupling step : steps) {
            step.close();
        }
    }
}
