package elbow.train.averaging;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What all replicas begin a round with: parameters and, if the optimizer has any and they are not reset, moments. */
final class ReplicaState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] parameters;
    private final byte @Nullable [] firstMoments;
    private final byte @Nullable [] secondMoments;

    ReplicaState(byte[] parameters, byte @Nullable [] firstMoments, byte @Nullable [] secondMoments) {
        this.parameters = parameters;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
    }

    static ReplicaState of(AveragingState state) {
        return new ReplicaState(
                FloatBytes.of(state.parameters()), bytes(state.firstMoments()), bytes(state.secondMoments()));
    }

    private static byte @Nullable [] bytes(float @Nullable [] floats) {
        return floats == null ? null : FloatBytes.of(floats);
    }

    /** Bytes of all of them. */
    long bytes() {
        return (long) parameters.length + length(firstMoments) + length(secondMoments);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    byte[] parameters() {
        return parameters;
    }

    byte @Nullable [] firstMoments() {
        return firstMoments;
    }

    byte @Nullable [] secondMoments() {
        return secondMoments;
    }

    /** One of them; null where there are no moments. */
    byte @Nullable [] vector(StateVector vector) {
        return switch (vector) {
            case PARAMETERS -> parameters;
            case FIRST_MOMENTS -> firstMoments;
            case SECOND_MOMENTS -> secondMoments;
        };
    }
}
