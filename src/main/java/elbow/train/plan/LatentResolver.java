package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;

/** Resolves what of the configuration's {@code model} section is about prior and posterior. */
final class LatentResolver {
    private static final String PRIOR = "model.prior";
    private static final String POSTERIOR = "model.posterior";

    private LatentResolver() {}

    /**
     * The prior of that many latents.
     *
     * @param conditional whether rows have conditions
     */
    static Prior prior(Configuration configuration, int latentSize, boolean conditional) {
        PriorKind kind = configuration.choice(PRIOR, PriorKind.class);
        // All are read, whatever the kind: a slip in one would only show once it counts.
        int components =
                atMost(GaussianMixture.MOST_COMPONENTS, configuration, "model.prior-components", kind.components);
        int couplings = atMost(FlowPrior.MOST_COUPLINGS, configuration, "model.prior-couplings");
        int units = atMost(FlowPrior.MOST_UNITS, configuration, "model.prior-units");
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
        Check.usage(
                conditional || kind != PriorKind.CONDITIONAL,
                PRIOR,
                "not be conditional without data.conditions",
                configuration.text(PRIOR));
        return switch (kind) {
            case STANDARD_NORMAL -> new StandardNormal();
            case MIXTURE -> new GaussianMixture(components);
            case VAMP -> new VampPrior(components);
            case FLOW -> new FlowPrior(couplings, units);
            case CONDITIONAL -> new ConditionalGaussian(units);
        };
    }

    /** The posterior. */
    static Posterior posterior(Configuration configuration) {
        PosteriorKind kind = configuration.choice(POSTERIOR, PosteriorKind.class);
        int steps = atMost(PlanarFlows.MOST_STEPS, configuration, "model.posterior-steps", kind.steps);
        int units = atMost(FlowPrior.MOST_UNITS, configuration, "model.posterior-units");
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
                "be 0 unless " + PRIOR + " = standard-normal or conditional, and " + POSTERIOR
                        + " = gaussian: only there the KL divergence has a closed form by latent",
                freeBits);
    }

    private static int atMost(int most, Configuration configuration, String key) {
        return atMost(most, key, configuration.positiveInt(key));
    }

    private static int atMost(int most, Configuration configuration, String key, int automatic) {
        return atMost(most, key, configuration.positiveIntOrAuto(key).orElse(automatic));
    }

    private static int atMost(int most, String key, int value) {
        Check.usage(value <= most, key, "be at most " + most, value);
        return value;
    }

    private enum PriorKind {
        STANDARD_NORMAL(10),
        MIXTURE(10),
        VAMP(100),
        FLOW(10),
        CONDITIONAL(10);

        /** How many there are if nothing is said; for some it does not count. */
        private final int components;

        PriorKind(int components) {
            this.components = components;
        }
    }

    private enum PosteriorKind {
        GAUSSIAN(10),
        PLANAR(10),
        IAF(4);

        /** How many there are if nothing is said; for some it does not count. */
        private final int steps;

        PosteriorKind(int steps) {
            this.steps = steps;
        }
    }
}
