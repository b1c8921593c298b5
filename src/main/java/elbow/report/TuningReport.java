package elbow.report;

import elbow.base.Check;
import java.util.List;
import java.util.Map;

/**
 * What the report of a search for settings shows.
 *
 * @param title what was searched on
 * @param score what trials are compared by, higher is better
 * @param unit of the score, in words
 * @param facts names and values for the first section, in their order
 * @param space what was tried for each key, in words
 * @param winning the winner's configuration as a file has it
 * @param trials by rank, the winner first
 */
public record TuningReport(
        String title,
        String score,
        String unit,
        Map<String, String> facts,
        Map<String, String> space,
        String winning,
        List<Trial> trials) {
    public TuningReport {
        trials = List.copyOf(trials);
        Check.argument(!trials.isEmpty(), "trials", "be at least one", 0);
    }

    /** What a trial is to the others. */
    public enum Role {
        /** One of those that were drawn. */
        DRAWN,
        /** The configuration as it was. */
        BASELINE
    }

    /**
     * A trial.
     *
     * @param number in the order in which they were drawn
     * @param role what it is to the others
     * @param settings in words
     * @param scores after each of its trainings, the shortest first; those that failed are left out
     * @param parameters of the network
     * @param seconds of all its trainings
     * @param failure why the last of them has no score; empty if it has one
     */
    public record Trial(
            int number,
            Role role,
            String settings,
            List<Score> scores,
            int parameters,
            double seconds,
            String failure) {
        public Trial {
            scores = List.copyOf(scores);
        }
    }

    /**
     * A score.
     *
     * @param epochs of the training
     * @param value higher is better
     * @param standardError of it; NaN if not known
     */
    public record Score(int epochs, double value, double standardError) {}
}
