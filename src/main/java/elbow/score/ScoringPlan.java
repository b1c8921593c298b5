package elbow.score;

import elbow.base.Check;
import java.time.Instant;
import java.util.List;

/**
 * How rows are scored.
 *
 * @param kept columns of the rows that the result repeats, before the scores
 * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
 * @param threshold the anomaly score above which a row is an anomaly, in nats
 * @param explained how many columns {@code contributions} names of each row, at least 0; 0 leaves it null, which is
 *     cheaper
 * @param explainedRows of which rows; {@code contributions} of the others is null
 * @param scoredAt when this run began, for the column of that name
 */
public record ScoringPlan(
        List<String> kept,
        int samples,
        double threshold,
        int explained,
        ExplainedRows explainedRows,
        Instant scoredAt) {
    /** As asked, with every row explained. */
    public ScoringPlan(List<String> kept, int samples, double threshold, int explained, Instant scoredAt) {
        this(kept, samples, threshold, explained, ExplainedRows.ALL, scoredAt);
    }

    public ScoringPlan {
        kept = List.copyOf(kept);
        Check.argument(samples >= 0, "samples", "be at least 0", samples);
        Check.argument(!Double.isNaN(threshold), "threshold", "be a number", threshold);
        Check.argument(explained >= 0, "explained", "be at least 0", explained);
    }
}
