package elbow.train.averaging;

import elbow.data.shard.PackedRows;
import elbow.vae.BatchStatistics;
import elbow.vae.input.RowBatch;
import java.io.Serializable;
import java.util.Iterator;

/**
 * A replica's work in a round: a pure function of plan, state, round and the replica's rows. It may run anywhere,
 * several times or twice at once, and gives the same parameters.
 */
final class ReplicaTask implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ReplicaPlan plan;
    private final Round round;

    ReplicaTask(ReplicaPlan plan, Round round) {
        this.plan = plan;
        this.round = round;
    }

    /** Trains on {@code blocks}, which are the segments that {@link ShardWalk#segments} names. */
    ReplicaResult run(int replica, Iterator<PackedRows> blocks, ReplicaState state) {
        ShardWalk walk = plan.walk(replica);
        ShardRows shard =
                new ShardRows(plan.seed(), replica, plan.segmentRows(replica), plan.batchSize(), walk, blocks);
        long last = lastStep(walk);
        if (last < round.firstStep()) {
            return ReplicaResult.idle(replica);
        }
        // Returned to the pool only after success: after a failure its state is unknown.
        ReplicaMemory memory = ReplicaPool.ofProcess().take(plan);
        memory.load(state);
        BatchStatistics observed = new BatchStatistics();
        long start = System.nanoTime();
        long[] rows = train(shard, memory, last, observed);
        long computeNanos = System.nanoTime() - start;
        boolean finite = memory.isFinite();
        ReplicaResult result = new ReplicaResult(
                replica, memory.state(), finite, RoundSums.of(rows[0], rows[1], finite, computeNanos, observed));
        ReplicaPool.ofProcess().giveBack(memory);
        return result;
    }

    // Rows of all minibatches, and how many of them were left out.
    private long[] train(ShardRows shard, ReplicaMemory memory, long last, BatchStatistics statistics) {
        RowBatch batch = memory.newBatch();
        long examples = 0;
        long trimmed = 0;
        for (long step = round.firstStep(); step <= last; step++) {
            shard.fill(step, batch);
            if (batch.count() > 0) {
                // The ELBO of the rows costs a tenth of a step: the last minibatch is a sufficient estimate.
                BatchStatistics wanted = step == last ? statistics : null;
                trimmed += memory.step(batch, plan.seed(), step, iteration(step), round.learningRate(step), wanted);
                examples += batch.count();
            }
        }
        return new long[] {examples, trimmed};
    }

    /** The last step of the round at which the replica has rows; before the first step if there is none. */
    private long lastStep(ShardWalk walk) {
        long step = round.firstStep() + round.steps() - 1;
        while (step >= round.firstStep() && walk.rowsAt(step) == 0) {
            step--;
        }
        return step;
    }

    private long iteration(long step) {
        return 1 + (plan.moments() == MomentMerge.RESET ? step - round.firstStep() : step);
    }
}
