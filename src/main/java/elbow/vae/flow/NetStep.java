package elbow.vae.flow;

import elbow.math.FloatMemory;
import elbow.vae.layer.RowNet;
import org.jspecify.annotations.Nullable;

/** A step whose parameters are those of one {@link RowNet}. */
interface NetStep extends FlowStep {
    RowNet net();

    @Override
    default void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        net().bind(parameters, gradients);
    }

    @Override
    default void begin() {
        net().begin();
    }

    @Override
    default void writeGradients() {
        net().writeGradients();
    }

    @Override
    default void close() {
        net().close();
    }
}
