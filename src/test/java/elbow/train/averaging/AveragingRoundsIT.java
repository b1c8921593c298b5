package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.OneFactorRows;
import elbow.SharedSpark;
import elbow.SmallFamily;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.math.FloatMemory;
import elbow.math.Precision;
import elbow.math.optimizer.FloatTiles;
import elbow.math.optimizer.Optimizer;
import elbow.math.optimizer.Sgd;
import elbow.vae.HiddenWeights;
import elbow.vae.LocalTrainer;
import elbow.vae.VaeEngine;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Gaussian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskKilled;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Averaging rounds on two task threads, held to what they must equal. */
@Tag("kernels")
class AveragingRoundsIT {
    private static final int COLUMNS = 5;
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

    static Stream<VaeSpec> family() {
        return Stream.concat(Stream.of(SPEC), SmallFamily.specs(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("family")
    void oneReplicaUnderPlainAveragingIsTheLocalLoopToTheBit(VaeSpec spec) {
        requireLocalLoop(spec, InnerOptimizer.ADAM);
    }

    @Test
    void soItIsUnderMuon() {
        requireLocalLoop(SPEC, InnerOptimizer.MUON);
    }

    private void requireLocalLoop(VaeSpec spec, InnerOptimizer optimizer) {
        ReplicaShards shards = shards(rows(70), new ShardLayout(1, 3));
        AveragingRounds rounds = rounds(spec, shards, optimizer, MomentMerge.AVERAGE, 16, 3);
        AveragingState state = run(rounds, rounds.initial(parameters(spec)), 4, 4, 7);

        float[] expected = localLoop(spec, shards, optimizer, 16, 15);
        assertThat(state.step()).isEqualTo(15);
        assertThat(state.parameters()).isEqualTo(expected);
    }

    /** The whole run on one thread, without Spark and without rounds. */
    private float[] localLoop(VaeSpec spec, ReplicaShards shards, InnerOptimizer optimizer, int batch, int steps) {
        int[] segmentRows = shards.segmentRows(0);
        long stepsPerEpoch = (shards.rows(0) + batch - 1) / batch;
        ShardWalk walk = new ShardWalk(SEED, 0, segmentRows, batch, stepsPerEpoch, 0);
        Iterator<PackedRows> blocks =
                shards.select(new int[][] {walk.segments(0, steps)}).collect().iterator();
        ShardRows shard = new ShardRows(SEED, 0, segmentRows, batch, walk, blocks);
        int length = spec.layout().length();
        RowBatch rows = new RowBatch(COLUMNS, batch);
        try (VaeEngine engine = new VaeEngine(spec, batch);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            parameters.put(0, parameters(spec), length);
            Optimizer rule = optimizer.create(spec, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, rule, parameters, gradients);
            for (long step = 0; step < steps; step++) {
                shard.fill(step, rows);
                trainer.step(rows, SEED, step, 0.01, null);
            }
            return parameters.toArray();
        }
    }

    @Test
    void averagingEveryStepOfPlainSgdIsOneBigBatch() {
        // Shards of different sizes: 40 rows by hash, all in one minibatch each.
        ReplicaShards shards = shards(rows(40), new ShardLayout(3, 1));
        AveragingRounds rounds = rounds(shards, InnerOptimizer.SGD, MomentMerge.AVERAGE, 40, 4);
        assertThat(Set.of(shards.rows(0), shards.rows(1), shards.rows(2))).hasSizeGreaterThan(1);
        AveragingState state = run(rounds, rounds.initial(parameters()), 1, 1, 1, 1);

        float[] all = new float[40 * COLUMNS];
        long[] keys = new long[40];
        int count = 0;
        for (PackedRows block : shards.all().collect()) {
            for (int row = 0; row < block.rows(); row++, count++) {
                block.copyRow(row, all, count * COLUMNS);
                keys[count] = block.key(row);
            }
        }
        int length = SPEC.layout().length();
        try (VaeEngine engine = new VaeEngine(SPEC, 40);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            parameters.put(0, parameters(), length);
            LocalTrainer trainer = new LocalTrainer(engine, new Sgd(), parameters, gradients);
            for (long step = 0; step < 4; step++) {
                trainer.step(RowBatch.of(COLUMNS, all).withKeys(keys), SEED, step, 0.01, null);
            }
            assertClose(state.parameters(), parameters.toArray(), 2e-6);
        }
        // Far enough from the start for the comparison to mean something.
        assertThat(distance(state.parameters(), parameters())).isGreaterThan(1e-2);
    }

    @Test
    void manyReplicasAreMergedInGroupsToTheSameMean() {
        // 20 replicas: groups of 5. Four of them have the same number of rows each in the mean over everything.
        ReplicaShards shards = shards(rows(200), new ShardLayout(20, 1));
        AveragingRounds rounds = rounds(shards, InnerOptimizer.ADAM, MomentMerge.AVERAGE, 8, 1);
        AveragingState grouped = run(rounds, rounds.initial(parameters()), 2);

        ReplicaPlan settings = new ReplicaPlan(
                SPEC, InnerOptimizer.ADAM, Precision.FLOAT32, MomentMerge.AVERAGE, 8, 0, SEED, 0, segmentRows(shards));
        ReplicaTask task = new ReplicaTask(settings, new Round(0, new double[] {0.01, 0.01}));
        ReplicaSum flat = new ReplicaSum();
        ReplicaState state = ReplicaState.of(rounds.initial(parameters()));
        for (int replica = 0; replica < 20; replica++) {
            int[][] chosen = new int[20][0];
            chosen[replica] = settings.walk(replica).segments(0, 2);
            flat.add(task.run(replica, shards.select(chosen).collect().iterator(), state));
        }
        double[] mean = new double[flat.length()];
        flat.mean(StateVector.PARAMETERS, 0, mean);
        float[] expected = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            expected[i] = (float) mean[i];
        }
        assertClose(grouped.parameters(), expected, 1e-7);
        assertThat(run(rounds, rounds.initial(parameters()), 2).parameters()).isEqualTo(grouped.parameters());
    }

    @Test
    void replicasWithoutRowsOrWithOneRowAreSupported() {
        ReplicaShards shards = shards(rows(3), new ShardLayout(8, 2));
        AveragingRounds rounds = rounds(shards, InnerOptimizer.ADAM, MomentMerge.AVERAGE, 16, 5);
        RoundOutcome outcome = rounds.run(rounds.initial(parameters()), 5);
        assertThat(outcome.sums().examples()).isEqualTo(3 * 5 / rounds.stepsPerEpoch());
        assertThat(outcome.sums().leftOut()).isZero();
        assertThat(distance(outcome.requireNext().parameters(), parameters())).isGreaterThan(1e-3);
    }

    @Test
    void shardsWithoutRowsAreRefused() {
        ReplicaShards shards = shards(List.of(), new ShardLayout(2, 1));
        assertThatThrownBy(() -> rounds(shards, InnerOptimizer.ADAM, MomentMerge.AVERAGE, 16, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows of all replicas must be at least 1, but is 0");
    }

    @Test
    void resetMomentsStartEveryRoundLikeTheFirst() {
        ReplicaShards shards = shards(rows(32), new ShardLayout(1, 1));
        AveragingRounds reset = rounds(shards, InnerOptimizer.ADAM, MomentMerge.RESET, 32, 2);
        AveragingState first = run(reset, reset.initial(parameters()), 1);
        assertThat(first.firstMoments()).isNull();
        // Adam's first step has the size of the learning rate, whatever the gradient: also in the second round.
        AveragingState second = run(reset, first, 1);
        double largest = 0;
        for (int i = 0; i < second.parameters().length; i++) {
            largest = Math.max(largest, Math.abs(second.parameters()[i] - first.parameters()[i]));
        }
        assertThat(largest).isCloseTo(0.01, within(1e-4));
    }

    @Test
    void muonsMomentsAreAveragedOrReset() {
        ReplicaShards shards = shards(rows(64), new ShardLayout(2, 1));
        AveragingRounds averaged = rounds(shards, InnerOptimizer.MUON, MomentMerge.AVERAGE, 32, 2);
        AveragingState state = run(averaged, averaged.initial(parameters()), 1, 1);
        for (ParameterBlock block : SPEC.layout().blocks()) {
            boolean hidden = HiddenWeights.of(SPEC).contains(block);
            int end = block.offset() + block.length();
            // Muon has no second moments, and both have first ones.
            assertThat(Arrays.copyOfRange(state.secondMoments(), block.offset(), end))
                    .matches(moments -> hidden == (norm(moments) == 0), block.name());
            assertThat(norm(Arrays.copyOfRange(state.firstMoments(), block.offset(), end)))
                    .as(block.name())
                    .isPositive();
        }
        AveragingState again = run(averaged, run(averaged, averaged.initial(parameters()), 1), 1);
        assertThat(again.parameters()).isEqualTo(state.parameters());

        AveragingRounds reset = rounds(shards, InnerOptimizer.MUON, MomentMerge.RESET, 32, 2);
        assertThat(run(reset, reset.initial(parameters()), 1).firstMoments()).isNull();
    }

    @Test
    void bytesOfARoundAreThoseOfTheStatesThatGoAndComeBack() {
        long vector = 4L * SPEC.layout().length();
        assertThat(bytes(2, InnerOptimizer.ADAM, MomentMerge.AVERAGE)).isEqualTo(2 * 2 * 3 * vector);
        assertThat(bytes(2, InnerOptimizer.ADAM, MomentMerge.RESET)).isEqualTo(2 * 2 * vector);
        // Merged in groups first.
        assertThat(bytes(20, InnerOptimizer.SGD, MomentMerge.AVERAGE)).isEqualTo(20 * 2 * vector);
    }

    private long bytes(int replicas, InnerOptimizer optimizer, MomentMerge moments) {
        ReplicaShards shards = shards(rows(200), new ShardLayout(replicas, 1));
        AveragingRounds rounds = rounds(shards, optimizer, moments, 8, 1);
        return rounds.run(rounds.initial(parameters()), 1).sums().bytes();
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    @Test
    void retriedTasksChangeNothing() {
        ReplicaShards shards = shards(rows(90), new ShardLayout(2, 2));
        AveragingRounds rounds = rounds(shards, InnerOptimizer.ADAM, MomentMerge.AVERAGE, 8, 2);
        AveragingState undisturbed = run(rounds, rounds.initial(parameters()), 5, 5);

        KillFirstAttempts killer = new KillFirstAttempts(spark);
        spark.sc().addSparkListener(killer);
        try {
            // A kill may come after its task: on a fast machine one run of short rounds meets none or one in time.
            for (int turn = 0; turn < 100 && killer.killed.get() < 2; turn++) {
                AveragingState disturbed = run(rounds, rounds.initial(parameters()), 5, 5);
                assertThat(disturbed.parameters()).isEqualTo(undisturbed.parameters());
                assertThat(disturbed.firstMoments()).isEqualTo(undisturbed.firstMoments());
            }
            assertThat(killer.killed).hasValueGreaterThanOrEqualTo(2);
        } finally {
            spark.sc().removeSparkListener(killer);
        }
    }

    /** Kills the first attempt of every task as soon as it has started, and counts those that died of it. */
    private static final class KillFirstAttempts extends SparkListener {
        final AtomicInteger killed = new AtomicInteger();
        private final JavaSparkContext spark;

        KillFirstAttempts(JavaSparkContext spark) {
            this.spark = spark;
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart start) {
            if (start.taskInfo().attemptNumber() == 0) {
                spark.sc().killTaskAttempt(start.taskInfo().taskId(), false, "to see it run again");
            }
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.reason() instanceof TaskKilled) {
                killed.incrementAndGet();
            }
        }
    }

    @Test
    void orderAndNumberOfInputPartitionsChangeNothing() {
        List<float[]> rows = rows(60);
        List<float[]> reversed = new ArrayList<>();
        rows.forEach(row -> reversed.add(0, row));
        ShardLayout layout = new ShardLayout(2, 2);
        AveragingRounds one = rounds(shards(rows, layout), InnerOptimizer.ADAM, MomentMerge.AVERAGE, 8, 2);
        JavaRDD<PackedRows> many = Shards.ofEncoded(spark.parallelize(reversed, 7), COLUMNS, layout, SEED, 4);
        ReplicaShards shards = ReplicaShards.keep(many, layout);
        kept.add(shards);
        AveragingRounds other = rounds(shards, InnerOptimizer.ADAM, MomentMerge.AVERAGE, 8, 2);
        assertThat(run(other, other.initial(parameters()), 6).parameters())
                .isEqualTo(run(one, one.initial(parameters()), 6).parameters());
    }

    private AveragingState run(AveragingRounds rounds, AveragingState from, int... steps) {
        AveragingState state = from;
        for (int count : steps) {
            state = rounds.run(state, count).requireNext();
        }
        return state;
    }

    private AveragingRounds rounds(
            ReplicaShards shards, InnerOptimizer optimizer, MomentMerge moments, int batch, int epochs) {
        return rounds(SPEC, shards, optimizer, moments, batch, epochs);
    }

    private AveragingRounds rounds(
            VaeSpec spec, ReplicaShards shards, InnerOptimizer optimizer, MomentMerge moments, int batch, int epochs) {
        return new AveragingRounds(
                spark,
                shards,
                new AveragingRounds.Plan(
                        spec,
                        optimizer,
                        LearningRate.constant(0.01),
                        moments,
                        new OuterOptimizer.Average(),
                        batch,
                        epochs,
                        SEED,
                        0));
    }

    private ReplicaShards shards(List<float[]> rows, ShardLayout layout) {
        ReplicaShards shards =
                ReplicaShards.keep(Shards.ofEncoded(spark.parallelize(rows, 2), COLUMNS, layout, SEED, 4), layout);
        kept.add(shards);
        return shards;
    }

    private static int[][] segmentRows(ReplicaShards shards) {
        int[][] rows = new int[shards.replicas()][];
        for (int replica = 0; replica < rows.length; replica++) {
            rows[replica] = shards.segmentRows(replica);
        }
        return rows;
    }

    private static List<float[]> rows(int count) {
        return OneFactorRows.of(count, COLUMNS);
    }

    private static float[] parameters() {
        return parameters(SPEC);
    }

    private static float[] parameters(VaeSpec spec) {
        float[] parameters = new float[spec.layout().length()];
        Random random = new Random(4);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = 0.3f * (float) random.nextGaussian();
        }
        return parameters;
    }

    private static double distance(float[] left, float[] right) {
        double largest = 0;
        for (int i = 0; i < left.length; i++) {
            largest = Math.max(largest, Math.abs(left[i] - right[i]));
        }
        return largest;
    }

    private static void assertClose(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        assertThat(distance(found, expected)).isLessThan(tolerance);
    }
}
