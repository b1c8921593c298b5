package elbow.math.optimizer;

import elbow.math.FloatMemory;

/** A rule that changes parameters by their gradients, in place, on flattened memory. Not thread-safe. */
public sealed interface Optimizer extends AutoCloseable permits Adam, Muon, Sgd {
    /**
     * One step down the gradient. Allocates nothing.
     *
     * @param parameters changed in place
     * @param gradients of the loss, as long as the parameters
     * @param iteration number of this step, counted from 1
     * @param learningRate at least 0
     * @throws IllegalArgumentException if lengths differ or an argument is out of range
     */
    void step(FloatMemory parameters, FloatMemory gradients, long iteration, double learningRate);

    /** Frees memory off the heap that is its own, if it has any. */
    @Override
    default void close() {
        // Most have none.
    }
}
