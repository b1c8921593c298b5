package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.ColumnProfile;
import elbow.model.GroupNetworks;
import elbow.model.TrainedGroup;
import elbow.train.plan.MaskShare;
import elbow.train.plan.TrainingPlan;
import elbow.vae.VaeSpec;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentHierarchy;
import elbow.vae.latent.Posterior;
import elbow.vae.prior.StandardNormal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** What {@link PlannedFit#hidden} is, by the profiles of the columns; none of an encoder that is kept. */
    static Optional<String> hidden(
            Configuration asked, TrainingPlan plan, FeatureEncoder encoder, List<ColumnProfile> profiles) {
        double share = plan.maskShare();
        if (!MaskShare.isAuto(asked)) {
            return share == 0 ? Optional.empty() : Optional.of(Double.toString(share));
        }
        if (share == 0) {
            return Optional.of("0 (auto: no value is missing)");
        }
        Set<String> names =
                MaskShare.hideable(encoder).stream().map(Feature::column).collect(Collectors.toSet());
        // Of the same rows each: the mean of the columns' shares is that of their values together.
        OptionalDouble missing = profiles.stream()
                .filter(profile -> names.contains(profile.column()))
                .mapToDouble(ColumnProfile::missingShare)
                .average();
        return Optional.of(share + " (auto: "
                + (missing.isPresent() ? percent(missing.getAsDouble()) + " of the values are" : "values were")
                + " missing)");
    }

    // To two digits, however few there are.
    private static String percent(double share) {
        return new BigDecimal(100 * share)
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    static int parameters(VaeSpec spec) {
        return spec.layout().length();
    }
}
