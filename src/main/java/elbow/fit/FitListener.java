package elbow.fit;

import elbow.train.progress.TrainingListener;

/** Receives the events of a fit, on the driver, in order. */
public interface FitListener extends TrainingListener {
    /** Ignores every event. */
    FitListener SILENT = new FitListener() {};

    /** The rows have been read, and everything is decided. */
    default void planned(PlannedFit planned) {}

    /**
     * The rows asked for something out of the ordinary, or a result needs an explanation.
     *
     * @param remark a sentence
     */
    default void noted(String remark) {}

    /**
     * The fit goes on from a checkpoint.
     *
     * @param round rounds that were finished then
     */
    default void resumed(int round) {}

    /** The rows are laid out, and training begins. */
    default void trainingStarted() {}

    /** Training is over, whether it has succeeded or not. */
    default void trainingEnded() {}
}
