package elbow.vae.layer;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/** How a dense layer computes activation(input x weights + bias). */
interface RowProduct extends AutoCloseable {
    /** Takes weights, inputs x outputs, and biases; to be repeated whenever their content has changed. */
    void bind(FloatMemory weights, FloatMemory bias);

    /**
     * Overwrites rows of {@code output}.
     *
     * @param preactivation takes the activation's arguments; null if nobody asks for them
     */
    void forward(int rows, FloatMemory input, FloatMemory output, @Nullable FloatMemory preactivation);

    /** As {@link Layer#keepAlike}. */
    void keepAlike(boolean[] alike);

    @Override
    void close();
}
