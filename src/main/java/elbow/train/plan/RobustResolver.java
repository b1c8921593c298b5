package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.vae.OptimalVariances;
import elbow.vae.VaeSpec;
import java.util.List;
import java.util.Optional;

/** Resolves how many rows of a minibatch robust training leaves out. */
public final class RobustResolver {
    private static final String KEY = "training.robust";
    private static final String SHARE = "training.robust-share";

    /** From here on more rows would be left out than kept. */
    private static final double LARGEST_SHARE = 0.5;

    private enum Robust {
        ON,
        OFF
    }

    private RobustResolver() {}

    /** A configuration for rows that are said to be normal: auto does not make training on them robust. */
    public static Configuration ofNormalRows(Configuration configuration) {
        return configuration.text(KEY).equals(Configuration.AUTO)
                ? configuration.withOverrides(List.of(KEY + "=off"))
                : configuration;
    }

    /** The share of a minibatch's rows to leave out; 0 if training is not robust. */
    static double trimmedShare(Configuration configuration, VaeSpec spec, TrainingPlan.Master master, int batchSize) {
        double share = configuration.positiveDouble(SHARE);
        Check.usage(share < LARGEST_SHARE, SHARE, "lie above 0 and below " + LARGEST_SHARE, share);
        Optional<Robust> asked = configuration.choiceOrAuto(KEY, Robust.class);
        boolean stock = master == TrainingPlan.Master.STOCK;
        boolean optimal = OptimalVariances.areIn(spec);
        boolean leavesNone = share * batchSize < 1;
        if (asked.isEmpty()) {
            return stock || optimal || leavesNone ? 0 : share;
        }
        if (asked.get() == Robust.OFF) {
            return 0;
        }
        Check.usage(!stock, KEY, "be off under the stock master, which takes whole minibatches", "on");
        Check.usage(!optimal, KEY, "be off with optimal variances, which are those of all training rows", "on");
        Check.usage(!leavesNone, SHARE + " x training.batch-size", "be at least 1, a row", share * batchSize);
        return share;
    }
}
