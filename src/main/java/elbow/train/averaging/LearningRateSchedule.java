package elbow.train.averaging;

import elbow.base.Check;

/** What multiplies the learning rate once warm-up is over. */
public sealed interface LearningRateSchedule {
    /**
     * The factor at {@code step}, in (0, 1].
     *
     * @param step counted from the end of warm-up
     * @param steps from the end of warm-up to the end of the run
     */
    double factor(long step, long steps);

    /** Always 1. */
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(long step, long steps) {
            return 1;
        }
    }

    /**
     * Falls along half a cosine from 1 to {@code finalFraction}, which it reaches one step after the last. See: I.
     * Loshchilov, F. Hutter. SGDR: stochastic gradient descent with warm restarts. ICLR 2017, equation 5.
     *
     * @param finalFraction in [0, 1)
     */
    record Cosine(double finalFraction) implements LearningRateSchedule {
        public Cosine {
            Check.fraction("finalFraction", finalFraction);
        }

        @Override
        public double factor(long step, long steps) {
            double done = Math.min(1, (double) step / steps);
            return finalFraction + (1 - finalFraction) * 0.5 * (1 + Math.cos(Math.PI * done));
        }
    }

    /**
     * Multiplied by {@code factor} each time {@code every} steps have passed.
     *
     * @param every at least 1
     * @param factor above 0, at most 1
     */
    record Step(long every, double factor) implements LearningRateSchedule {
        public Step {
            Check.argument(every >= 1, "every", "be at least 1", every);
            Check.argument(factor > 0 && factor <= 1, "factor", "lie in (0, 1]", factor);
        }

        @Override
        public double factor(long step, long steps) {
            long falls = step / every;
            return Math.pow(factor, (double) falls);
        }
    }
}
