/**
 * The work of each command, between the options and the rooms that do it: it opens what the options name, checks all
 * paths against each other, calls {@link elbow.fit}, {@link elbow.tune}, {@link elbow.score} or {@link elbow.batch},
 * and prints figures.
 *
 * <p>A new command is a class here that ends in figures and an exit code, and its options in {@code command}. What
 * another face of Elbow would need as well does not belong here but in the room that it calls.
 */
@NullMarked
package elbow.job.run;

import org.jspecify.annotations.NullMarked;
