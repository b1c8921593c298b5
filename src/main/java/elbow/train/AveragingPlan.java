package elbow.train;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.train.averaging.MomentMerge;
import elbow.train.averaging.OuterOptimizer;
import java.util.OptionalInt;

/**
 * How replicas are averaged.
 *
 * @param frequency minibatch steps of each replica between two averagings; empty: measured in the first rounds
 * @param outer what the driver makes of the replicas' mean
 * @param moments what becomes of the replicas' moments
 */
public record AveragingPlan(OptionalInt frequency, OuterOptimizer outer, MomentMerge moments) {
    /** What the configuration calls an outer optimizer. */
    private enum Outer {
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    public AveragingPlan {
        frequency.ifPresent(steps -> Check.positive("frequency", steps));
    }

    static AveragingPlan resolve(Configuration configuration, int replicas) {
        double momentum = configuration.fraction("training.outer.momentum");
        double learningRate = configuration
                .positiveDoubleOrAuto("training.outer.learning-rate")
                .orElse(1);
        OuterOptimizer outer = switch (configuration.choice("training.outer.optimizer", Outer.class)) {
            case AVERAGE -> new OuterOptimizer.Average();
            case NESTEROV -> new OuterOptimizer.Nesterov(learningRate, momentum);
            case SLOWMO -> new OuterOptimizer.SlowMo(learningRate, momentum);
        };
        return new AveragingPlan(
                configuration.positiveIntOrAuto("training.averaging-frequency"),
                outer,
                configuration.choice("training.outer.moments", MomentMerge.class));
    }
}
