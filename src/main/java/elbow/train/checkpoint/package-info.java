/** Checkpoints of a training run: what an interrupted run needs to go on to the bit-identical model. */
@NullMarked
package elbow.train.checkpoint;

import org.jspecify.annotations.NullMarked;
