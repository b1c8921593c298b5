package elbow.train;

import elbow.base.Check;
import elbow.model.HistoryEntry;
import java.util.List;
import java.util.OptionalLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The result of a training run.
 *
 * @param network the averaged network in its best state
 * @param history the averaged network before training and after each epoch
 * @param kept index in {@code history} of the state that {@code network} is in
 * @param seconds wall-clock time of the averaging rounds, without the measurements between epochs, in seconds
 * @param averagingFrequency minibatch steps of a replica between two averagings
 * @param roundOverhead share of the rounds' time, in [0, 1], that was not spent in minibatch steps; NaN if not known
 * @param roundBytes bytes of the states that the replicas of a round began with and gave back, on average over the
 *     rounds of this process; empty if not known
 * @param replicasLeftOut replicas left out of a mean because they were no longer finite, over all rounds
 * @param trimmedShare share of the rows of all minibatches that was left out as the costliest, in [0, 1); of a resumed
 *     run since it was resumed
 */
public record TrainingOutcome(
        MultiLayerNetwork network,
        List<HistoryEntry> history,
        int kept,
        double seconds,
        int averagingFrequency,
        double roundOverhead,
        OptionalLong roundBytes,
        long replicasLeftOut,
        double trimmedShare) {
    public TrainingOutcome {
        history = List.copyOf(history);
        Check.argument(kept >= 0 && kept < history.size(), "kept", "be an index in history", kept);
    }

    /** The untrained network, measured. */
    public HistoryEntry before() {
        return history.get(0);
    }

    /** The network that is kept, measured. */
    public HistoryEntry after() {
        return history.get(kept);
    }

    /** Rows per second of all replicas together, measurements left out. */
    public double examplesPerSecond() {
        return history.get(history.size() - 1).examples() / seconds;
    }
}
