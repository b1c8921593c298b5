/**
 * Checkpoints of a training run: what an interrupted run needs to go on to the bit-identical model.
 *
 * <p>{@link elbow.train.checkpoint.Checkpoint} is the state between two rounds, {@code CheckpointJson} its two files,
 * {@link elbow.train.checkpoint.CheckpointDirectory} where they stand, and {@link elbow.train.checkpoint.RunIdentity}
 * what must be the same for a run to go on. The files are a format: a new field is optional, and what was written by an
 * older build keeps loading. Whatever decides on the model belongs to the identity, else a run could go on as another.
 */
@NullMarked
package elbow.train.checkpoint;

import org.jspecify.annotations.NullMarked;
