package elbow.benchmark;

import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.math.FloatMemory;
import elbow.train.averaging.AveragingRounds;
import elbow.train.averaging.AveragingState;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.MomentMerge;
import elbow.train.averaging.OuterOptimizer;
import elbow.train.averaging.RoundOutcome;
import elbow.vae.Initialisation;
import elbow.vae.VaeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a round costs besides its minibatch steps: rounds of one step each, with a small minibatch. */
final class RoundCost {
    private static final int COLUMNS = 100;
    private static final int BATCH = 8;
    private static final long SEED = 1;

    private RoundCost() {}

    /** Median seconds of a round that are no computing, by the number of parameters and replicas. */
    record Measured(long parameters, int replicas, double overheadSeconds) {}

    static Measured measure(LocalCluster cluster, int hiddenUnits, int replicas, int rounds) {
        VaeSpec spec = VaeSpec.builder(COLUMNS, 10)
                .encoder(hiddenUnits)
                .decoder(hiddenUnits)
                .build();
        ShardLayout layout = new ShardLayout(replicas, 1);
        try (ReplicaShards shards = ReplicaShards.keep(
                Shards.ofEncoded(cluster.context().parallelize(rows(40 * replicas)), COLUMNS, layout, SEED, 512),
                layout)) {
            AveragingRounds averaging = new AveragingRounds(
                    cluster.context(),
                    shards,
                    new AveragingRounds.Plan(
                            spec,
                            InnerOptimizer.ADAM,
                            LearningRate.constant(1e-3),
                            MomentMerge.AVERAGE,
                            new OuterOptimizer.Average(),
                            BATCH,
                            1000,
                            SEED,
                            0));
            AveragingState state = averaging.initial(parameters(spec));
            double[] seconds = new double[rounds];
            for (int round = -rounds; round < rounds; round++) {
                RoundOutcome outcome = averaging.run(state, 1);
                state = outcome.requireNext();
                seconds[Math.max(0, round)] = outcome.overheadNanos() * 1e-9;
            }
            Arrays.sort(seconds);
            return new Measured(state.parameters().length, replicas, seconds[rounds / 2]);
        }
    }

    private static float[] parameters(VaeSpec spec) {
        try (FloatMemory memory = FloatMemory.allocate(spec.layout().length())) {
            Initialisation.initialise(spec, SEED, memory);
            return memory.toArray();
        }
    }

    private static List<float[]> rows(int count) {
        Random random = new Random(2);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = new float[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = random.nextInt(2);
            }
            rows.add(row);
        }
        return rows;
    }
}
