package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.Prior;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Resolves the prior and the posterior, both of the topmost latents, in the configuration's {@code model} section. A
 * new one of either is a line in {@link PriorChoice} or {@link PosteriorChoice}.
 */
public final class LatentResolver {

    private LatentResolver() {}

    /**
     * The prior of that many latents.
     *
     * @param sizeKey the setting that says how many
     * @param hasConditions whether rows have conditions
     */
    static Prior prior(Configuration configuration, int latentSize, String sizeKey, boolean hasConditions) {
        PriorSettings settings = new PriorSettings(configuration, latentSize, sizeKey, hasConditions);
        return configuration.choice(PriorChoice.KEY, PriorChoice.class).with(settings);
    }

    /** The posterior. */
    static Posterior posterior(Configuration configuration) {
        return configuration.choice(PosteriorChoice.KEY, PosteriorChoice.class).with(configuration);
    }

    /** Requires that free bits, which go by latent, have a KL divergence by latent. */
    static void requireFreeBits(Configuration configuration, double freeBits, Prior prior, Posterior posterior) {
        Check.usage(
                freeBits == 0
                        || configuration.choice(HierarchyChoice.KEY, HierarchyChoice.class)
                                != HierarchyChoice.BOTTOM_UP,
                "objective.free-bits",
                "be 0 with " + HierarchyChoice.KEY + " = bottom-up, whose KL divergence has no closed form by latent",
                freeBits);
        Check.usage(
                freeBits == 0 || posterior.hasClosedKl(prior),
                "objective.free-bits",
                "be 0 unless " + PriorChoice.KEY + " = " + String.join(" or ", closedPriors()) + ", and "
                        + PosteriorChoice.KEY + " = gaussian: only there the KL divergence has a closed form by latent",
                freeBits);
    }

    // Any settings will do: it goes by the kind of prior.
    private static List<String> closedPriors() {
        PriorSettings settings = new PriorSettings(Configuration.defaults(), 2, "model.latent-size", true);
        return Arrays.stream(PriorChoice.values())
                .filter(choice -> new DiagonalGaussian().hasClosedKl(choice.with(settings)))
                .map(Configuration::word)
                .toList();
    }

    /** The settings that the chosen prior and posterior do not read, by the choice: "model.prior = flow". */
    public static Map<String, List<String>> unread(Configuration configuration) {
        PriorChoice prior = configuration.choice(PriorChoice.KEY, PriorChoice.class);
        PosteriorChoice posterior = configuration.choice(PosteriorChoice.KEY, PosteriorChoice.class);
        Map<String, List<String>> unread = new LinkedHashMap<>();
        unread.put(chosen(configuration, PriorChoice.KEY), without(prior::reads, PriorSettings.KEYS));
        unread.put(chosen(configuration, PosteriorChoice.KEY), without(posterior::reads, PosteriorChoice.KEYS));
        if (configuration.choice(HierarchyChoice.KEY, HierarchyChoice.class) == HierarchyChoice.NONE) {
            unread.put(chosen(configuration, HierarchyChoice.KEY), HierarchyResolver.KEYS);
        }
        return unread;
    }

    static int atMost(int most, String key, int value) {
        Check.usage(value <= most, key, "be at most " + most, value);
        return value;
    }

    private static String chosen(Configuration configuration, String key) {
        return key + " = " + configuration.text(key);
    }

    private static List<String> without(Predicate<String> read, List<String> keys) {
        return keys.stream().filter(read.negate()).toList();
    }
}
