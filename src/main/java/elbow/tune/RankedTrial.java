package elbow.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A trial and what it has come to.
 *
 * @param rank from 1
 * @param trial its settings
 * @param runs its trainings, the shortest first
 */
public record RankedTrial(int rank, Trial trial, List<TrialRun> runs) {
    /** Trials of more epochs first, among these the better ones; those without any score last. */
    static final Comparator<RankedTrial> ORDER = Comparator.comparing(
                    (RankedTrial ranked) -> ranked.best().isEmpty())
            .thenComparing(Comparator.comparingInt((RankedTrial ranked) ->
                            ranked.best().map(TrialRun::epochs).orElse(0))
                    .reversed())
            .thenComparing(ranked -> ranked.best().orElse(ranked.runs().get(0)), TrialRun.BY_SCORE);

    public RankedTrial {
        runs = List.copyOf(runs);
    }

    RankedTrial at(int place) {
        return new RankedTrial(place, trial, runs);
    }

    /** The longest training that has a score. */
    public Optional<TrialRun> best() {
        return runs.stream().filter(run -> !run.hasFailed()).reduce((first, second) -> second);
    }

    /** Seconds of all its trainings. */
    public double seconds() {
        return runs.stream()
                .mapToDouble(TrialRun::seconds)
                .filter(Double::isFinite)
                .sum();
    }

    /** Why its last training has no score; empty if it has one. */
    public Optional<String> failure() {
        return Optional.ofNullable(runs.get(runs.size() - 1).failure());
    }
}
