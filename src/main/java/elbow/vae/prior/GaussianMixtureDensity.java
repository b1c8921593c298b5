package elbow.vae.prior;

import elbow.math.FloatMemory;
import elbow.math.LogSumExp;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import org.jspecify.annotations.Nullable;

/** A {@link GaussianMixture} by rows of latents: its components are parameters. */
final class GaussianMixtureDensity implements MixtureDensity {
    private final Mixture mixture;
    private final ParameterBlock meanBlock;
    private final ParameterBlock logVarianceBlock;
    private final ParameterBlock logitBlock;
    private final float[] means;
    private final float[] logVariances;
    private final float[] logits;
    private final double[] logWeights;
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
    }

    @Override
    public Mixture mixture() {
        return mixture;
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
    }

    @Override
    public void writeGradients() {
        for (int k = 0; k < mixture.components; k++) {
            int at = k * mixture.size;
            mixture.gradients(k, means, at, logVariances, at);
            logits[k] = (float) mixture.logitGradient(k);
        }
        FloatMemory target = bound(gradients);
        target.put(meanBlock.offset(), means, means.length);
        target.put(logVarianceBlock.offset(), logVariances, logVariances.length);
        target.put(logitBlock.offset(), logits, logits.length);
    }

    private static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("bind must come first");
        }
        return memory;
    }
}
