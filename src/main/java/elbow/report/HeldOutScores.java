package elbow.report;

import elbow.base.Check;
import java.util.Optional;

/**
 * Anomaly scores of rows that were not trained on, and the threshold that was set on them.
 *
 * @param scores anomaly score of each row, in nats, higher is stranger; at least one. Values that are not finite are
 *     counted and left out of the chart.
 * @param threshold in nats; a row whose score is above it counts as anomalous
 * @param quantile the share of the held-out scores, in (0, 1), that the threshold was set to have at or below it
 * @param anomalous for each row whether its label says that it is an anomaly; empty when there are no labels
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
public record HeldOutScores(double[] scores, double threshold, double quantile, Optional<boolean[]> anomalous) {
    public HeldOutScores {
        Check.argument(scores.length > 0, "scores", "have at least one value", scores.length);
        Check.argument(Double.isFinite(threshold), "threshold", "be finite", threshold);
        Check.argument(quantile > 0 && quantile < 1, "quantile", "lie in (0, 1)", quantile);
        if (anomalous.isPresent()) {
            int labels = anomalous.get().length;
            Check.argument(labels == scores.length, "anomalous", "have as many values as scores", labels);
        }
        scores = scores.clone();
        anomalous = anomalous.map(boolean[]::clone);
    }

    /** Scores of rows without labels. */
    public HeldOutScores(double[] scores, double threshold, double quantile) {
        this(scores, threshold, quantile, Optional.empty());
    }
}
