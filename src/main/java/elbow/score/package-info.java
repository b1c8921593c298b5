/**
 * Scores for every row of a data set, computed across the cluster, and what follows from them: means over a data set,
 * thresholds, how well the scores rank labelled anomalies.
 */
@NullMarked
package elbow.score;

import org.jspecify.annotations.NullMarked;
