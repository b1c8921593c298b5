package elbow.train;

import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TrainingListener;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Creates the replicas of a training master that needs more than Elbow itself. Implementations are registered for
 * {@link java.util.ServiceLoader}, so that a build without the libraries of one of them lacks only that master.
 */
public interface ReplicasFactory {
    /** The master whose replicas this creates. */
    TrainingPlan.Master master();

    /** The replicas of a run that begins with {@code network} as it is, and that trains it. */
    Replicas create(
            JavaSparkContext spark,
            TrainingPlan plan,
            MultiLayerNetwork network,
            TrainingData data,
            TrainingListener listener);
}
