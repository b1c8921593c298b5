package elbow.vae.layer;

import elbow.math.FloatMemory;

/**
 * One block of the flattened parameters, row-major.
 *
 * @param name for instance {@code encoder.0.weights}
 * @param offset its first element
 * @param rows inputs of the layer for weights, 1 otherwise
 * @param columns outputs of the layer for weights and biases, number of free parameters otherwise
 */
public record ParameterBlock(String name, int offset, int rows, int columns) {
    /** This block of parameters or gradients that are as long as the layout, in place. */
    FloatMemory of(FloatMemory flat) {
        return flat.slice(offset, length());
    }

    /** Number of elements. */
    public int length() {
        return rows * columns;
    }
}
