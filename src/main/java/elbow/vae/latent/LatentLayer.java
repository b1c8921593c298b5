package elbow.vae.latent;

import elbow.math.FloatMemory;

/**
 * A layer of latents at work: takes what the encoder says of the posterior, draws latents, and gives what posterior and
 * prior say of them, and the gradients. Which rows those are is decided by {@link #read}.
 */
public interface LatentLayer {
    /** Takes the encoder's output for that many rows. */
    void read(int rows, FloatMemory encoderOutput);

    /** Draws this layer's number of samples for each row, the first one being number {@code firstSample} of its row. */
    void sample(int rows, long[] rowKeys, int firstRow, long noiseKey, int firstSample);

    /** Sets the latents to the posterior's means. */
    void useMeans(int rows);

    /** Copies means and logarithms of the variances of a row, from {@code at} on. */
    void copy(int row, float[] toMeans, float[] toLogVariances, int at);

    /**
     * KL(q(z|x) || p(z)) of a row in closed form, in nats.
     *
     * @param freeBits what each latent's share counts at least
     */
    double kl(int row, double freeBits);

    /** log p(z) - log q(z|x) of row {@code at = sample * rows + row} of the latents. */
    double logRatio(int at, int row);

    /**
     * Writes the loss gradient over {@code encoderOutput}, for the loss scale x (klWeight x KL with free bits) plus
     * what has reached the latents.
     *
     * @param latentGradient loss gradient with respect to the latents
     */
    void backwardElbo(
            int rows,
            FloatMemory latentGradient,
            double klWeight,
            double freeBits,
            double scale,
            FloatMemory encoderOutput);

    /**
     * As {@link #backwardElbo} for the importance-weighted bound, doubly reparameterised (Tucker et al. ICLR 2019).
     * With normalized weights w_k of a row and log w_k = log p(x|z_k) + c (log p(z_k) - log q(z_k|x)), the gradient is
     * the sum over k of w_k (1 - c (1 - w_k)) dlog w_k/dz dz/dphi; c = 1 gives the published w_k^2.
     *
     * @param latentGradient loss gradient of the reconstruction alone, already multiplied by -scale w_k
     * @param normalizedWeights w_k by row of the latents
     */
    void backwardImportanceWeighted(
            int rows,
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput);
}
