package elbow.train.checkpoint;

import java.util.Optional;
import java.util.function.Supplier;

/** Where a run begins and where it leaves its checkpoints. */
public interface Checkpoints {
    /** A run from its start that leaves none. */
    Checkpoints NONE = new Checkpoints() {};

    /** The checkpoint to go on from; empty: from the start. */
    default Optional<Checkpoint> start() {
        return Optional.empty();
    }

    /**
     * A round has ended; a checkpoint can be had now.
     *
     * @param round rounds finished
     */
    default void roundFinished(int round, Supplier<Checkpoint> checkpoint) {}

    /**
     * The run has diverged and ends.
     *
     * @param checkpoint where it stood before
     */
    default void diverged(Checkpoint checkpoint) {}
}
