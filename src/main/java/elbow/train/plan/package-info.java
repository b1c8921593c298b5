/**
 * The configuration, resolved against data and cluster before a run starts: no "auto" is left in a plan but what only
 * the first rounds can tell.
 */
@NullMarked
package elbow.train.plan;

import org.jspecify.annotations.NullMarked;
