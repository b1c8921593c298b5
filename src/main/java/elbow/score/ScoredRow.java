package elbow.score;

import elbow.model.Calibration;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row of the input and its scores: of its original columns in their own units, in nats, higher is better, but for the
 * anomaly score.
 *
 * @param input the row as it was read
 * @param elbo reconstruction - kl
 * @param reconstruction E_q[log p(x|z)]
 * @param kl KL divergence from posterior to prior
 * @param importanceWeightedBound log-mean-exp of the importance weights; NaN without samples
 * @param anomalyScore as the model's {@link AnomalyScoring} says; higher is stranger; infinity where that is not finite
 * @param observed how many of the model's variables the row has
 * @param squaredError sum over the encoded columns that the row has of the squared difference from the expected value
 *     at the posterior mean; NaN unless asked for
 * @param group whose own network scored the row; null for the pooled one, or the only one
 * @param movedScore the anomaly score as it compares with the threshold of the model: see
 *     {@link GroupScoring.Own#moved}
 */
record ScoredRow(
        Row input,
        double elbo,
        double reconstruction,
        double kl,
        double importanceWeightedBound,
        double anomalyScore,
        int observed,
        double squaredError,
        GroupScoring.@Nullable Own group,
        double movedScore) {
    /** Whether the row is an anomaly by that threshold; one whose score is not finite is, by every threshold. */
    boolean isAnomaly(double threshold) {
        return !hasFiniteScore() || movedScore > threshold;
    }

    /** The share of normal rows that score as high: by its group's calibration, or else by {@code pooled}. */
    double tailProbability(Calibration pooled) {
        return group == null ? pooled.tailProbability(anomalyScore) : group.tailProbability(anomalyScore);
    }

    /** Whether its anomaly score is finite: a row so far from all others that float arithmetic ends has none. */
    boolean hasFiniteScore() {
        return Double.isFinite(anomalyScore);
    }
}
