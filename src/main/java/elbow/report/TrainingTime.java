package elbow.report;

import elbow.model.HistoryEntry;
import java.util.List;
import org.jfree.data.Range;

/** The horizontal axis of the training charts: epochs, or averaging rounds if the history has several to an epoch. */
final class TrainingTime {
    private final List<HistoryEntry> history;
    private final boolean byRound;

    TrainingTime(List<HistoryEntry> history) {
        this.history = history;
        this.byRound = history.stream().map(HistoryEntry::epoch).distinct().count() < history.size();
    }

    int size() {
        return history.size();
    }

    double at(int index) {
        HistoryEntry entry = history.get(index);
        return byRound ? entry.round() : entry.epoch();
    }

    String label() {
        return byRound ? "averaging round" : "epoch";
    }

    /** "epoch 3", "averaging round 12", "the start". */
    String name(int index) {
        HistoryEntry entry = history.get(index);
        return entry.step() == 0 && index == 0
                ? label() + " 0 (untrained)"
                : label() + " " + Numbers.count((long) at(index));
    }

    Range range() {
        double low = history.stream()
                .mapToDouble(e -> byRound ? e.round() : e.epoch())
                .min()
                .orElseThrow();
        double high = history.stream()
                .mapToDouble(e -> byRound ? e.round() : e.epoch())
                .max()
                .orElseThrow();
        double margin = 0.012 * (high - low);
        return high > low ? new Range(low - margin, high + margin) : new Range(low - 0.5, high + 0.5);
    }
}
