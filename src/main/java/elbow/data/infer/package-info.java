/**
 * Types of columns, inferred from their values: a summary for each column in one pass over the rows, a verdict with its
 * reason from each summary, and the encoder fitted to them.
 *
 * <p>Summaries can be merged and go by any serializer. A rule by which a type is inferred belongs to the inference of
 * its kind of column, a limit to {@link elbow.data.infer.InferenceSettings}.
 */
@NullMarked
package elbow.data.infer;

import org.jspecify.annotations.NullMarked;
