package elbow.vae.layer;

import elbow.math.FloatMemory;

/**
 * One block of the flattened parameters, row-major.
 *
 * @param name for instance {@code encoder.0.weights}
 * @param kind what it holds
 * @param offset its first element
 * @param rows inputs of the layer for weights, 1 otherwise
 * @param columns outputs of the layer for weights and biases, number of free parameters otherwise
 */
public record ParameterBlock(String name, Kind kind, int offset, int rows, int columns) {
    /** What a block holds. */
    public enum Kind {
        /** rows = inputs, columns = outputs: a layer computes input x weights + bias. */
        WEIGHTS,
        /** One number for each output. */
        BIAS,
        /** Free parameters, which no layer multiplies rows by, such as a learned log-variance of a likelihood. */
        FREE
    }

    /** This block of parameters or gradients that are as long as the layout, in place. */
    FloatMemory of(FloatMemory flat) {
        return flat.slice(offset, length());
    }

    /** Number of elements. */
    public int length() {
        return rows * columns;
    }
}
