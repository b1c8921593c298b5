package elbow.math;

import elbow.base.Check;

/** What all optimizers require of a step. */
final class OptimizerChecks {
    /** Floats per tile: measured fastest of 512 to 8192; the tiles of one step fit a second-level cache. */
    static final int TILE = 4096;

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
