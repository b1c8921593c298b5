package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.vae.OptimalVariances;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Measures a model's optimal variances on the encoded rows of a distributed data set. */
public final class EncodedErrors {
    private EncodedErrors() {}

    /**
     * What the optimal variances follow from, over all rows; summed in the order of partitions, so that it does not
     * depend on which task finished first.
     */
    public static OptimalVariances of(JavaSparkContext spark, JavaRDD<PackedRows> blocks, ScoringModel model) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            OptimalVariances total = new OptimalVariances(model.spec());
            blocks.mapPartitions(rows -> sums(rows, broadcast.value()))
                    .collect()
                    .forEach(total::add);
            return total;
        } finally {
            broadcast.destroy();
        }
    }

    private static Iterator<double[]> sums(Iterator<PackedRows> blocks, ScoringModel model) {
        try (ModelInTask used = new ModelInTask(model)) {
            return List.of(used.errors(blocks).toArray()).iterator();
        }
    }
}
