package elbow.use;

import elbow.math.FloatMemory;
import elbow.score.ScoringModel;
import elbow.vae.VaeGenerator;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** A model in use by one task: off-heap parameters and activations. */
final class Replica implements AutoCloseable {
    private final VaeGenerator generator;
    private final FloatMemory parameters;

    Replica(ScoringModel model) {
        generator = new VaeGenerator(model.spec());
        parameters = FloatMemory.allocate(model.parameters().length);
        parameters.put(0, model.parameters(), model.parameters().length);
        generator.bind(parameters);
    }

    /** One that lives as long as the running task. */
    static Replica ofTask(ScoringModel model) {
        Replica replica = new Replica(model);
        @Nullable TaskContext task = TaskContext.get();
        if (task != null) {
            TaskCompletionListener freeing = context -> replica.close();
            task.addTaskCompletionListener(freeing);
        }
        return replica;
    }

    VaeGenerator generator() {
        return generator;
    }

    int columns() {
        return generator.spec().inputSize();
    }

    int latentSize() {
        return generator.spec().latentSize();
    }

    int blockRows() {
        return generator.blockRows();
    }

    @Override
    public void close() {
        generator.close();
        parameters.close();
    }
}
