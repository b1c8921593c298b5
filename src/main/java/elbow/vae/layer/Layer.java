package elbow.vae.layer;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable part of the network with its own parameters and its own output memory: rows in, rows out. Calls come
 * in the order bind, forward, backward, inputGradient; backward consumes the output of forward. A layer that was made
 * for scoring goes forward only.
 */
public interface Layer extends AutoCloseable {
    /**
     * Takes the flattened parameters and gradients to work on from now on; both as long as the layout.
     *
     * @param gradients null if there will be no {@link #backward}
     */
    void bind(FloatMemory parameters, @Nullable FloatMemory gradients);

    /** Computes {@code rows} rows of {@link #output} from {@code input}. */
    void forward(int rows, FloatMemory input);

    /** The result of the last {@link #forward}, until {@link #backward}. */
    FloatMemory output();

    /**
     * Overwrites this layer's parameter gradients.
     *
     * @param input as given to {@link #forward}
     * @param outputGradient of the loss with respect to the output; may be {@link #output} itself; is consumed
     */
    void backward(int rows, FloatMemory input, FloatMemory outputGradient);

    /** After {@link #backward}: writes the gradient of the loss with respect to the input. */
    void inputGradient(int rows, FloatMemory destination);

    /**
     * Sets {@code alike[row]} to false for each place of a row whose products are not bit for bit those of the middle
     * one; in scoring.
     */
    void keepAlike(boolean[] alike);

    @Override
    void close();
}
