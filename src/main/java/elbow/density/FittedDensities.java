package elbow.density;

import elbow.base.Check;
import elbow.data.encoding.Margin;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was fitted after training for the rows that a model makes; one of the two at least. Scores do not use it.
 * Immutable.
 */
public final class FittedDensities implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable LatentMixture latents;
    private final TreeMap<String, Margin> margins;

    /**
     * @param latents the density that latents are drawn from instead of the prior; empty: the prior
     * @param margins what moves the draws of columns of numbers, by column; of others draws stay
     */
    public FittedDensities(Optional<LatentMixture> latents, Map<String, Margin> margins) {
        Check.argument(latents.isPresent() || !margins.isEmpty(), "densities", "be at least one", "none");
        this.latents = latents.orElse(null);
        this.margins = new TreeMap<>(margins);
    }

    /** The density that latents are drawn from instead of the prior; empty: the prior. */
    public Optional<LatentMixture> latents() {
        return Optional.ofNullable(latents);
    }

    /** What moves the draws of columns of numbers, by column. */
    public SortedMap<String, Margin> margins() {
        return Collections.unmodifiableSortedMap(margins);
    }
}
