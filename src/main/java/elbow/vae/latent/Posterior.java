package elbow.vae.latent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.prior.Prior;

/**
 * The family of the distribution q(z|x) of a latent layer, as the spec has it. It says what it needs of the encoder,
 * declares parameters of its own, and makes the {@link LatentLayer} that computes.
 *
 * <p>A new one is such a record with its layer, its line in {@link PosteriorReaders}, and its test.
 */
public interface Posterior {
    /** The name in JSON. */
    String type();

    /** What it is, in a few words for people: "Gaussian under 10 planar flows". */
    String description();

    /** Adds this posterior's settings. */
    default void writeSettings(ObjectNode node) {
        // Default: no settings.
    }

    /** What the encoder's last layer must give for each row. */
    int encoderOutputs(int latentSize);

    /** Where the weights of the encoder's last layer start. */
    Start encoderWeights(int inputs, int latentSize);

    /**
     * Adds the posterior's own parameters, besides the encoder's last layer, which has the names NAME.weights and
     * NAME.bias.
     *
     * @param name what their names begin with, before a dot
     */
    default void declare(String name, int latentSize, ParameterLayout.Builder layout) {
        // Default: no parameters.
    }

    /** Off-heap floats that the posterior keeps for each row of a minibatch in training. */
    default long floatsPerRow(int latentSize) {
        return 0;
    }

    /**
     * Whether KL(q(z|x) || p(z)) has a closed form, latent by latent. Where it has none, it is the mean over samples of
     * log q(z|x) - log p(z), and there are no free bits.
     */
    boolean hasClosedKl(Prior prior);

    /**
     * Requires that a model with that prior can have this posterior.
     *
     * @throws IllegalArgumentException saying what there can be
     */
    default void requireFits(Prior prior) {
        // Default: fits every prior.
    }

    /**
     * The latent layer at work.
     *
     * @param name as given to {@link #declare}
     */
    LatentLayer create(String name, int latentSize, LatentContext context);
}
