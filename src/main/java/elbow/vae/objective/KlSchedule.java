package elbow.vae.objective;

import elbow.base.Check;

/** The weight of the KL term as a function of the global step, between 0 and 1; it multiplies the objective's beta. */
public sealed interface KlSchedule {
    /** The weight at {@code step}, counted from 0. */
    double weight(long step);

    /** The first step from which the weight stays 1: before it, early stopping has nothing to compare. */
    long settledAt();

    /** Always 1. */
    record Constant() implements KlSchedule {
        @Override
        public double weight(long step) {
            return 1;
        }

        @Override
        public long settledAt() {
            return 0;
        }
    }

    /**
     * Rises linearly from 0 at step 0 to 1 at step {@code steps}.
     *
     * @param steps at least 1
     */
    record LinearWarmup(long steps) implements KlSchedule {
        public LinearWarmup {
            Check.argument(steps >= 1, "steps", "be at least 1", steps);
        }

        @Override
        public double weight(long step) {
            return Math.min(1, (double) step / steps);
        }

        @Override
        public long settledAt() {
            return steps;
        }
    }

    /**
     * {@code cycles} times: a linear rise from 0 to 1 over the first {@code rampFraction} of the {@code period}, then
     * 1; 1 after the last cycle. See: H. Fu et al. Cyclical annealing schedule. NAACL 2019.
     *
     * @param period steps of one cycle, at least 1
     * @param cycles at least 1
     * @param rampFraction above 0, at most 1
     */
    record Cyclical(long period, int cycles, double rampFraction) implements KlSchedule {
        public Cyclical {
            Check.argument(period >= 1, "period", "be at least 1", period);
            Check.positive("cycles", cycles);
            Check.argument(rampFraction > 0 && rampFraction <= 1, "rampFraction", "lie in (0, 1]", rampFraction);
            Check.argument(period <= Long.MAX_VALUE / cycles, "period", "be at most 2^63 / cycles", period);
        }

        @Override
        public double weight(long step) {
            return step >= settledAt() ? 1 : Math.min(1, step % period / (rampFraction * period));
        }

        @Override
        public long settledAt() {
            return period * cycles;
        }
    }
}
