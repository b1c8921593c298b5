package elbow.train.checkpoint;

import java.util.Optional;
import java.util.function.Supplier;

/** The checkpoint that a run starts from, and the receiver of those that it makes. */
public interface Checkpoints {
    /** A run from the beginning without checkpoints. */
    Checkpoints NONE = new Checkpoints() {};

    /** The checkpoint to go on from; empty: from the start. */
    default Optional<Checkpoint> start() {
        return Optional.empty();
    }

    /**
     * A round has ended, after which a checkpoint can be taken.
     *
     * @param round rounds finished
     * @throws TrainingStoppedException if training is to end here
     */
    default void roundFinished(int round, Supplier<Checkpoint> checkpoint) {}

    /**
     * The run has diverged and ends.
     *
     * @param checkpoint where it stood before
     */
    default void diverged(Checkpoint checkpoint) {}
}
