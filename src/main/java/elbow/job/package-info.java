/**
 * The command line. {@link elbow.job.Main} parses it and {@link elbow.job.Failure} turns what goes wrong into an exit
 * code; {@code command} has the options, {@code run} the work of each command, {@code console} what the user sees.
 */
@NullMarked
package elbow.job;

import org.jspecify.annotations.NullMarked;
