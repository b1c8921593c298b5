package elbow.train.averaging;

import elbow.base.Check;
import java.util.function.IntFunction;

/**
 * Measures how many minibatch steps a round needs for its overhead to be a small share of its compute time. Trial
 * rounds start from the run's initial state and their results are discarded, so that a run with the number found here
 * is the same run to the bit.
 */
public final class AveragingFrequency {
    /**
     * Targeted ratio of overhead to compute time: below the bound of 5 %, to leave room for load and for faster steps.
     */
    static final double AIM = 0.03;

    /** Largest share of the run's compute time to be spent on trials: more would not pay off in a short run. */
    static final double TRIAL_SHARE = 0.02;

    private static final int FIRST_TRIAL = 8;
    private static final int MOST_TRIALS = 10;

    private AveragingFrequency() {}

    /**
     * The number of steps, in round figures (1, 2 or 5 times a power of ten).
     *
     * @param most the largest number to choose, at least 1
     */
    public static int measured(AveragingRounds rounds, AveragingState state, int most) {
        return measured(steps -> rounds.run(state, steps), rounds.totalSteps(), most);
    }

    /** @param trial makes a round of so many steps */
    static int measured(IntFunction<RoundOutcome> trial, long totalSteps, int most) {
        Check.positive("most", most);
        int steps = Math.min(FIRST_TRIAL, most);
        double needed = steps;
        double spent = 0;
        for (int i = 0; i < MOST_TRIALS; i++) {
            RoundOutcome outcome = trial.apply(steps);
            double perStep = (double) outcome.computeNanos() / steps;
            needed = outcome.overheadNanos() / (AIM * perStep);
            spent += outcome.nanos();
            // The first rounds include JIT compilation: only longer ones are representative.
            int next = (int) Math.min(most, 2L * steps);
            boolean affordable = spent + next * perStep <= TRIAL_SHARE * totalSteps * perStep;
            if (needed <= steps || steps == most || !affordable) {
                break;
            }
            steps = next;
        }
        return (int) Math.min(most, roundedUp(needed));
    }

    /** The smallest of 1, 2, 5, 10, 20, 50, ... that is at least {@code value}. */
    static long roundedUp(double value) {
        for (long power = 1; ; power *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if (digit * power >= value || power > Integer.MAX_VALUE) {
                    return digit * power;
                }
            }
        }
    }
}
