package elbow.train;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.train.averaging.MomentMerge;
import elbow.train.averaging.OuterOptimizer;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How replicas are averaged.
 *
 * @param frequency minibatch steps of each replica between two averagings; empty: measured in the first rounds
 * @param outer what the driver makes of the replicas' mean
 * @param moments what becomes of the replicas' moments
 */
public record AveragingPlan(OptionalInt frequency, OuterOptimizer outer, MomentMerge moments) {
    /** DiLoCo's (Douillard et al. 2023). */
    private static final double NESTEROV_RATE = 0.7;

    /** SlowMo's (Wang et al. 2020). */
    private static final double SLOWMO_RATE = 1;

    private static final double SLOWMO_MOMENTUM = 0.5;

    /** DiLoCo's, and the most that "auto" takes. */
    private static final double MOST_MOMENTUM = 0.9;

    /** What the configuration calls an outer optimizer. */
    private enum Outer {
        AUTO,
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    public AveragingPlan {
        frequency.ifPresent(steps -> Check.positive("frequency", steps));
    }

    /** @param replicas 1 as well under a master that knows nothing but plain averaging */
    static AveragingPlan resolve(Configuration configuration, int replicas) {
        OptionalDouble momentum = configuration.fractionOrAuto("training.outer.momentum");
        OptionalDouble learningRate = configuration.positiveDoubleOrAuto("training.outer.learning-rate");
        Outer choice = configuration.choice("training.outer.optimizer", Outer.class);
        if (choice == Outer.AUTO) {
            choice = replicas == 1 ? Outer.AVERAGE : Outer.NESTEROV;
        }
        OuterOptimizer outer = switch (choice) {
            case AUTO, AVERAGE -> new OuterOptimizer.Average();
            case NESTEROV -> nesterov(learningRate.orElse(NESTEROV_RATE), momentum, replicas);
            case SLOWMO ->
                new OuterOptimizer.SlowMo(learningRate.orElse(SLOWMO_RATE), momentum.orElse(SLOWMO_MOMENTUM));
        };
        return new AveragingPlan(
                configuration.positiveIntOrAuto("training.averaging-frequency"),
                outer,
                configuration.choice("training.outer.moments", MomentMerge.class));
    }

    // Steps of a constant gradient add up to rate / (1 - momentum) of it. Replicas that go the same way deserve their
    // sum, so many times the mean; more overshoots.
    private static OuterOptimizer nesterov(double learningRate, OptionalDouble momentum, int replicas) {
        double automatic = Math.max(0, Math.min(MOST_MOMENTUM, 1 - learningRate / replicas));
        return new OuterOptimizer.Nesterov(learningRate, momentum.orElse(automatic));
    }
}
