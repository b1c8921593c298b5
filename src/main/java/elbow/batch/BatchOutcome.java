package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The outcome of a run.
 *
 * @param modelId the model
 * @param scored partitions that it has published, ascending by date
 * @param failed partitions whose data are bad, with what is wrong
 * @param warnings what went wrong beside the scores
 */
public record BatchOutcome(
        String modelId, List<ScoredPartition> scored, SortedMap<LocalDate, String> failed, List<String> warnings) {
    public BatchOutcome {
        scored = List.copyOf(scored);
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        warnings = List.copyOf(warnings);
    }

    /** The error that says which partitions have failed; empty if none has. */
    public Optional<ElbowException> failure() {
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        String dates = failed.keySet().stream().map(LocalDate::toString).collect(Collectors.joining(", "));
        return Optional.of(new ElbowException(
                ErrorCategory.INPUT,
                failed.size() + " of " + (failed.size() + scored.size()) + " partitions could not be scored, " + dates
                        + "; the first one, because " + failed.get(failed.firstKey())));
    }

    /** Collects the outcome during a run. */
    static final class Builder {
        private final List<ScoredPartition> scored = new ArrayList<>();
        private final SortedMap<LocalDate, String> failed = new TreeMap<>();
        private final List<String> warnings = new ArrayList<>();

        void scored(ScoredPartition partition) {
            scored.add(partition);
        }

        void failed(LocalDate date, String reason) {
            failed.put(date, reason);
        }

        void warning(String warning) {
            warnings.add(warning);
        }

        BatchOutcome build(String modelId) {
            return new BatchOutcome(modelId, scored, failed, warnings);
        }
    }
}
