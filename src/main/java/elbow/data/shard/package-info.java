/**
 * Encoded rows laid out for training: compact rows, one shard for each replica, and which executor holds it.
 *
 * <p>A shard is the same whatever the input's files and order were: checkpoints and reproducible models rest on it.
 */
@NullMarked
package elbow.data.shard;

import org.jspecify.annotations.NullMarked;
