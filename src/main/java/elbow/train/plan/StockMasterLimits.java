package elbow.train.plan;

import elbow.base.Check;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.MomentMerge;
import java.util.Locale;

/** What DL4J's {@code ParameterAveragingTrainingMaster} demands of a plan. */
final class StockMasterLimits {
    private StockMasterLimits() {}

    private static String word(Enum<?> setting) {
        return setting.name().toLowerCase(Locale.ROOT);
    }

    /** @throws elbow.base.ElbowException of category USAGE if the master cannot do it */
    static void check(
            int replicas, int batchSize, AveragingPlan averaging, LearningRate learningRate, InnerOptimizer optimizer) {
        Check.usage(
                optimizer != InnerOptimizer.MUON,
                "training.optimizer",
                "be adam or sgd under the stock master, whose workers have no other",
                word(optimizer));
        // DL4J multiplies them as ints.
        double rowsPerRound = (double) replicas * batchSize * averaging.stockFrequency();
        Check.usage(
                rowsPerRound <= Integer.MAX_VALUE,
                "training.replicas x training.batch-size x training.averaging-frequency",
                "be at most " + Integer.MAX_VALUE + " under the stock master",
                String.format(Locale.ROOT, "%.0f", rowsPerRound));
        Check.usage(
                averaging.outer().kind() == OuterOptimizerPlan.Kind.AVERAGE
                        && averaging.moments() == MomentMerge.AVERAGE,
                "training.outer.optimizer and training.outer.moments",
                "be average under the stock master",
                word(averaging.outer().kind()) + " and " + word(averaging.moments()));
        Check.usage(
                learningRate.isConstant(),
                "training.learning-rate-schedule",
                "be constant, without warm-up, under the stock master",
                learningRate);
    }
}
