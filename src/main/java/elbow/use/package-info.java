/**
 * A trained model at work on rows beyond their scores: {@link elbow.use.Generation makes rows},
 * {@link elbow.use.LatentEncoding encodes} them, {@link elbow.use.Reconstruction reconstructs} them,
 * {@link elbow.use.Imputation fills} their gaps, and goes on lines between them, {@link elbow.use.Interpolation} and
 * {@link elbow.use.LatentArithmetic}. Each takes and gives a DataFrame, computed across the cluster when it is used, in
 * the columns' own units, categories and types.
 *
 * <p>The result of a row depends on the model, the seed and the row alone, to the bit on one type of CPU: not on its
 * neighbours, its place or its partition. The noise of rows that are made is keyed by their number, that of rows that
 * are read by their content, as in scoring: equal rows have equal draws.
 *
 * <p>{@link elbow.score.ModelInTask} is the model, {@code RowBlocks} brings it rows, {@link elbow.data.table.MadeRows}
 * is the way of rows back into Spark.
 */
@NullMarked
package elbow.use;

import org.jspecify.annotations.NullMarked;
