package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.score.alarm.AlarmAction;
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
 * @param failed partitions that could not be scored, with what is wrong
 * @param warnings what went wrong beside the scores
 * @param alarm what an alarm of a partition does
 */
public record BatchOutcome(
        String modelId,
        List<ScoredPartition> scored,
        SortedMap<LocalDate, ElbowException> failed,
        List<String> warnings,
        AlarmAction alarm) {
    public BatchOutcome {
        scored = List.copyOf(scored);
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        warnings = List.copyOf(warnings);
    }

    /**
     * The error that says which partitions have failed, or else which ones raise an alarm, if that is a failure; empty
     * if all is well.
     */
    public Optional<ElbowException> failure() {
        if (failed.isEmpty()) {
            return alarm == AlarmAction.FAIL ? alarms() : Optional.empty();
        }
        ElbowException first = failed.values().iterator().next();
        String dates = failed.keySet().stream().map(LocalDate::toString).collect(Collectors.joining(", "));
        return Optional.of(new ElbowException(
                category(),
                failed.size() + " of " + (failed.size() + scored.size()) + " partitions could not be scored, " + dates
                        + "; the first one, because " + reason(first),
                first));
    }

    // Settings that no partition suits are wrong; where some suit, the others' data are.
    private ErrorCategory category() {
        if (isOf(ErrorCategory.INTERNAL)) {
            return ErrorCategory.INTERNAL;
        }
        return scored.isEmpty() && !isOf(ErrorCategory.INPUT) ? ErrorCategory.USAGE : ErrorCategory.INPUT;
    }

    private boolean isOf(ErrorCategory category) {
        return failed.values().stream().anyMatch(failure -> failure.category() == category);
    }

    /** What is wrong with a partition, in the words of the section {@code batch}. */
    static String reason(ElbowException failure) {
        return BatchWords.of(failure.userMessage()).toString();
    }

    private Optional<ElbowException> alarms() {
        List<ScoredPartition> alarming = scored.stream()
                .filter(partition -> !partition.alarms().isEmpty())
                .toList();
        if (alarming.isEmpty()) {
            return Optional.empty();
        }
        String dates =
                alarming.stream().map(partition -> partition.date().toString()).collect(Collectors.joining(", "));
        return Optional.of(new ElbowException(
                ErrorCategory.ALARM,
                alarming.size() + " of " + scored.size() + " partitions are published, but raise an alarm, " + dates
                        + "; the first one: " + alarming.get(0).alarms().get(0).text()));
    }

    /** Collects the outcome during a run. */
    static final class Builder {
        private final List<ScoredPartition> scored = new ArrayList<>();
        private final SortedMap<LocalDate, ElbowException> failed = new TreeMap<>();
        private final List<String> warnings = new ArrayList<>();

        void scored(ScoredPartition partition) {
            scored.add(partition);
        }

        void failed(LocalDate date, ElbowException failure) {
            failed.put(date, failure);
        }

        void warning(String warning) {
            warnings.add(warning);
        }

        BatchOutcome build(String modelId, AlarmAction alarm) {
            return new BatchOutcome(modelId, scored, failed, warnings, alarm);
        }
    }
}
