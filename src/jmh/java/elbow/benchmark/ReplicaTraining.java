package elbow.benchmark;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.score.EncodedMeans;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TrainingListener;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Training rows and test rows, trained on in different ways by Elbow's own averaging rounds. */
final class ReplicaTraining {
    private static final int BLOCK_ROWS = 512;
    private static final int TEST_SAMPLES = 4;

    private final LocalCluster cluster;
    private final Dataset<Row> training;
    private final Dataset<Row> test;
    private final FeatureEncoder encoder;
    private final long rows;

    ReplicaTraining(LocalCluster cluster, Dataset<Row> training, Dataset<Row> test) {
        this.cluster = cluster;
        this.training = training;
        this.test = test;
        encoder = FeatureFit.encoder(training, new FeatureSettings(List.of(), InputTransform.SAMPLE));
        rows = training.count();
    }

    /** The 60,000 training and 10,000 test images of MNIST. */
    static ReplicaTraining mnist(LocalCluster cluster, BenchmarkArguments arguments) {
        return new ReplicaTraining(
                cluster,
                read(cluster, arguments.mnist("train-images-idx3-ubyte.gz")),
                read(cluster, arguments.mnist("t10k-images-idx3-ubyte.gz")));
    }

    private static Dataset<Row> read(LocalCluster cluster, String file) {
        return DataReader.read(cluster.session(), ReadRequest.of(file));
    }

    long rows() {
        return rows;
    }

    /** The training rows as the network gets them, kept in memory in that many partitions. */
    JavaRDD<float[]> encodedRows(int partitions) {
        int width = encoder.width();
        JavaRDD<float[]> rows = Shards.of(training, encoder, partitions, 1, BLOCK_ROWS)
                .flatMap(block -> {
                    List<float[]> some = new ArrayList<>();
                    for (int row = 0; row < block.rows(); row++) {
                        float[] values = new float[width];
                        block.copyRow(row, values, 0);
                        some.add(values);
                    }
                    return some.iterator();
                })
                .persist(StorageLevel.MEMORY_AND_DISK());
        rows.count();
        return rows;
    }

    /** What a run leads to: how it went, and the mean ELBO of the test rows in nats. */
    record Result(TrainingOutcome outcome, double testElbo) {}

    /** The test rows, encoded, in an order of their own. */
    List<PackedRows> testBlocks() {
        ShardLayout layout = new ShardLayout(2, 1);
        return Shards.of(test, encoder, layout, 0, BLOCK_ROWS).collect();
    }

    /** @param overrides settings that differ from the defaults */
    Result run(List<String> overrides) {
        return run(overrides, TrainingListener.SILENT);
    }

    /** As {@link #run(List)}, with somebody who hears how it goes. */
    Result run(List<String> overrides, TrainingListener listener) {
        Configuration configuration = Configuration.defaults().withOverrides(overrides);
        TrainingPlan plan = TrainingPlan.resolve(
                configuration, encoder, rows, cluster.context().defaultParallelism());
        ShardLayout layout = ShardLayout.forRows(plan.replicas(), rows, encoder.rowBytes());
        try (ReplicaShards shards =
                        ReplicaShards.keep(Shards.of(training, encoder, layout, plan.seed(), BLOCK_ROWS), layout);
                ReplicaShards held = testShards(plan)) {
            JavaRDD<PackedRows> sample = held.all().mapPartitions(blocks -> {
                List<PackedRows> first = new ArrayList<>();
                if (blocks.hasNext()) {
                    first.add(blocks.next());
                }
                return first.iterator();
            });
            TrainingData data = new TrainingData(shards, sample, held.all(), rows, encoder);
            TrainingOutcome outcome = Trainer.train(cluster.context(), plan, data, listener, Checkpoints.NONE);
            EncodedMeans means =
                    EncodedMeans.of(cluster.context(), held.all(), ScoringModel.of(outcome.network(), TEST_SAMPLES));
            return new Result(outcome, means.elbo() + encoder.logJacobian());
        }
    }

    private ReplicaShards testShards(TrainingPlan plan) {
        ShardLayout layout = new ShardLayout(2, 1);
        return ReplicaShards.keep(Shards.of(test, encoder, layout, plan.seed(), BLOCK_ROWS), layout);
    }
}
