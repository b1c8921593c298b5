package elbow.vae.prior;

/**
 * A {@link PriorDensity} from which the KL divergence of a Gaussian, independent for each latent, has a closed form,
 * latent by latent; {@code at} is the place of a latent of a row, row by row.
 */
public interface ClosedKlDensity extends PriorDensity {
    /** KL(q || p) of one latent of a row, in nats, of a Gaussian q. */
    double kl(int at, double mean, double logVariance);

    /** Derivative of {@link #kl} with respect to q's mean. */
    double klMeanSlope(int at, double mean);

    /** Derivative of {@link #kl} with respect to q's log-variance. */
    double klLogVarianceSlope(int at, double logVariance);

    /** Adds weight x the derivatives of {@link #kl} with respect to the prior's own mean and log-variance. */
    void addKlGradient(int at, double mean, double logVariance, double weight);
}
