package elbow.train.plan;

import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.Set;
import java.util.function.Function;

/** The priors that {@value #KEY} can name: what they are made of, and which other settings they read. */
// What the constants are given cannot be changed; its types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
enum PriorChoice {
    STANDARD_NORMAL(settings -> new StandardNormal()),
    MIXTURE(settings -> new GaussianMixture(settings.components(10)), PriorSettings.COMPONENTS),
    VAMP(settings -> new VampPrior(settings.requireGaussianPosterior().components(100)), PriorSettings.COMPONENTS),
    FLOW(
            settings -> new FlowPrior(settings.requireSeveralLatents().couplings(), settings.units()),
            PriorSettings.COUPLINGS,
            PriorSettings.UNITS),
    CONDITIONAL(settings -> new ConditionalGaussian(settings.requireConditions().units()), PriorSettings.UNITS);

    static final String KEY = "model.prior";

    private final Function<PriorSettings, Prior> prior;
    private final Set<String> keys;

    PriorChoice(Function<PriorSettings, Prior> prior, String... keys) {
        this.prior = prior;
        this.keys = Set.of(keys);
    }

    /** @throws elbow.base.ElbowException of category USAGE if the model cannot have it */
    Prior with(PriorSettings settings) {
        return prior.apply(settings);
    }

    /** Whether it reads the setting. */
    boolean reads(String key) {
        return keys.contains(key);
    }
}
