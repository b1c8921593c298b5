package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import java.util.List;

/** The settings of priors, and what a prior can require of the model around it, in the words of the settings. */
final class PriorSettings {
    static final String COMPONENTS = "model.prior-components";
    static final String COUPLINGS = "model.prior-couplings";
    static final String UNITS = "model.prior-units";
    static final List<String> KEYS = List.of(COMPONENTS, COUPLINGS, UNITS);

    private final Configuration configuration;
    private final int latentSize;
    private final String sizeKey;
    private final boolean hasConditions;

    /**
     * All are checked, whichever prior reads them: a mistake in one would only show once it counts.
     *
     * @throws elbow.base.ElbowException of category USAGE for a value out of range
     */
    PriorSettings(Configuration configuration, int latentSize, String sizeKey, boolean hasConditions) {
        this.configuration = configuration;
        this.latentSize = latentSize;
        this.sizeKey = sizeKey;
        this.hasConditions = hasConditions;
        components(1);
        couplings();
        units();
    }

    /** @param automatic how many there are if the setting leaves it open */
    int components(int automatic) {
        return LatentResolver.atMost(
                GaussianMixture.MOST_COMPONENTS,
                COMPONENTS,
                configuration.positiveIntOrAuto(COMPONENTS).orElse(automatic));
    }

    int couplings() {
        return LatentResolver.atMost(FlowPrior.MOST_COUPLINGS, COUPLINGS, configuration.positiveInt(COUPLINGS));
    }

    int units() {
        return LatentResolver.atMost(
                Math.max(FlowPrior.MOST_UNITS, ConditionalGaussian.MOST_UNITS),
                UNITS,
                configuration.positiveInt(UNITS));
    }

    /** These, if there are latents to divide, for a prior whose steps do that. */
    PriorSettings requireSeveralLatents() {
        Check.usage(latentSize >= 2, sizeKey, "be at least 2 with " + chosen(), latentSize);
        return this;
    }

    /** These, if the posterior has a density at any point, for a prior that needs it. */
    PriorSettings requireGaussianPosterior() {
        Check.usage(
                configuration.choice(PosteriorChoice.KEY, PosteriorChoice.class) == PosteriorChoice.GAUSSIAN,
                PosteriorChoice.KEY,
                "be gaussian with " + chosen(),
                configuration.text(PosteriorChoice.KEY));
        Check.usage(
                configuration.choice(HierarchyChoice.KEY, HierarchyChoice.class) != HierarchyChoice.BOTTOM_UP,
                HierarchyChoice.KEY,
                "not be bottom-up with " + chosen() + ", which needs the topmost posterior of a row",
                configuration.text(HierarchyChoice.KEY));
        return this;
    }

    /** These, if rows have conditions, for a prior that depends on them. */
    PriorSettings requireConditions() {
        Check.usage(
                hasConditions,
                PriorChoice.KEY,
                "not be conditional without data.conditions",
                configuration.text(PriorChoice.KEY));
        return this;
    }

    private String chosen() {
        return PriorChoice.KEY + " = " + configuration.text(PriorChoice.KEY);
    }
}
