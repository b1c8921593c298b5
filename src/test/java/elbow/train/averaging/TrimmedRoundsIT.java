package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.OneFactorRows;
import elbow.SharedSpark;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.math.FloatMemory;
import elbow.math.Precision;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.LocalTrainer;
import elbow.vae.VaeEngine;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Gaussian;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rounds that leave rows out, held to what they must equal. */
@Tag("kernels")
class TrimmedRoundsIT {
    private static final int COLUMNS = 5;
    private static final int BATCH = 16;
    private static final double SHARE = 0.2;
    private static final long SEED = 9;
    private static final VaeSpec SPEC = VaeSpec.builder(COLUMNS, 2)
            .encoder(8)
            .decoder(8)
            .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
            .build();

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    private final List<ReplicaShards> kept = new ArrayList<>();

    @AfterEach
    void release() {
        kept.forEach(ReplicaShards::close);
    }

    @Test
    void oneReplicaIsTheLocalLoopToTheBitHoweverLongRoundsAre() {
        ReplicaShards shards = shards(1, 2);
        AveragingState expected = localLoop(shards, 12);

        AveragingState state = run(rounds(shards, SHARE), 5, 4, 3);
        assertThat(state.parameters()).isEqualTo(expected.parameters());
        assertThat(state.teacher()).isEqualTo(expected.teacher());
        AveragingState other = run(rounds(shards, SHARE), 12);
        assertThat(other.parameters()).isEqualTo(expected.parameters());
        assertThat(run(rounds(shards, 0), 12).parameters()).isNotEqualTo(expected.parameters());
    }

    // As a checkpoint does: all that a later round depends on is in the state.
    @Test
    void aRunGoesOnFromItsStateToTheSameBits() {
        ReplicaShards shards = shards(2, 2);
        AveragingState whole = run(rounds(shards, SHARE), 3, 3, 3);

        AveragingState begun = run(rounds(shards, SHARE), 3);
        AveragingState loaded = new AveragingState(
                begun.step(),
                begun.round(),
                begun.parameters().clone(),
                Objects.requireNonNull(begun.firstMoments()).clone(),
                Objects.requireNonNull(begun.secondMoments()).clone(),
                begun.velocity().clone(),
                Objects.requireNonNull(begun.teacher()).clone());
        AveragingRounds rounds = rounds(shards, SHARE);
        AveragingState resumed =
                rounds.run(rounds.run(loaded, 3).requireNext(), 3).requireNext();
        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
        assertThat(resumed.teacher()).isEqualTo(whole.teacher());
    }

    @Test
    void partitionsOfTheInputChangeNothing() {
        assertThat(run(rounds(shards(2, 1), SHARE), 4, 4).parameters())
                .isEqualTo(run(rounds(shards(2, 7), SHARE), 4, 4).parameters());
    }

    @Test
    void teachersOfManyReplicasAreAveragedByRows() {
        // 20 replicas: merged in groups.
        AveragingRounds rounds = rounds(shards(20, 2), SHARE);
        AveragingState state = run(rounds, 1);
        float[] start = Objects.requireNonNull(rounds.initial(parameters()).teacher());
        float[] teacher = Objects.requireNonNull(state.teacher());

        // After one step each teacher is a hundredth of the way to its replica; so is the mean of the teachers to the
        // mean of the replicas.
        for (int i = 0; i < teacher.length; i++) {
            assertThat((double) teacher[i]).isCloseTo(0.99 * start[i] + 0.01 * state.parameters()[i], within(1e-6));
        }
    }

    @Test
    void roundsCountWhatTheyLeaveOut() {
        // 64 rows in minibatches of 16: 3 of each.
        AveragingRounds rounds = rounds(shards(1, 2), SHARE);
        RoundSums sums = rounds.run(rounds.initial(parameters()), 4).sums();

        assertThat(sums.examples()).isEqualTo(64);
        assertThat(sums.trimmed()).isEqualTo(12);
    }

    private AveragingState run(AveragingRounds rounds, int... steps) {
        AveragingState state = rounds.initial(parameters());
        for (int count : steps) {
            state = rounds.run(state, count).requireNext();
        }
        return state;
    }

    private AveragingRounds rounds(ReplicaShards shards, double share) {
        return new AveragingRounds(
                spark,
                shards,
                new AveragingRounds.Plan(
                        SPEC,
                        InnerOptimizer.ADAM,
                        Precision.FLOAT32,
                        LearningRate.constant(0.01),
                        MomentMerge.AVERAGE,
                        new OuterOptimizer.Average(),
                        BATCH,
                        share,
                        9,
                        SEED,
                        0));
    }

    private ReplicaShards shards(int replicas, int partitions) {
        ShardLayout layout = new ShardLayout(replicas, 1);
        int rows = replicas == 1 ? 64 : 200;
        ReplicaShards shards = ReplicaShards.keep(
                Shards.ofEncoded(
                        spark.parallelize(OneFactorRows.of(rows, COLUMNS), partitions), COLUMNS, layout, SEED, 4),
                layout);
        kept.add(shards);
        return shards;
    }

    /** The run on one thread, without Spark and without rounds. */
    @SuppressWarnings("NullAway") // The vectors may be null, which it does not see in class files.
    private static AveragingState localLoop(ReplicaShards shards, int steps) {
        int[] segmentRows = shards.segmentRows(0);
        ShardWalk walk = new ShardWalk(SEED, 0, segmentRows, BATCH, shards.rows(0) / BATCH, 0);
        Iterator<PackedRows> blocks =
                shards.select(new int[][] {walk.segments(0, steps)}).collect().iterator();
        ShardRows shard = new ShardRows(SEED, 0, segmentRows, BATCH, walk, blocks);
        int length = SPEC.layout().length();
        RowBatch rows = new RowBatch(COLUMNS, BATCH);
        try (VaeEngine engine = new VaeEngine(SPEC, BATCH);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length);
                RowTrimmer trimmer = new RowTrimmer(SPEC, BATCH, SHARE, gradients)) {
            parameters.put(0, parameters(), length);
            trimmer.teacher().put(0, parameters(), length);
            LocalTrainer trainer = new LocalTrainer(
                    engine,
                    InnerOptimizer.ADAM.create(SPEC, new FloatTiles(length), new FloatTiles(length)),
                    parameters,
                    gradients);
            for (long step = 0; step < steps; step++) {
                shard.fill(step, rows);
                trainer.step(trimmer.trim(rows, SEED, step), SEED, step, 0.01, null);
                trimmer.follow(parameters);
            }
            return new AveragingState(
                    steps,
                    1,
                    parameters.toArray(),
                    null,
                    null,
                    new float[0],
                    trimmer.teacher().toArray());
        }
    }

    private static float[] parameters() {
        float[] parameters = new float[SPEC.layout().length()];
        Random random = new Random(4);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = 0.3f * (float) random.nextGaussian();
        }
        return parameters;
    }
}
