/** Where a run's progress can be followed besides the terminal: Spark's metrics system and TensorBoard. */
@NullMarked
package elbow.train.progress;

import org.jspecify.annotations.NullMarked;
