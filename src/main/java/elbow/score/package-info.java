/**
 * Scores for every row of a data set, computed across the cluster, and what follows from them: means over a data set,
 * thresholds, how well the scores rank labelled anomalies.
 *
 * <p>A row's scores depend on the row and the model alone, to the bit: not on its neighbours, its place or its
 * partition. A new column of scores is a constant of {@link elbow.score.ScoreColumns} and comes from the one pass
 * through the network.
 */
@NullMarked
package elbow.score;

import org.jspecify.annotations.NullMarked;
