package elbow.vae.objective;

import elbow.base.Check;
import java.util.Optional;

/**
 * What training maximises. With weight = beta x schedule(step), for each row one of
 *
 * <ul>
 *   <li>reconstruction - weight x sum over latents of max(freeBits, kl of the latent), of the row or, by
 *       {@code freeBitsScope}, of the minibatch's mean;
 *   <li>reconstruction - beta x |kl - capacity(step)| with the minibatch's mean of the KL divergence over all latents;
 *   <li>the importance-weighted bound with log p(z) - log q(z|x) multiplied by the weight.
 * </ul>
 *
 * <p>Scores know nothing of it: they are always the unmodified terms.
 *
 * @param bound ELBO or importance-weighted bound
 * @param samples posterior samples per row, at least 1
 * @param beta factor of the KL term, at least 0 (Higgins et al. beta-VAE. ICLR 2017); with a capacity the factor of the
 *     distance from it, above 0
 * @param freeBits nats per latent dimension below which its KL costs nothing more, at least 0; 0 with the
 *     importance-weighted bound, which has no KL term, and with a capacity, which is a floor itself (Kingma et al.
 *     2016)
 * @param freeBitsScope whose KL that is; ROW without free bits
 * @param klSchedule weight of the KL term by global step; constant with a capacity, which has its own
 * @param capacity what the KL divergence is held at; none with the importance-weighted bound
 * @param maskShare how often a variable that is there is hidden from the encoder, anew in each step, in [0, 1); the
 *     decoder is held to all that is there. What is maximised stays a bound: the posterior knows less of the row (Im et
 *     al., "Denoising criterion for variational auto-encoding framework", AAAI 2017, with masks for noise, as Ivanov et
 *     al., "Variational autoencoder with arbitrary conditioning", ICLR 2019, draw them)
 */
public record Objective(
        Bound bound,
        int samples,
        double beta,
        double freeBits,
        FreeBitsScope freeBitsScope,
        KlSchedule klSchedule,
        Optional<Capacity> capacity,
        double maskShare) {
    /** The plain ELBO with one sample per row. */
    public static final Objective PLAIN = new Objective(Bound.ELBO, 1, 1, 0, new KlSchedule.Constant());

    public Objective {
        Check.positive("samples", samples);
        Check.notNegative("beta", beta);
        Check.notNegative("freeBits", freeBits);
        Check.argument(
                freeBits == 0 || bound == Bound.ELBO, "freeBits", "be 0 with the importance-weighted bound", freeBits);
        Check.argument(
                freeBits > 0 || freeBitsScope == FreeBitsScope.ROW,
                "freeBitsScope",
                "be ROW without free bits",
                freeBitsScope);
        Check.argument(maskShare >= 0 && maskShare < 1, "maskShare", "lie in [0, 1)", maskShare);
        capacity.ifPresent(held -> {
            Check.argument(
                    bound == Bound.ELBO, "capacity", "be absent with the importance-weighted bound", held.maximum());
            Check.argument(freeBits == 0, "freeBits", "be 0 with a capacity", freeBits);
            Check.argument(beta > 0, "beta", "be above 0 with a capacity", beta);
            Check.argument(
                    klSchedule instanceof KlSchedule.Constant,
                    "klSchedule",
                    "be constant with a capacity, which rises itself",
                    klSchedule);
        });
    }

    /** An objective whose free bits are those of each row, without a capacity and without hidden variables. */
    public Objective(Bound bound, int samples, double beta, double freeBits, KlSchedule klSchedule) {
        this(bound, samples, beta, freeBits, FreeBitsScope.ROW, klSchedule, Optional.empty(), 0);
    }

    /** This one, with free bits compared with the minibatch's mean. */
    public Objective withFreeBitsOfMinibatch() {
        return new Objective(bound, samples, beta, freeBits, FreeBitsScope.MINIBATCH, klSchedule, capacity, maskShare);
    }

    /** This one, with the KL divergence held at a capacity. */
    public Objective withCapacity(Capacity held) {
        return new Objective(bound, samples, beta, freeBits, freeBitsScope, klSchedule, Optional.of(held), maskShare);
    }

    /** This one, with variables hidden from the encoder. */
    public Objective withMaskShare(double share) {
        return new Objective(bound, samples, beta, freeBits, freeBitsScope, klSchedule, capacity, share);
    }

    /** beta x schedule at {@code step}. */
    public double klWeight(long step) {
        return beta * klSchedule.weight(step);
    }

    /** The first step from which the objective stays the same: before it, early stopping has nothing to compare. */
    public long settledAt() {
        return Math.max(klSchedule.settledAt(), capacity.map(Capacity::steps).orElse(0L));
    }
}
