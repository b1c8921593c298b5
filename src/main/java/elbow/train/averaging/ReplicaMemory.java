package elbow.train.averaging;

import elbow.math.FloatMemory;
import elbow.math.FloatTiles;
import elbow.math.Optimizer;
import elbow.vae.LocalTrainer;
import elbow.vae.VaeEngine;
import elbow.vae.input.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a replica at work: parameters, gradients and activations off the heap, which {@link #close} frees;
 * moments on it.
 */
final class ReplicaMemory implements AutoCloseable {
    private static final int TILE = 4096;

    private final RoundSettings settings;
    private final VaeEngine engine;
    private final FloatMemory parameters;
    private final FloatMemory gradients;
    private final FloatTiles firstMoments;
    private final FloatTiles secondMoments;
    private final boolean returnsMoments;
    private final LocalTrainer trainer;

    ReplicaMemory(RoundSettings settings) {
        this.settings = settings;
        engine = new VaeEngine(settings.spec(), settings.batchSize());
        int length = engine.layout().length();
        parameters = FloatMemory.allocate(length);
        gradients = FloatMemory.allocate(length);
        int moments = settings.optimizer().hasMoments() ? length : 1;
        firstMoments = new FloatTiles(moments);
        secondMoments = new FloatTiles(moments);
        returnsMoments = settings.optimizer().hasMoments() && settings.moments() == MomentMerge.AVERAGE;
        Optimizer optimizer = settings.optimizer().create(firstMoments, secondMoments);
        trainer = new LocalTrainer(engine, optimizer, parameters, gradients);
    }

    /** Whether rounds with these settings can work in this memory. */
    boolean fits(RoundSettings other) {
        return settings.hasShapeOf(other);
    }

    /** Begins a round: nothing of what was here before is left. */
    void load(ReplicaState state) {
        parameters.put(FloatBytes.view(state.parameters()));
        load(firstMoments, state.firstMoments());
        load(secondMoments, state.secondMoments());
    }

    private static void load(FloatTiles memory, byte @Nullable [] bytes) {
        if (bytes == null) {
            memory.clear();
        } else {
            memory.put(FloatBytes.view(bytes));
        }
    }

    LocalTrainer trainer() {
        return trainer;
    }

    /** Room for the minibatches of one task. */
    RowBatch newBatch() {
        return new RowBatch(engine.spec().inputSize(), engine.maximumRows());
    }

    /** A copy of what the next round is made from; no moments where they are reset. */
    ReplicaState state() {
        return new ReplicaState(
                FloatBytes.of(parameters),
                returnsMoments ? FloatBytes.of(firstMoments) : null,
                returnsMoments ? FloatBytes.of(secondMoments) : null);
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
        parameters.close();
        gradients.close();
    }
}
