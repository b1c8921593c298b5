package elbow.vae.layer;

import elbow.math.Activation;

/**
 * What a network's layers are made for, and what they share.
 *
 * @param layout where their parameters stand
 * @param rows the most that go through at once; in scoring always as many
 * @param use training, or scoring alone
 * @param workspace scratch that all layers use, one after the other
 */
public record LayerContext(ParameterLayout layout, int rows, Use use, Workspace workspace) {
    /** What a network is made for. */
    public enum Use {
        /** Forward and backward, as fast as can be. */
        TRAINING,
        /** Forward only, so that what comes of a row does not depend on its place. */
        SCORING
    }

    /** Whether there will be gradients. */
    boolean trains() {
        return use == Use.TRAINING;
    }

    /** Of how many rows, from the first place on, something must be made: in scoring of all, for any may be used. */
    int worked(int count) {
        return trains() ? count : rows;
    }

    /** The product of a layer. */
    RowProduct product(int inputs, int outputs, Activation activation) {
        return trains()
                ? new FastProduct(inputs, outputs, activation, rows, workspace)
                : new PlaceIndependentProduct(inputs, outputs, activation, rows);
    }
}
