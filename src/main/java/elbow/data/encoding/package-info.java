/**
 * Rows as numbers: what each value of a row becomes in the row that the network sees, and what log-Jacobian that has.
 *
 * <p>{@link elbow.data.feature} decides how a column is encoded and is part of the model; here it is done, row by row,
 * on executors. A new way to encode a value is its {@link elbow.data.encoding.Slot}, and the way back, for rows that a
 * model makes, its {@link elbow.data.encoding.Cell}. What is done to a value never changes, for models are trained on
 * it.
 */
@NullMarked
package elbow.data.encoding;

import org.jspecify.annotations.NullMarked;
