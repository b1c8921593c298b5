package elbow.vae.latent;

/**
 * The distribution p(z) of the latents. All quantities are those of one latent: a prior so far is a product over them
 * whose KL divergence from a diagonal Gaussian has a closed form.
 *
 * <p>A new prior is one such record, its line in {@link LatentReaders}, and its test.
 */
public sealed interface Prior permits StandardNormal {
    /** The name in JSON. */
    String type();

    /** -2 log p(z) - log 2 pi: what is compared with the posterior's, which has the same constant. */
    double twiceNegativeLogDensity(double z);

    /** Derivative of -log p(z) with respect to z. */
    double negativeLogDensitySlope(double z);

    /** KL divergence from the prior of a Gaussian with that mean and logarithm of the variance, in nats. */
    double kl(double mean, double logVariance);

    /** Derivative of {@link #kl} with respect to the mean. */
    double klMeanSlope(double mean);

    /** Twice the derivative of {@link #kl} with respect to the logarithm of the variance. */
    double twiceKlLogVarianceSlope(double deviation);

    /**
     * A draw.
     *
     * @param bits uniform words, as {@link elbow.math.noise.KeyedNoise#bits} gives them for {@code size} values
     * @param latents overwritten, {@code size} of them
     */
    void draw(int[] bits, int size, float[] latents);
}
