package elbow.train.averaging;

import elbow.base.Check;
import elbow.data.shard.ReplicaShards;
import elbow.math.Precision;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Runs averaging rounds on a cluster, each as one Spark job. Holds no training state: a round maps one state to the
 * next.
 */
public final class AveragingRounds {
    /** Up to this many replicas the driver merges all results itself. */
    public static final int FLAT_REPLICAS = 16;

    private static final int MOST_TIMED_STEPS = 200;
    private static final long LONGEST_TIMING = 2_000_000_000L;

    private final JavaSparkContext spark;
    private final ReplicaShards shards;
    private final ReplicaPlan replicaPlan;
    private final OuterOptimizer outer;
    private final StepSize stepSize;
    private final long totalSteps;
    private final ShardWalk[] walks;
    private final int slots;

    /**
     * What stays the same from round to round.
     *
     * @param spec what the VAE is
     * @param optimizer of each replica
     * @param precision of the products in its minibatch steps
     * @param stepSize of that optimizer
     * @param moments what happens to its moments between rounds
     * @param outer the driver's step
     * @param batchSize rows of a replica's minibatch
     * @param trimmedShare of each minibatch's rows that is left out, those that cost most; 0: none
     * @param epochs passes over the rows, which decide how many steps there are in all
     * @param seed of the order of rows and of all noise
     * @param start the global step at which the first epoch begins, at least 0
     */
    public record Plan(
            VaeSpec spec,
            InnerOptimizer optimizer,
            Precision precision,
            StepSize stepSize,
            MomentMerge moments,
            OuterOptimizer outer,
            int batchSize,
            double trimmedShare,
            int epochs,
            long seed,
            long start) {
        public Plan {
            Check.positive("batchSize", batchSize);
            Check.argument(trimmedShare >= 0 && trimmedShare < 1, "trimmedShare", "lie in [0, 1)", trimmedShare);
            Check.positive("epochs", epochs);
        }

        /** A plan that leaves no rows out, in float32. */
        public Plan(
                VaeSpec spec,
                InnerOptimizer optimizer,
                StepSize stepSize,
                MomentMerge moments,
                OuterOptimizer outer,
                int batchSize,
                int epochs,
                long seed,
                long start) {
            this(spec, optimizer, Precision.FLOAT32, stepSize, moments, outer, batchSize, 0, epochs, seed, start);
        }
    }

    /** @throws IllegalArgumentException if the shards have no row */
    public AveragingRounds(JavaSparkContext spark, ReplicaShards shards, Plan plan) {
        this.spark = spark;
        this.shards = shards;
        this.outer = plan.outer();
        this.stepSize = plan.stepSize();
        int[][] segmentRows = IntStream.range(0, shards.replicas())
                .mapToObj(shards::segmentRows)
                .toArray(int[][]::new);
        replicaPlan = new ReplicaPlan(
                plan.spec(),
                plan.optimizer(),
                plan.precision(),
                plan.moments(),
                plan.batchSize(),
                plan.trimmedShare(),
                plan.seed(),
                plan.start(),
                segmentRows);
        totalSteps = Math.multiplyExact(replicaPlan.stepsPerEpoch(), plan.epochs());
        walks = IntStream.range(0, replicaPlan.replicas())
                .mapToObj(replicaPlan::walk)
                .toArray(ShardWalk[]::new);
        slots = Math.max(1, Math.min(replicaPlan.replicas(), spark.defaultParallelism()));
    }

    private AveragingRounds(AveragingRounds from, OuterOptimizer outer) {
        spark = from.spark;
        shards = from.shards;
        replicaPlan = from.replicaPlan;
        this.outer = outer;
        stepSize = from.stepSize;
        totalSteps = from.totalSteps;
        walks = from.walks;
        slots = from.slots;
    }

    /** The same rounds with another outer optimizer. */
    public AveragingRounds with(OuterOptimizer other) {
        return new AveragingRounds(this, other);
    }

    /** Minibatch steps of the largest shard in one epoch, at least 1. */
    public long stepsPerEpoch() {
        return replicaPlan.stepsPerEpoch();
    }

    /** Minibatch steps of a replica in the whole run. */
    public long totalSteps() {
        return totalSteps;
    }

    /**
     * Seconds that a replica needs for a minibatch step, roughly: the mean of some steps, here and now.
     *
     * @param parameters of the network, which stay as they are
     * @param row an encoded row, all minibatches' only content
     */
    public static double secondsPerStep(Plan plan, float[] parameters, float[] row) {
        ReplicaPlan replica = new ReplicaPlan(
                plan.spec(),
                plan.optimizer(),
                plan.precision(),
                plan.moments(),
                plan.batchSize(),
                plan.trimmedShare(),
                plan.seed(),
                0,
                new int[][] {{plan.batchSize()}});
        AveragingState start = AveragingState.initial(
                parameters, plan.optimizer().hasMoments(), plan.trimmedShare() > 0, plan.outer());
        float[] values = new float[Math.multiplyExact(row.length, plan.batchSize())];
        for (int at = 0; at < values.length; at += row.length) {
            System.arraycopy(row, 0, values, at, row.length);
        }
        RowBatch batch = RowBatch.of(row.length, values);
        try (ReplicaMemory memory = new ReplicaMemory(replica)) {
            memory.load(ReplicaState.of(start));
            long began = System.nanoTime();
            long nanos = 0;
            int steps = 0;
            // The first ones compile, and load libraries.
            for (int step = 0; step < MOST_TIMED_STEPS && System.nanoTime() - began < LONGEST_TIMING; step++) {
                long stepBegan = System.nanoTime();
                memory.step(batch, plan.seed(), step, step + 1L, 0, null);
                nanos += System.nanoTime() - stepBegan;
                steps++;
                if (step == MOST_TIMED_STEPS / 2) {
                    nanos = 0;
                    steps = 0;
                }
            }
            return nanos * 1e-9 / Math.max(1, steps);
        }
    }

