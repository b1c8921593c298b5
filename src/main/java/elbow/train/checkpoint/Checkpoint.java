package elbow.train.checkpoint;

import elbow.base.Check;
import elbow.model.HistoryEntry;
import elbow.train.averaging.AveragingState;
import java.util.List;

/**
 * A run between two rounds.
 *
 * @param frequency minibatch steps between two averagings, as settled
 * @param damagedRounds rounds in a row, up to this one, from which a replica was left out
 * @param state where the run stands
 * @param best the best state that was measured; the first one as long as none is
 * @param kept index of its measurement in {@code history}; 0 as long as none is
 * @param seconds of training so far
 * @param history the measurements so far, at least the one before training
 */
public record Checkpoint(
        int frequency,
        int damagedRounds,
        AveragingState state,
        AveragingState best,
        int kept,
        double seconds,
        List<HistoryEntry> history) {
    public Checkpoint {
        Check.positive("frequency", frequency);
        Check.argument(damagedRounds >= 0, "damagedRounds", "be at least 0", damagedRounds);
        history = List.copyOf(history);
        Check.argument(kept >= 0 && kept < history.size(), "kept", "be an index in history", kept);
    }
}
