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

    /** @param alone whether plain averaging is all there can be: one replica, or a master that knows nothing else */
    static AveragingPlan resolve(Configuration configuration, boolean alone) {
        double momentum = configuration.fraction("training.outer.momentum");
        OptionalDouble learningRate = configuration.positiveDoubleOrAuto("training.outer.learning-rate");
        Outer choice = configuration.choice("training.outer.optimizer", Outer.class);
        if (choice == Outer.AUTO) {
            choice = alone ? Outer.AVERAGE : Outer.NESTEROV;
        }
        OuterOptimizer outer = switch (choice) {
            case AUTO, AVERAGE -> new OuterOptimizer.Average();
            case NESTEROV -> new OuterOptimizer.Nesterov(learningRate.orElse(NESTEROV_RATE), momentum);
            case SLOWMO -> new OuterOptimizer.SlowMo(learningRate.orElse(SLOWMO_RATE), momentum);
        };
        return new AveragingPlan(
                configuration.positiveIntOrAuto("training.averaging-frequency"),
                outer,
                configuration.choice("training.outer.moments", MomentMerge.class));
    }
}
