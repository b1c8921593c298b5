package elbow.vae.prior;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Prior} at work, on rows of latents. Calls come in the order bind, read, begin, then any number of
 * logDensities and backward, writeGradients. None but bind allocates. In scoring, what comes of a row must not depend
 * on the rows beside it.
 */
public interface PriorDensity extends AutoCloseable {
    /**
     * Takes the flattened parameters and gradients to work on from now on; both as long as the layout.
     *
     * @param gradients null if there will be no {@link #backward}
     */
    default void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        // For priors with parameters.
    }

    /**
     * Takes the conditions of rows: from now on latents are those of these rows, in their order.
     *
     * @param rows at most as many as the context has
     * @param conditions row by row, as many values each as the prior was made for
     */
    default void read(int rows, float[] conditions) {
        // For priors that go by them.
    }

    /** To be called after {@link #bind}, whenever the parameters have changed, and before every gradient. */
    default void begin() {
        // For priors with parameters.
    }

    /**
     * Writes log p(z) of each row, in nats with every constant.
     *
     * @param latents rows x latentSize; at most as many rows as the context has
     */
    void logDensities(int rows, double[] latents, double[] logDensities);

    /**
     * Writes the gradient of the sum over the rows of weights[row] x -log p(z) with respect to the latents, and adds
     * that with respect to the prior's own parameters to what {@link #writeGradients} will write.
     *
     * @param latentGradients rows x latentSize, overwritten
     */
    void backward(int rows, double[] latents, double[] weights, double[] latentGradients);

    /** Overwrites the prior's own parameter gradients by what was added since {@link #begin}. */
    default void writeGradients() {
        // For priors with parameters.
    }

    /**
     * Draws latents of some rows, each of which depends on its own number alone.
     *
     * @param noiseKey and {@code firstRow}, the number of the first row, of the {@link elbow.math.noise.KeyedNoise} to
     *     draw from
     * @param rows at most as many as the context has
     * @param latents rows x latentSize, overwritten
     */
    void draw(long noiseKey, long firstRow, int rows, float[] latents);

    /**
     * As {@link #draw(long, long, int, float[])}, of one row.
     *
     * @param place where the row's conditions stand among those read last
     * @param latents latentSize, overwritten
     */
    default void drawOne(long noiseKey, long row, int place, float[] latents) {
        draw(noiseKey, row, 1, latents);
    }

    @Override
    default void close() {
        // For priors with memory off the heap.
    }
}
