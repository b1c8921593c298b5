/**
 * The fitted {@link elbow.data.feature.FeatureEncoder}: what each column of a table is to the network, and back.
 *
 * <p>A feature says what it needs of a column, by which slots of {@link elbow.data.encoding} it becomes numbers, and
 * which likelihood models it. A new type of feature is a record beside these, its line in
 * {@link elbow.data.feature.FeatureType}, and its fields in the JSON. What is stored with a model may only grow:
 * {@link elbow.data.feature.FeatureEncoderJson} reads every version there has been.
 */
@NullMarked
package elbow.data.feature;

import org.jspecify.annotations.NullMarked;
