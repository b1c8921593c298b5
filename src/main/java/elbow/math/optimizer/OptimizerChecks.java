package elbow.math.optimizer;

import elbow.base.Check;
import elbow.math.FloatMemory;

/** What all optimizers require of a step. */
final class OptimizerChecks {
    /** Floats per tile: with memory larger than the caches, 256 measured about half the time of 4096. */
    static final int TILE = 256;

    private OptimizerChecks() {}

    static void check(FloatMemory parameters, FloatMemory gradients, long iteration, double learningRate) {
        // Conditions first: a passing check must not box its value, a step allocates nothing.
        if (gradients.length() != parameters.length()) {
            Check.argument(false, "gradients' length", "be " + parameters.length(), gradients.length());
        }
        if (iteration < 1) {
            Check.argument(false, "iteration", "be at least 1", iteration);
        }
        if (!(learningRate >= 0 && Double.isFinite(learningRate))) {
            Check.argument(false, "learningRate", "be finite and at least 0", learningRate);
        }
    }
}
