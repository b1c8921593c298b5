package elbow.train;

import elbow.model.HistoryEntry;

/** Hears of a run's progress, on the driver, in order. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * An averaging round has ended.
     *
     * @param round rounds finished in this epoch
     * @param rounds rounds of this epoch
     */
    default void roundFinished(int epoch, int round, int rounds) {}

    /** The averaged network was measured: before training (epoch 0) and after each epoch. */
    default void measured(HistoryEntry entry) {}
}
