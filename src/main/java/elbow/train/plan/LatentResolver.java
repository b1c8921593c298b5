package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.FlowPrior;
import elbow.vae.latent.GaussianMixture;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.latent.Prior;
import elbow.vae.latent.StandardNormal;
import elbow.vae.latent.VampPrior;

/** Resolves what of the configuration's {@code model} section is about prior and posterior. */
final class LatentResolver {
    private static final String PRIOR = "model.prior";
    private static final String POSTERIOR = "model.posterior";

    private static final int MIXTURE_COMPONENTS = 10;
    private static final int PSEUDO_INPUTS = 100;
    private static final int PLANAR_STEPS = 10;
    private static final int AUTOREGRESSIVE_STEPS = 4;

    private LatentResolver() {}

    /** The prior of that many latents. */
    static Prior prior(Configuration configuration, int latentSize) {
        PriorKind kind = configuration.choice(PRIOR, PriorKind.class);
        // All are read, whatever the kind: a slip in one would only show once it counts.
        int components = atMost(
                "model.prior-components",
                configuration
                        .positiveIntOrAuto("model.prior-components")
                        .orElse(kind == PriorKind.VAMP ? PSEUDO_INPUTS : MIXTURE_COMPONENTS),
                GaussianMixture.MOST_COMPONENTS);
        int couplings = atMost(configuration, "model.prior-couplings", FlowPrior.MOST_COUPLINGS);
        int units = atMost(configuration, "model.prior-units", FlowPrior.MOST_UNITS);
        Check.usage(
                latentSize >= 2 || kind != PriorKind.FLOW,
                "model.latent-size",
                "be at least 2 with " + PRIOR + " = flow",
                latentSize);
        Check.usage(
                configuration.choice(POSTERIOR, PosteriorKind.class) == PosteriorKind.GAUSSIAN
                        || kind != PriorKind.VAMP,
                POSTERIOR,
                "be gaussian with " + PRIOR + " = vamp",
                configuration.text(POSTERIOR));
        return switch (kind) {
            case STANDARD_NORMAL -> new StandardNormal();
            case MIXTURE -> new GaussianMixture(components);
            case VAMP -> new VampPrior(components);
            case FLOW -> new FlowPrior(couplings, units);
        };
    }

    /** The posterior. */
    static Posterior posterior(Configuration configuration) {
        PosteriorKind kind = configuration.choice(POSTERIOR, PosteriorKind.class);
        int steps = atMost(
                "model.posterior-steps",
                configuration
                        .positiveIntOrAuto("model.posterior-steps")
                        .orElse(kind == PosteriorKind.IAF ? AUTOREGRESSIVE_STEPS : PLANAR_STEPS),
                PlanarFlows.MOST_STEPS);
        int units = atMost(configuration, "model.posterior-units", FlowPrior.MOST_UNITS);
        return switch (kind) {
            case GAUSSIAN -> new DiagonalGaussian();
            case PLANAR -> new PlanarFlows(steps);
            case IAF -> new InverseAutoregressiveFlows(steps, units);
        };
    }

    /** Requires that free bits, which go by latent, have a KL divergence by latent. */
    static void requireFreeBits(double freeBits, Prior prior, Posterior posterior) {
        Check.usage(
                freeBits == 0 || posterior.hasClosedKl(prior),
                "objective.free-bits",
                "be 0 unless " + PRIOR + " = standard-normal and " + POSTERIOR
                        + " = gaussian: only there the KL divergence has a closed form by latent",
                freeBits);
    }

    private static int atMost(Configuration configuration, String key, int most) {
        return atMost(key, configuration.positiveInt(key), most);
    }

    private static int atMost(String key, int value, int most) {
        Check.usage(value <= most, key, "be at most " + most, value);
        return value;
    }

    private enum PriorKind {
        STANDARD_NORMAL,
        MIXTURE,
        VAMP,
        FLOW
    }

    private enum PosteriorKind {
        GAUSSIAN,
        PLANAR,
        IAF
    }
}
