package elbow.tune;

import elbow.base.Configuration;
import java.util.List;

/**
 * What a search has come to.
 *
 * @param plan what it was to do
 * @param trials by rank, the winner first
 * @param configuration the winner's: a fit with it, on the same rows, leaves the winner's network
 */
public record TuningResult(TuningPlan plan, List<RankedTrial> trials, Configuration configuration) {
    public TuningResult {
        trials = List.copyOf(trials);
    }

    /** The best trial. */
    public RankedTrial winner() {
        return trials.get(0);
    }

    /** The best trial's longest training. */
    public TrialRun winning() {
        return winner().best().orElseThrow();
    }

    /** The configuration as it was. */
    public RankedTrial baseline() {
        return trials.stream()
                .filter(ranked -> ranked.trial().isBaseline())
                .findFirst()
                .orElseThrow();
    }
}
