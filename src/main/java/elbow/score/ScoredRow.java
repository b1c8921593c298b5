package elbow.score;

import org.apache.spark.sql.Row;

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
 */
record ScoredRow(
        Row input,
        double elbo,
        double reconstruction,
        double kl,
        double importanceWeightedBound,
        double anomalyScore,
        int observed,
        double squaredError) {
    /** Whether the row is an anomaly by that threshold; one whose score is not finite is, by every threshold. */
    boolean isAnomaly(double threshold) {
        return !hasFiniteScore() || anomalyScore > threshold;
    }

    /** Whether its anomaly score is finite: a row so far from all others that float arithmetic ends has none. */
    boolean hasFiniteScore() {
        return Double.isFinite(anomalyScore);
    }
}
