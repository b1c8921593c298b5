/**
 * The configuration, resolved against data and cluster before a run starts. The only "auto" that a plan may still have
 * is the length of a round, which the first rounds measure.
 */
@NullMarked
package elbow.train.plan;

import org.jspecify.annotations.NullMarked;
