package elbow.train.averaging;

import elbow.math.FloatMemory;
import elbow.math.Optimizer;
import elbow.vae.LocalTrainer;
import elbow.vae.VaeEngine;
import org.jspecify.annotations.Nullable;

/**
 * The off-heap memory of a replica at work: parameters, gradients, moments and activations; freed by {@link #close}.
 */
final class ReplicaMemory implements AutoCloseable {
    private final VaeEngine engine;
    private final FloatMemory parameters;
    private final FloatMemory gradients;
    private final FloatMemory firstMoments;
    private final FloatMemory secondMoments;
    private final boolean returnsMoments;
    private final LocalTrainer trainer;

    ReplicaMemory(RoundSettings settings, ReplicaState state) {
        engine = new VaeEngine(settings.spec(), settings.batchSize());
        int length = engine.layout().length();
        parameters = filled(state.parameters(), length);
        gradients = FloatMemory.allocate(length);
        int moments = settings.optimizer().hasMoments() ? length : 1;
        firstMoments = filled(state.firstMoments(), moments);
        secondMoments = filled(state.secondMoments(), moments);
        returnsMoments = settings.optimizer().hasMoments() && settings.moments() == MomentMerge.AVERAGE;
        Optimizer optimizer = settings.optimizer().create(firstMoments, secondMoments);
        trainer = new LocalTrainer(engine, optimizer, parameters, gradients);
    }

    private static FloatMemory filled(byte @Nullable [] bytes, int length) {
        FloatMemory memory = FloatMemory.allocate(length);
        if (bytes != null) {
            float[] floats = FloatBytes.toFloats(bytes);
            memory.put(0, floats, floats.length);
        }
        return memory;
    }

    LocalTrainer trainer() {
        return trainer;
    }

    int inputSize() {
        return engine.spec().inputSize();
    }

    /** A copy of what the next round is made from; no moments where they are reset. */
    ReplicaState state() {
        return new ReplicaState(
                FloatBytes.of(parameters.toArray()),
                returnsMoments ? FloatBytes.of(firstMoments.toArray()) : null,
                returnsMoments ? FloatBytes.of(secondMoments.toArray()) : null);
    }

    /** Whether every parameter is a finite number. */
    boolean isFinite() {
        // Zero times anything that is not finite is NaN.
        float sum = 0;
        for (float value : parameters.toArray()) {
            sum += 0f * value;
        }
        return sum == 0;
    }

    @Override
    public void close() {
        engine.close();
        parameters.close();
        gradients.close();
        firstMoments.close();
        secondMoments.close();
    }
}
