package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.FeatureEncoder;
import elbow.data.FeatureEncoderJson;
import elbow.data.ReplicaShards;
import elbow.data.ShardLayout;
import elbow.data.Shards;
import elbow.train.checkpoint.Checkpoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs in which a row of huge numbers makes the parameters of the replica that meets it infinite. */
class LeftOutReplicaIT {
    private static final int COLUMNS = 3;
    private static final int ROWS = 400;
    private static final int EPOCHS = 4;
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

    @AfterEach
    void close() {
        kept.forEach(ReplicaShards::close);
    }

    /**
     * Once in each epoch, when the row has its turn: the other replica's parameters are the mean then, or, in the short
     * round at an epoch's end for which the other one has no rows left, those of the round before.
     */
    @Test
    void theReplicaIsLeftOutSaidAndCountedAndTheOthersGoOn() {
        TrainingOutcome outcome = train("training.averaging-frequency=3");

        assertThat(outcome.replicasLeftOut()).isEqualTo(EPOCHS);
        assertThat(rounds.stream().mapToLong(RoundReport::leftOut).sum()).isEqualTo(EPOCHS);
        assertThat(warnings)
                .hasSize(EPOCHS)
                .allSatisfy(warning -> assertThat(warning)
                        .matches(
                                "1 of 2 replicas had parameters that are not finite in round \\d+ and were left out of the"
                                        + " mean"));
        for (float parameter : outcome.network().params().toFloatVector()) {
            assertThat(parameter).isFinite();
        }
        assertThat(outcome.after().elbo()).isGreaterThan(outcome.before().elbo() + 0.5);
    }

    @Test
    void aReplicaThatIsLostInThreeRoundsInARowEndsTheRun() {
        // Rounds of an epoch: the row is in each of them.
        assertThatThrownBy(() -> train("training.averaging-frequency=1000"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DIVERGED))
                .hasMessage("parameters must stay finite, but 1 of 2 replicas had parameters that are not finite in"
                        + " round 3, the 3rd such round in a row; try a smaller training.learning-rate (it is 0.01)");
    }

    private TrainingOutcome train(String frequency) {
        Configuration configuration = Configuration.defaults()
                .withOverrides(List.of(
                        "training.epochs=" + EPOCHS,
                        "training.measure-every=1",
                        "training.batch-size=16",
                        "training.optimizer=sgd",
                        "training.learning-rate=0.01",
                        "training.outer.optimizer=average",
                        "training.replicas=2",
                        "model.encoder-sizes=[8]",
                        "model.activation=tanh",
                        frequency));
        String features = IntStream.range(0, COLUMNS)
                .mapToObj(i -> "{\"type\": \"real\", \"column\": \"x" + i + "\", \"stretched\": false, \"centre\": 0,"
                        + " \"unit\": 1, \"mean\": 0, \"standardDeviation\": 1, \"minimum\": -10, \"maximum\": 10,"
                        + " \"heavyTails\": false, \"hasGaps\": false}")
                .collect(Collectors.joining(", "));
        FeatureEncoder encoder = FeatureEncoderJson.read(
                "encoder.json",
                "{\"formatVersion\": 2, \"inputTransform\": \"none\", \"missingMarkers\": [], \"textNumbers\": [],"
                        + " \"features\": [" + features + "], \"leftOut\": []}");
        List<float[]> rows = rows();
        Arrays.fill(rows.get(0), Float.MAX_VALUE);
        ReplicaShards training = shards(rows);
        TrainingData data =
                new TrainingData(training, spark.emptyRDD(), shards(rows()).all(), ROWS, encoder);
        TrainingPlan plan = TrainingPlan.resolve(configuration, encoder, ROWS, 2);
        return Trainer.train(spark, plan, data, listener, Checkpoints.NONE);
    }

    private ReplicaShards shards(List<float[]> rows) {
        ShardLayout layout = new ShardLayout(2, 2);
        ReplicaShards shards =
                ReplicaShards.keep(Shards.ofEncoded(spark.parallelize(rows, 2), COLUMNS, layout, SEED, 32), layout);
        kept.add(shards);
        return shards;
    }

    /** One common factor. */
    private static List<float[]> rows() {
        Random random = new Random(3);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            float[] row = new float[COLUMNS];
            float common = (float) random.nextGaussian();
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = common + 0.3f * (float) random.nextGaussian();
            }
            rows.add(row);
        }
        return rows;
    }
}
