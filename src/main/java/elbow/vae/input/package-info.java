/**
 * Rows on their way in: batches, checks, gaps, binarisation, and what the encoder sees of the values.
 *
 * <p>{@link elbow.vae.input.RowBatch} is how rows come, with the keys of their noise: whoever encodes a row makes its
 * key by {@link elbow.vae.input.RowBatch#key}, and keeps it beside the row. What may stand in a column is said by its
 * likelihood.
 */
@NullMarked
package elbow.vae.input;

import org.jspecify.annotations.NullMarked;
