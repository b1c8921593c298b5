package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.math.LogSumExp;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A {@link GaussianMixture} by rows of latents. */
final class GaussianMixtureDensity implements PriorDensity {
    private final Mixture mixture;
    private final ParameterBlock meanBlock;
    private final ParameterBlock logVarianceBlock;
    private final ParameterBlock logitBlock;
    private final float[] means;
    private final float[] logVariances;
    private final float[] logits;
    private final double[] logWeights;
    private final double[] responsibilitySums;
    private double weightSum;
    private @Nullable FloatMemory parameters;
    private @Nullable FloatMemory gradients;

    GaussianMixtureDensity(String name, Mixture mixture, ParameterLayout layout) {
        this.mixture = mixture;
        meanBlock = layout.block(GaussianMixture.means(name));
        logVarianceBlock = layout.block(GaussianMixture.logVariances(name));
        logitBlock = layout.block(GaussianMixture.logits(name));
        means = new float[meanBlock.length()];
        logVariances = new float[meanBlock.length()];
        logits = new float[mixture.components];
        logWeights = new double[mixture.components];
        responsibilitySums = new double[mixture.components];
    }

    @Override
    public void bind(FloatMemory newParameters, @Nullable FloatMemory newGradients) {
        parameters = newParameters;
        gradients = newGradients;
    }

    @Override
    public void begin() {
        FloatMemory values = bound(parameters);
        values.get(meanBlock.offset(), means, means.length);
        values.get(logVarianceBlock.offset(), logVariances, logVariances.length);
        values.get(logitBlock.offset(), logits, logits.length);
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = logits[k];
        }
        double total = LogSumExp.of(logWeights, 0, 1, logWeights.length);
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] -= total;
            int at = k * mixture.size;
            mixture.set(k, logWeights[k], means, at, logVariances, at);
        }
        mixture.clearGradients();
        Arrays.fill(responsibilitySums, 0);
        weightSum = 0;
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
            weightSum += weights[row];
        }
    }

    @Override
    public void writeGradients() {
        for (int k = 0; k < mixture.components; k++) {
            int at = k * mixture.size;
            mixture.gradients(k, means, at, logVariances, at);
            // Of softmax: what the rows' responsibilities are short of the weight.
            logits[k] = (float) (Math.exp(logWeights[k]) * weightSum - responsibilitySums[k]);
        }
        FloatMemory target = bound(gradients);
        target.put(meanBlock.offset(), means, means.length);
        target.put(logVarianceBlock.offset(), logVariances, logVariances.length);
        target.put(logitBlock.offset(), logits, logits.length);
    }

    @Override
    public void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        mixture.draw(noiseKey, firstRow, rows, latents);
    }

    private static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("bind must come first");
        }
        return memory;
    }
}
