package elbow.model;

import elbow.base.Check;
import java.util.List;

/**
 * How much each latent dimension is used, over rows. A dimension is <em>active</em> if its posterior mean varies
 * between rows, with a variance above {@value #ACTIVE_VARIANCE} (Burda, Grosse and Salakhutdinov. Importance weighted
 * autoencoders. ICLR 2016, section 5.2); the posterior has <em>collapsed</em> if less than a fifth of them are.
 *
 * @param kl mean KL divergence of each latent, in nats per row, which add up to that of the row; empty where it is
 *     known by samples alone, which say nothing of single latents
 * @param variances of each latent's posterior mean, with divisor n; empty if not measured
 */
public record LatentUse(List<Double> kl, List<Double> variances) {
    /** Not measured. */
    public static final LatentUse UNKNOWN = new LatentUse(List.of(), List.of());

    /** What the variance of a latent's posterior mean is above if it is active. */
    public static final double ACTIVE_VARIANCE = 0.01;

    /** The share of active latents below which the posterior has collapsed. */
    public static final double COLLAPSED_BELOW = 0.2;

    public LatentUse {
        kl = List.copyOf(kl);
        variances = List.copyOf(variances);
        Check.argument(
                kl.isEmpty() || kl.size() == variances.size(),
                "kl",
                "be as many as the variances, " + variances.size() + ", or none",
                kl.size());
    }

    /** How many latents; 0 if not measured. */
    public int latents() {
        return variances.size();
    }

    /** Whether a latent is active. */
    public boolean isActive(int latent) {
        return variances.get(latent) > ACTIVE_VARIANCE;
    }

    /** How many latents are active. */
    public int activeUnits() {
        return (int) variances.stream()
                .filter(variance -> variance > ACTIVE_VARIANCE)
                .count();
    }

    /** Whether less than {@value #COLLAPSED_BELOW} of the latents are active; not if they were not measured. */
    public boolean isCollapsed() {
        return activeUnits() < COLLAPSED_BELOW * latents();
    }
}
