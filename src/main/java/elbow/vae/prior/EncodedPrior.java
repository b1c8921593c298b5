package elbow.vae.prior;

import elbow.vae.layer.LayerContext;

/**
 * A prior that is made of what the encoder says of trained rows of its own, pseudo-inputs: they go through the encoder
 * with the rows of each minibatch, and their gradients come back through it.
 */
public interface EncodedPrior extends Prior {
    /** How many pseudo-inputs. */
    int pseudoInputs();

    @Override
    EncodedDensity create(String name, int latentSize, int conditions, LayerContext context);
}
