/**
 * Scheduled batches: which partitions of an input are due, one run at a time, each published whole or not at all, and
 * what is told of them.
 */
@NullMarked
package elbow.batch;

import org.jspecify.annotations.NullMarked;
