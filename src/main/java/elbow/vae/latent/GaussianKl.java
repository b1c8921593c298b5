package elbow.vae.latent;

import elbow.math.FloatMemory;

/**
 * What a diagonal Gaussian posterior and a prior are worth against each other, and what that is in the gradient: the
 * part of {@link LatentLayer} that depends on the prior.
 */
interface GaussianKl {
    boolean isClosed();

    /** To be called when latents were drawn. */
    void drawn();

    double kl(int row, double freeBits);

    /** As {@link LatentLayer#addKlByLatent}. */
    default void addKlByLatent(int row, double[] sums, int at) {
        throw new IllegalStateException("the KL divergence is known by samples, not by latent");
    }

    double logRatio(int at, int row);

    /** Sets the gradients to those of {@link LatentLayer#backwardElbo}. */
    void backwardElbo(FloatMemory latentGradient, double klWeight, double freeBits, double scale);

    /** Sets the gradients to those of {@link LatentLayer#backwardElboByLatent}. */
    default void backwardElboByLatent(FloatMemory latentGradient, double[] klWeights, double scale) {
        throw new IllegalStateException("the KL divergence is known by samples, not by latent");
    }

    /** Sets the gradients to those of {@link LatentLayer#backwardImportanceWeighted}. */
    void backwardImportanceWeighted(
            FloatMemory latentGradient, double[] normalizedWeights, double klWeight, double scale);
}
