package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.train.averaging.MomentMerge;
import java.util.OptionalInt;

/**
 * How replicas are averaged.
 *
 * @param frequency minibatch steps of each replica between two averagings; empty: measured in the first rounds
 * @param outer what the driver makes of the replicas' mean
 * @param moments what happens to the replicas' moments
 */
public record AveragingPlan(OptionalInt frequency, OuterOptimizerPlan outer, MomentMerge moments) {
    /** Minibatch steps between two averagings of the stock master, which measures nothing. */
    private static final int STOCK_FREQUENCY = 10;

    public AveragingPlan {
        frequency.ifPresent(steps -> Check.positive("frequency", steps));
    }

    /** Minibatch steps between two averagings under DL4J's own master. */
    public int stockFrequency() {
        return frequency.orElse(STOCK_FREQUENCY);
    }

    /**
     * Resolves a configuration's section {@code training}.
     *
     * @param replicas how many are averaged; 1 if the master can do only plain averaging
     */
    public static AveragingPlan resolve(Configuration configuration, int replicas) {
        return new AveragingPlan(
                configuration.positiveIntOrAuto("training.averaging-frequency"),
                OuterOptimizerPlan.resolve(configuration, replicas),
                configuration.choice("training.outer.moments", MomentMerge.class));
    }
}
