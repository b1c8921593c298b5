package elbow.vae.latent;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * A layer of latents at work: takes what the encoder says of the posterior, draws latents, and gives what posterior and
 * prior say of them, and the gradients. Which rows those are, and how many, is decided by {@link #read}.
 */
public interface LatentLayer extends AutoCloseable {
    /**
     * Takes the flattened parameters and gradients to work on from now on; both as long as the layout.
     *
     * @param gradients null if there will be no gradients; backward overwrites those of the posterior's own parameters
     */
    default void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        // For posteriors with parameters of their own.
    }

    /** Takes the encoder's output for that many rows, and the values that the posterior's own parameters have now. */
    void read(int rows, FloatMemory encoderOutput);

    /** Draws this layer's number of samples for each row, the first one being number {@code firstSample} of its row. */
    void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample);

    /** Sets the latents to the posterior's means; of a Gaussian under a flow, to what the flow makes of the means. */
    void useMeans();

    /**
     * Copies means, as {@link #useMeans} has them, and logarithms of the variances of a row, from {@code at} on; of a
     * Gaussian under a flow the variances before the flow.
     */
    void copy(int row, float[] toMeans, float[] toLogVariances, int at);

    /** Whether {@link #kl} is a closed form, which needs no samples. */
    boolean hasClosedKl();

    /** Whether the KL divergence is a sum over latents, if perhaps one that is known by draws of others alone. */
    default boolean hasKlByLatent() {
        return hasClosedKl();
    }

    /**
     * KL(q(z|x) || p(z)) of a row, in nats: in closed form, or else the mean of -{@link #logRatio} over the samples
     * that were drawn last, which may be below 0.
     *
     * @param freeBits what each latent's share counts at least; 0 without a closed form
     */
    double kl(int row, double freeBits);

    /**
     * Adds the KL divergence of a row latent by latent, in nats, to {@code sums} from {@code at} on, as
     * {@link #hasKlByLatent} allows.
     */
    default void addKlByLatent(int row, double[] sums, int at) {
        throw new IllegalStateException("the KL divergence is known by samples, not by latent");
    }

    /** log p(z) - log q(z|x) of row {@code at = sample * rows + row} of the latents. */
    double logRatio(int at, int row);

    /**
     * Writes the loss gradient over {@code encoderOutput}, for the loss scale x (klWeight x KL with free bits) plus
     * what has reached the latents, and passes on to the prior what it has part in.
     *
     * @param latentGradient loss gradient with respect to the latents
     * @param klWeight any number; below 0 with no free bits alone
     */
    void backwardElbo(
            FloatMemory latentGradient, double klWeight, double freeBits, double scale, FloatMemory encoderOutput);

    /**
     * As {@link #backwardElbo} without free bits, with a weight for the KL divergence of each latent, as
     * {@link #hasKlByLatent} allows.
     *
     * @param klWeights of each latent, any numbers
     */
    default void backwardElboByLatent(
            FloatMemory latentGradient, double[] klWeights, double scale, FloatMemory encoderOutput) {
        throw new IllegalStateException("the KL divergence is known by samples, not by latent");
    }

    /**
     * As {@link #backwardElbo} for the importance-weighted bound, doubly reparameterised (Tucker et al. ICLR 2019).
     * With normalized weights w_k of a row and log w_k = log p(x|z_k) + c (log p(z_k) - log q(z_k|x)), the gradient is
     * the sum over k of w_k (1 - c (1 - w_k)) dlog w_k/dz dz/dphi; c = 1 gives the published w_k^2. The prior's own
     * parameters have the plain gradient, the sum over k of w_k c dlog p(z_k)/dtheta. Posteriors with flows have the
     * plain gradient throughout, for the reasons that {@link FlowPosterior} gives.
     *
     * @param latentGradient loss gradient of the reconstruction alone, already multiplied by -scale w_k
     * @param normalizedWeights w_k by row of the latents
     */
    void backwardImportanceWeighted(
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput);

    /**
     * Writes the loss gradient over {@code encoderOutput}, for the sum over draws of a weight x (log q(z|x) - log p(z))
     * plus what has reached the latents: the plain derivative at fixed noise, weights held. Passes on to the prior what
     * it has part in.
     *
     * @param weights by row of the latents
     */
    void backwardSampled(FloatMemory latentGradient, double[] weights, FloatMemory encoderOutput);

    @Override
    default void close() {
        // For posteriors with memory off the heap.
    }
}
