package elbow.fit;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.model.GroupNetworks;
import elbow.model.TrainedGroup;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.StandardNormal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of columns and networks in more than one place. */
final class Words {
    private Words() {}

    static String columns(FeatureEncoder encoder) {
        String used = encoder.image()
                        .map(shape -> "images of " + shape)
                        .orElse(encoder.modelled().size() + " columns")
                + conditions(encoder);
        List<String> left = encoder.leftOut().stream()
                .map(column -> column.column() + " (" + column.reason() + ")")
                .toList();
        return left.isEmpty() ? used : used + "; left out: " + String.join(", ", left);
    }

    private static String conditions(FeatureEncoder encoder) {
        List<String> given = encoder.conditions().stream().map(Feature::column).toList();
        return given.isEmpty() ? "" : " given " + String.join(", ", given);
    }

    static String groups(GroupNetworks groups) {
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "Groups by %s: %,d, of which %,d have networks of their own",
                String.join(", ", groups.columns()),
                groups.groups().size(),
                groups.networks()));
        for (TrainedGroup.Fate fate : TrainedGroup.Fate.values()) {
            if (fate != TrainedGroup.Fate.OWN && groups.count(fate) > 0) {
                words.append(String.format(Locale.ROOT, "; %,d %s", groups.count(fate), fate.words()));
            }
        }
        return words.toString();
    }

    static String network(VaeSpec spec) {
        return spec.shape();
    }

    /** Layers of latents, prior and posterior; empty for those that are the default. */
    static Map<String, String> latents(VaeSpec spec) {
        Map<String, String> words = new LinkedHashMap<>();
        LatentHierarchy latents = spec.latents();
        if (latents.isDeep()) {
            words.put(
                    "Layers of latents",
                    latents.layers().size() + ", " + (latents.kind() == Hierarchy.LADDER ? "a ladder" : "bottom-up"));
        }
        if (!(spec.prior() instanceof StandardNormal)) {
            words.put("Prior", spec.prior().description());
        }
        Posterior posterior = latents.top().posterior();
        if (!(posterior instanceof DiagonalGaussian)) {
            words.put("Posterior", posterior.description());
        }
        if (!spec.hasClosedKl()) {
            words.put("KL divergence", "a mean over samples: it has no closed form");
        }
        return words;
    }

    static int parameters(VaeSpec spec) {
        return spec.layout().length();
    }
}
