/**
 * Optimizers: rules that change parameters by their gradients, with the moments that they keep from step to step.
 *
 * <p>What they do is part of every model: a faster loop must give the same bits.
 */
@NullMarked
package elbow.math.optimizer;

import org.jspecify.annotations.NullMarked;
