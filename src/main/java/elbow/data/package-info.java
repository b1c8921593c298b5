/**
 * From files to what the network reads: readers, the fitted {@link elbow.data.FeatureEncoder}, the split into training
 * and validation rows, and compact {@link elbow.data.Block}s, one partition for each replica.
 */
@NullMarked
package elbow.data;

import org.jspecify.annotations.NullMarked;
