package elbow.train.dl4j;

import elbow.train.plan.TrainingPlan;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.jspecify.annotations.Nullable;

/** DL4J's parameter averaging, unchanged except that it reports the end of each round. */
final class ObservedStockMaster extends ParameterAveragingTrainingMaster {
    private final transient BiConsumer<Integer, Integer> afterRound;

    private ObservedStockMaster(Builder settings, BiConsumer<Integer, Integer> afterRound) {
        super(settings);
        this.afterRound = afterRound;
    }

    /**
     * @param approach how minibatches reach the workers
     * @param exportDirectory where the exporting approach keeps them meanwhile
     * @param afterRound called with the round that ended, from 1, and the number of rounds
     */
    static ObservedStockMaster of(
            TrainingPlan plan,
            RDDTrainingApproach approach,
            String exportDirectory,
            BiConsumer<Integer, Integer> afterRound) {
        ParameterAveragingTrainingMaster.Builder settings = new ParameterAveragingTrainingMaster.Builder(
                        plan.replicas(), plan.batchSize())
                .batchSizePerWorker(plan.batchSize())
                .averagingFrequency(plan.averaging().stockFrequency())
                .saveUpdater(true)
                .rngSeed(plan.seed())
                .exportDirectory(exportDirectory)
                .rddTrainingApproach(approach);
        return new ObservedStockMaster(settings, afterRound);
    }

    @Override
    protected void processResults(
            SparkDl4jMultiLayer network,
            @Nullable SparkComputationGraph graph,
            JavaRDD<ParameterAveragingTrainingResult> results,
            int split,
            int splits) {
        super.processResults(network, graph, results, split, splits);
        afterRound.accept(split, splits);
    }
}
