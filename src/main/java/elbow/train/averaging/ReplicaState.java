package elbow.train.averaging;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What all replicas begin a round with: parameters and, if the optimizer has any and they are not reset, moments; the
 * teacher's parameters, if rows are trimmed.
 */
final class ReplicaState implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] parameters;
    private final byte @Nullable [] firstMoments;
    private final byte @Nullable [] secondMoments;
    private final byte @Nullable [] teacher;

    ReplicaState(
            byte[] parameters,
            byte @Nullable [] firstMoments,
            byte @Nullable [] secondMoments,
            byte @Nullable [] teacher) {
        this.parameters = parameters;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
        this.teacher = teacher;
    }

    static ReplicaState of(AveragingState state) {
        return new ReplicaState(
                FloatBytes.of(state.parameters()),
                bytes(state.firstMoments()),
                bytes(state.secondMoments()),
                bytes(state.teacher()));
    }

    private static byte @Nullable [] bytes(float @Nullable [] floats) {
        return floats == null ? null : FloatBytes.of(floats);
    }

    /** Bytes of all of them. */
    long bytes() {
        return (long) parameters.length + length(firstMoments) + length(secondMoments) + length(teacher);
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

    byte @Nullable [] teacher() {
        return teacher;
    }

    /** One of them; null where there are no moments or no teacher. */
    byte @Nullable [] vector(StateVector vector) {
        return switch (vector) {
            case PARAMETERS -> parameters;
            case FIRST_MOMENTS -> firstMoments;
            case SECOND_MOMENTS -> secondMoments;
            case TEACHER -> teacher;
        };
    }
}
