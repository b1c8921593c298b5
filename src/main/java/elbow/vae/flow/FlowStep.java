package elbow.vae.flow;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * An invertible map of rows of latents, whose log-determinant is known. Calls come in the order bind, begin, then any
 * number of forward, each followed by at most one backward, then writeGradients. None but bind allocates.
 */
public interface FlowStep extends AutoCloseable {
    /**
     * Takes the flattened parameters and gradients to work on from now on; both as long as the layout.
     *
     * @param gradients null if there will be no {@link #backward}
     */
    void bind(FloatMemory parameters, @Nullable FloatMemory gradients);

    /** To be called before every gradient. */
    void begin();

    /**
     * Maps rows in place.
     *
     * @param latents rows x latents, row-major
     * @param logDeterminants of each row, in nats: that of the derivative of what comes out with respect to what goes
     *     in is added
     */
    void forward(int rows, double[] latents, double[] logDeterminants);

    /**
     * Passes the gradient of a loss back through the last {@link #forward}, and adds that with respect to the step's
     * own parameters.
     *
     * @param gradient with respect to what came out; replaced by that with respect to what went in
     * @param ofLogDeterminants gradient of the loss with respect to each row's log-determinant
     */
    void backward(int rows, double[] gradient, double[] ofLogDeterminants);

    /** Overwrites the step's own parameter gradients by what was added since {@link #begin}. */
    void writeGradients();

    @Override
    void close();
}
