package elbow.train;

import elbow.base.Check;
import elbow.data.Block;
import elbow.data.FeatureEncoder;
import elbow.data.ReplicaShards;
import org.apache.spark.api.java.JavaRDD;

/**
 * Encoded rows to train on, sharded and persisted.
 *
 * @param training the rows of every replica
 * @param trainingSample some of the training rows, the same ones at every measurement
 * @param validation held-out rows, any partitioning
 * @param trainingRows number of rows in {@code training}, at least 1
 * @param encoder what encoded the rows
 */
public record TrainingData(
        ReplicaShards training,
        JavaRDD<Block> trainingSample,
        JavaRDD<Block> validation,
        long trainingRows,
        FeatureEncoder encoder) {
    public TrainingData {
        Check.argument(trainingRows >= 1, "trainingRows", "be at least 1", trainingRows);
    }
}
