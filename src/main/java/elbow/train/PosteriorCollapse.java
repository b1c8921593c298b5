package elbow.train;

import elbow.model.LatentUse;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user reads whose model's posterior has collapsed onto the prior. */
final class PosteriorCollapse {
    private PosteriorCollapse() {}

    /** A warning with what to try; empty if the posterior has not collapsed. */
    static Optional<String> warning(LatentUse latents, Objective objective) {
        if (!latents.isCollapsed()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the posterior has collapsed: %d of %d latents are active, less than %.0f %%, so that they tell little of"
                        + " a row; try %s",
                latents.activeUnits(),
                latents.latents(),
                100 * LatentUse.COLLAPSED_BELOW,
                remedies(objective)));
    }

    private static String remedies(Objective objective) {
        List<String> remedies = new ArrayList<>();
        if (objective.capacity().isPresent()) {
            remedies.add("a larger objective.capacity");
        } else {
            remedies.add(
                    objective.klSchedule() instanceof KlSchedule.Constant
                            ? "a warm-up (objective.kl-schedule=linear)"
                            : "a longer warm-up (objective.kl-warm-up-steps)");
            if (objective.bound() == Bound.ELBO) {
                remedies.add(objective.freeBits() == 0 ? "free bits (objective.free-bits=0.25)" : "more free bits");
            }
            if (objective.beta() > 1) {
                remedies.add("a smaller objective.beta");
            }
        }
        String last = "a smaller model.latent-size if the columns have so little in common";
        return String.join(", ", remedies) + " or " + last;
    }
}
