package elbow.train.dl4j;

import elbow.train.Replicas;
import elbow.train.ReplicasFactory;
import elbow.train.TrainingData;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TrainingListener;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Replicas under DL4J's own {@code ParameterAveragingTrainingMaster}. */
public final class StockReplicasFactory implements ReplicasFactory {
    @Override
    public TrainingPlan.Master master() {
        return TrainingPlan.Master.STOCK;
    }

    @Override
    public Replicas create(
            JavaSparkContext spark,
            TrainingPlan plan,
            MultiLayerNetwork network,
            TrainingData data,
            TrainingListener listener) {
        return new StockReplicas(spark, plan, network, data, listener);
    }
}
