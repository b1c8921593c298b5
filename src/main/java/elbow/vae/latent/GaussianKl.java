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

    double logRatio(int at, int row);

    /** Sets the gradients to those of {@link LatentLayer#backwardElbo}. */
    void backwardElbo(FloatMemory latentGradient, double klWeight, double freeBits, double scale);

    /** Sets the gradients to those of {@link LatentLayer#backwardImportanceWeighted}. */
    void backwardImportanceWeighted(
            FloatMemory latentGradient, double[] normalizedWeights, double klWeight, double scale);
}
