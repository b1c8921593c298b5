package elbow.vae.prior;

import elbow.vae.layer.LayerContext;

/**
 * A prior that is the same for each latent, independent of the others and without parameters, and whose KL divergence
 * from a Gaussian has a closed form. All quantities are those of one latent.
 */
public interface FactorizedPrior extends Prior {
    /** -2 log p(z) - log 2 pi: what is compared with the posterior's, which has the same constant. */
    double twiceNegativeLogDensity(double z);

    /** Derivative of -log p(z) with respect to z. */
    double negativeLogDensitySlope(double z);

    /** KL divergence from the prior of a Gaussian with that mean and logarithm of the variance, in nats. */
    double kl(double mean, double logVariance);

    /** Derivative of {@link #kl} with respect to the mean. */
    double klMeanSlope(double mean, double deviation);

    /** Twice the derivative of {@link #kl} with respect to the logarithm of the variance. */
    double twiceKlLogVarianceSlope(double mean, double deviation);

    /** The value that a latent stays below with the given probability. */
    double quantile(double probability);

    @Override
    default boolean hasClosedKl() {
        return true;
    }

    @Override
    default PriorDensity create(String name, int latentSize, int conditions, LayerContext context) {
        return new FactorizedDensity(this, latentSize);
    }
}