    /** The state before the first round. */
    public AveragingState initial(float[] parameters) {
        boolean withMoments = replicaPlan.optimizer().hasMoments() && replicaPlan.moments() == MomentMerge.AVERAGE;
        return AveragingState.initial(parameters, withMoments, replicaPlan.trimmedShare() > 0, outer);
    }

    /**
     * The state of a run that was begun by another object.
     *
     * @param step minibatch steps made
     * @param parameters of the network
     * @param moments first and second ones; empty: zeros
     * @param velocity the outer optimizer's; empty: zeros
     */
    public AveragingState continued(long step, float[] parameters, Optional<float[][]> moments, float[] velocity) {
        AveragingState initial = initial(parameters);
        boolean withMoments = initial.firstMoments() != null && moments.isPresent();
        return new AveragingState(
                step,
                0,
                initial.parameters(),
                withMoments ? moments.get()[0] : initial.firstMoments(),
                withMoments ? moments.get()[1] : initial.secondMoments(),
                velocity.length == 0 ? initial.velocity() : velocity,
                initial.teacher());
    }

    /** Makes a round of {@code steps} minibatch steps from {@code state}, which stays as it is. */
    public RoundOutcome run(AveragingState state, int steps) {
        Check.positive("steps", steps);
        long start = System.nanoTime();
        double[] rates = new double[steps];
        for (int i = 0; i < steps; i++) {
            rates[i] = stepSize.at(state.step() + i, totalSteps);
        }
        ReplicaSum sum = trained(new Round(state.step(), rates), state);
        AveragingState next = null;
        if (sum.hasMean()) {
            next = OuterStep.next(state, steps, sum, outer, rates[0]);
        } else if (sum.sums().leftOut() < replicaPlan.replicas()) {
            next = unchanged(state, steps);
        }
        long nanos = System.nanoTime() - start;
        // With more replicas than cores, one core works through several of them.
        long compute = Math.max(sum.sums().longestComputeNanos(), sum.sums().computeNanos() / slots);
        return new RoundOutcome(next, sum.sums(), nanos, Math.min(nanos, compute));
    }

    /** After a round in which no replica that had rows stayed finite: the steps count, the state stays. */
    private static AveragingState unchanged(AveragingState state, int steps) {
        return new AveragingState(
                state.step() + steps,
                state.round() + 1,
                state.parameters(),
                state.firstMoments(),
                state.secondMoments(),
                state.velocity(),
                state.teacher());
    }

    private ReplicaSum trained(Round round, AveragingState state) {
        int[][] segments = new int[walks.length][];
        for (int replica = 0; replica < segments.length; replica++) {
            segments[replica] = walks[replica].segments(round.firstStep(), round.steps());
        }
        ReplicaTask task = new ReplicaTask(replicaPlan, round);
        ReplicaState start = ReplicaState.of(state);
        try (SentState sent = SentState.of(spark, start)) {
            ReplicaSum sum = merged(new RoundRdd(shards.select(segments).rdd(), task, sent));
            sum.sums().addBytes(start.bytes() * replicaPlan.replicas());
            return sum;
        }
    }

    /** In the order of replicas, never of arrival. Many replicas are merged in groups first, on the executors. */
    private ReplicaSum merged(RoundRdd round) {
        ReplicaSum sum = new ReplicaSum();
        int replicas = replicaPlan.replicas();
        if (replicas <= FLAT_REPLICAS) {
            round.results().forEach(sum::add);
            return sum;
        }
        int groupSize = (int) Math.ceil(Math.sqrt(replicas));
        int groups = (replicas + groupSize - 1) / groupSize;
        round.toJavaRDD()
                .mapToPair(result -> new Tuple2<>(result.replica() / groupSize, result))
                .partitionBy(new HashPartitioner(groups))
                .values()
                .mapPartitions(AveragingRounds::groupTotal)
                .collect()
                .forEach(sum::add);
        return sum;
    }

    private static Iterator<GroupTotal> groupTotal(Iterator<ReplicaResult> results) {
        ReplicaSum sum = new ReplicaSum();
        Iterable<ReplicaResult> all = () -> results;
        StreamSupport.stream(all.spliterator(), false)
                .sorted(Comparator.comparingInt(ReplicaResult::replica))
                .forEachOrdered(sum::add);
        return List.of(sum.total()).iterator();
    }
}
