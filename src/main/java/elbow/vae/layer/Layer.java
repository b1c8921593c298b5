package elbow.vae.layer;

import elbow.math.FloatMemory;

/**
 * A differentiable part of the network with its own parameters and its own output memory: rows in, rows out. Calls come
 * in the order bind, forward, backward, inputGradient; backward consumes the output of forward.
 */
interface Layer extends AutoCloseable {
    /** Takes the flattened parameters and gradients to work on from now on; both as long as the layout. */
    void bind(FloatMemory parameters, FloatMemory gradients);

    /** Computes {@code rows} rows of {@link #output} from {@code input}. */
    void forward(int rows, FloatMemory input);

    /** The result of the last {@link #forward}, until {@link #backward}. */
    FloatMemory output();

    /**
     * Overwrites this block's parameter gradients.
     *
     * @param input as given to {@link #forward}
     * @param outputGradient of the loss with respect to the output; may be {@link #output} itself; is consumed
     */
    void backward(int rows, FloatMemory input, FloatMemory outputGradient);

    /** After {@link #backward}: writes the gradient of the loss with respect to the input. */
    void inputGradient(int rows, FloatMemory destination);

    @Override
    void close();
}
