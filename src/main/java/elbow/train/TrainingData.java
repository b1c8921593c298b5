package elbow.train;

import elbow.base.Check;
import elbow.data.feature.FeatureEncoder;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
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
        JavaRDD<PackedRows> trainingSample,
        JavaRDD<PackedRows> validation,
        long trainingRows,
        FeatureEncoder encoder) {
    public TrainingData {
        Check.argument(trainingRows >= 1, "trainingRows", "be at least 1", trainingRows);
    }
}
