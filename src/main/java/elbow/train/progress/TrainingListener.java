package elbow.train.progress;

import elbow.model.HistoryEntry;
import java.util.List;

/** Receives the events of a run on the driver, in order. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /** Forwards to each of {@code listeners} in turn. */
    static TrainingListener all(List<TrainingListener> listeners) {
        List<TrainingListener> all = List.copyOf(listeners);
        return new TrainingListener() {
            @Override
            public void frequencyChosen(int steps) {
                all.forEach(listener -> listener.frequencyChosen(steps));
            }

            @Override
            public void warned(String message) {
                all.forEach(listener -> listener.warned(message));
            }

            @Override
            public void roundFinished(RoundReport report) {
                all.forEach(listener -> listener.roundFinished(report));
            }

            @Override
            public void measured(HistoryEntry entry) {
                all.forEach(listener -> listener.measured(entry));
            }
        };
    }

    /** The number of minibatch steps of a round is settled, by configuration or by measurement. */
    default void frequencyChosen(int steps) {}

    /** A warning for the user. */
    default void warned(String message) {}

    /** An averaging round has ended. */
    default void roundFinished(RoundReport report) {}

    /** The averaged network was measured: before training (epoch 0) and every few epochs. */
    default void measured(HistoryEntry entry) {}
}
