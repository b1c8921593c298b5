package elbow.vae.objective;

import elbow.base.Check;

/**
 * What training maximises for each row: reconstruction - weight x sum over latents of max(freeBits, kl of the latent),
 * or the importance-weighted bound with log p(z) - log q(z|x) multiplied by the weight; weight = beta x schedule(step).
 * Scores know nothing of it: they are always the unmodified terms.
 *
 * @param bound ELBO or importance-weighted bound
 * @param samples posterior samples per row, at least 1
 * @param beta factor of the KL term, at least 0 (Higgins et al. beta-VAE. ICLR 2017)
 * @param freeBits nats per latent dimension and row below which its KL costs nothing more, at least 0; 0 with the
 *     importance-weighted bound, which has no KL term (Kingma et al. 2016)
 * @param klSchedule weight of the KL term by global step
 */
public record Objective(Bound bound, int samples, double beta, double freeBits, KlSchedule klSchedule) {
    /** The plain ELBO with one sample per row. */
    public static final Objective PLAIN = new Objective(Bound.ELBO, 1, 1, 0, new KlSchedule.Constant());

    public Objective {
        Check.positive("samples", samples);
        Check.notNegative("beta", beta);
        Check.notNegative("freeBits", freeBits);
        Check.argument(
                freeBits == 0 || bound == Bound.ELBO, "freeBits", "be 0 with the importance-weighted bound", freeBits);
    }

    /** beta x schedule at {@code step}. */
    public double klWeight(long step) {
        return beta * klSchedule.weight(step);
    }
}
