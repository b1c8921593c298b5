package elbow.train.averaging;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.FloatMemory;
import elbow.math.optimizer.FloatTiles;
import elbow.math.optimizer.Optimizer;
import elbow.vae.BatchStatistics;
import elbow.vae.LocalTrainer;
import elbow.vae.VaeEngine;
import elbow.vae.input.RowBatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a running replica: parameters, gradients and activations off the heap, which {@link #close} frees;
 * moments on it; and what leaves rows out, if any are.
 */
final class ReplicaMemory implements AutoCloseable {
    private static final int TILE = 4096;

    private final ReplicaPlan plan;
    private final VaeEngine engine;
    private final FloatMemory parameters;
    private final FloatMemory gradients;
    private final FloatTiles firstMoments;
    private final FloatTiles secondMoments;
    private final boolean returnsMoments;
    private final Optimizer optimizer;
    private final LocalTrainer trainer;
    private final @Nullable RowTrimmer trimmer;

    ReplicaMemory(ReplicaPlan plan) {
        this.plan = plan;
        // The driver, which has looked at its own CPU, may be another machine.
        plan.precision().obstacle().ifPresent(reason -> {
            throw new ElbowException(
                    ErrorCategory.USAGE, "training.precision must be float32 with executors like this one: " + reason);
        });
        engine = new VaeEngine(plan.spec(), plan.batchSize(), plan.precision());
        int length = engine.layout().length();
        parameters = FloatMemory.allocate(length);
        gradients = FloatMemory.allocate(length);
        int moments = plan.optimizer().hasMoments() ? length : 1;
        firstMoments = new FloatTiles(moments);
        secondMoments = new FloatTiles(moments);
        returnsMoments = plan.optimizer().hasMoments() && plan.moments() == MomentMerge.AVERAGE;
        optimizer = plan.optimizer().create(plan.spec(), firstMoments, secondMoments);
        trainer = new LocalTrainer(engine, optimizer, parameters, gradients);
        trimmer = plan.trimmedShare() > 0
                ? new RowTrimmer(plan.spec(), plan.batchSize(), plan.trimmedShare(), gradients)
                : null;
    }

    /** Whether rounds of that plan can work in this memory. */
    boolean fits(ReplicaPlan other) {
        return plan.hasShapeOf(other);
    }

    /** Begins a round: overwrites everything of the round before. */
    void load(ReplicaState state) {
        parameters.put(FloatBytes.view(state.parameters()));
        load(firstMoments, state.firstMoments());
        load(secondMoments, state.secondMoments());
        if (trimmer != null) {
            trimmer.teacher().put(FloatBytes.view(Objects.requireNonNull(state.teacher())));
        }
    }

    private static void load(FloatTiles memory, byte @Nullable [] bytes) {
        if (bytes == null) {
            memory.clear();
        } else {
            memory.put(FloatBytes.view(bytes));
        }
    }

    /**
     * One step on a minibatch, less the rows that are left out.
     *
     * @return how many rows were left out
     */
    int step(
            RowBatch batch,
            long seed,
            long step,
            long iteration,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        if (trimmer == null) {
            trainer.step(batch, seed, step, iteration, learningRate, statistics);
            return 0;
        }
        RowBatch kept = trimmer.trim(batch, seed, step);
        trainer.step(kept, seed, step, iteration, learningRate, statistics);
        trimmer.follow(parameters);
        return batch.count() - kept.count();
    }

    /** Room for the minibatches of one task. */
    RowBatch newBatch() {
        return new RowBatch(engine.spec().inputSize(), engine.maximumRows());
    }

    /** A copy of what goes into the mean; without moments where they are reset. */
    ReplicaState state() {
        return new ReplicaState(
                FloatBytes.of(parameters),
                returnsMoments ? FloatBytes.of(firstMoments) : null,
                returnsMoments ? FloatBytes.of(secondMoments) : null,
                trimmer == null ? null : FloatBytes.of(trimmer.teacher()));
    }

    /** Whether every parameter is a finite number. */
    boolean isFinite() {
        float[] tile = new float[Math.min(TILE, parameters.length())];
        for (int from = 0; from < parameters.length(); from += TILE) {
            int count = Math.min(TILE, parameters.length() - from);
            parameters.get(from, tile, count);
            for (int i = 0; i < count; i++) {
                if (!Float.isFinite(tile[i])) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        engine.close();
        optimizer.close();
        parameters.close();
        gradients.close();
        if (trimmer != null) {
            trimmer.close();
        }
    }
}
