package elbow.train.averaging;

import elbow.base.Check;

/**
 * The optimizer's step size as a function of the global step.
 *
 * @param base the rate that warm-up rises to and the schedule starts from, above 0
 * @param warmUpSteps steps of a linear rise to {@code base}, at least 0
 * @param schedule what follows
 */
public record LearningRate(double base, long warmUpSteps, LearningRateSchedule schedule) implements StepSize {
    public LearningRate {
        Check.positive("base", base);
        Check.argument(warmUpSteps >= 0, "warmUpSteps", "be at least 0", warmUpSteps);
    }

    /** The same rate at every step. */
    public static LearningRate constant(double rate) {
        return new LearningRate(rate, 0, new LearningRateSchedule.Constant());
    }

    /** Whether the rate is the same at every step. */
    public boolean isConstant() {
        return warmUpSteps == 0 && schedule instanceof LearningRateSchedule.Constant;
    }

    @Override
    public double at(long step, long totalSteps) {
        if (step < warmUpSteps) {
            return base * (step + 1) / warmUpSteps;
        }
        return base * schedule.factor(step - warmUpSteps, Math.max(1, totalSteps - warmUpSteps));
    }
}
