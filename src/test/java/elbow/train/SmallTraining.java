package elbow.train;

import elbow.OneFactorRows;
import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.RoundReport;
import elbow.train.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs of two replicas on a small table with one common factor, and what they tell their listener. */
final class SmallTraining implements AutoCloseable {
    static final int ROWS = 400;

    private static final int COLUMNS = 3;
    private static final long SEED = 9;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    private final List<ReplicaShards> kept = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<RoundReport> rounds = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void warned(String message) {
            warnings.add(message);
        }

        @Override
        public void roundFinished(RoundReport report) {
            rounds.add(report);
        }
    };

    List<String> warnings() {
        return warnings;
    }

    List<RoundReport> rounds() {
        return rounds;
    }

    /** Trains on rows, and measures on those of {@link #table}. */
    TrainingOutcome train(List<float[]> rows, List<String> settings) {
        return train(rows, settings, Checkpoints.NONE);
    }

    /** As {@link #train(List, List)}, from a checkpoint and with others. */
    TrainingOutcome train(List<float[]> rows, List<String> settings, Checkpoints checkpoints) {
        List<String> all = new ArrayList<>(List.of(
                "training.measure-every=1",
                "training.batch-size=16",
                "training.optimizer=sgd",
                "training.learning-rate=0.01",
                "training.outer.optimizer=average",
                "training.replicas=2",
                "model.encoder-sizes=[8]",
                "model.activation=tanh"));
        all.addAll(settings);
        Configuration configuration = Configuration.defaults().withOverrides(all);
        TestEncoders.Builder columns = TestEncoders.encoder();
        for (int i = 0; i < COLUMNS; i++) {
            columns.real("x" + i, 0, 1);
        }
        FeatureEncoder encoder = columns.build();
        ReplicaShards training = shards(rows);
        TrainingData data =
                new TrainingData(training, training.all(), shards(table()).all(), rows.size(), encoder);
        TrainingPlan plan = TrainingPlan.resolve(configuration, encoder, rows.size(), 2);
        return Trainer.train(spark, plan, data, listener, checkpoints);
    }

    private ReplicaShards shards(List<float[]> rows) {
        ShardLayout layout = new ShardLayout(2, 2);
        ReplicaShards shards =
                ReplicaShards.keep(Shards.ofEncoded(spark.parallelize(rows, 2), COLUMNS, layout, SEED, 32), layout);
        kept.add(shards);
        return shards;
    }

    /** {@value #ROWS} rows. */
    static List<float[]> table() {
        return OneFactorRows.of(ROWS, COLUMNS);
    }

    @Override
    public void close() {
        kept.forEach(ReplicaShards::close);
    }
}
