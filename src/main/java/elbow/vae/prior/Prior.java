package elbow.vae.prior;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.ParameterLayout;

/**
 * The distribution p(z) of the latents, or p(z|c) given a row's conditions, as the spec has it: settings, no values. It
 * declares its parameters, and makes the {@link PriorDensity} that computes. Where {@link #hasClosedKl} does not say
 * otherwise, the KL divergence is the mean over samples.
 *
 * <p>A new prior is one such record, its line in {@link PriorReaders}, and its test.
 */
public interface Prior {
    /** The name in JSON. */
    String type();

    /** What it is, in a few words for people: "mixture of 10 Gaussians". */
    String description();

    /** Adds this prior's settings. */
    default void writeSettings(ObjectNode node) {
        // Default: no settings.
    }

    /**
     * Adds the prior's own parameters.
     *
     * @param name what their names begin with, before a dot
     * @param conditions values that say what a row's conditions are; 0 for a model without
     */
    default void declare(String name, int latentSize, int conditions, ParameterLayout.Builder layout) {
        // Default: no parameters.
    }

    /**
     * Requires that a model of so many latents and so many values of conditions can have this prior.
     *
     * @throws IllegalArgumentException saying what there can be
     */
    default void requireFits(int latentSize, int conditions) {
        // Default: fits every model.
    }

    /**
     * Whether the KL divergence of a diagonal Gaussian from it has a closed form, latent by latent: then it is a
     * {@link FactorizedPrior}, or its density is a {@link ClosedKlDensity}.
     */
    default boolean hasClosedKl() {
        return false;
    }

    /** Off-heap floats that the prior keeps for each row of a minibatch in training. */
    default long floatsPerRow(int latentSize, int conditions) {
        return 0;
    }

    /**
     * The prior at work.
     *
     * @param name as given to {@link #declare}
     * @param conditions as given to {@link #declare}
     */
    PriorDensity create(String name, int latentSize, int conditions, LayerContext context);
}
