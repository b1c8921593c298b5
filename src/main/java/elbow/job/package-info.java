/**
 * The command line. {@link elbow.job.Main} parses it and {@link elbow.job.Failure} turns what goes wrong into an exit
 * code; {@code command} has the options, {@code run} and {@code use} the work of each command, {@code console} what the
 * user sees. {@link elbow.job.Rehearsal} and {@link elbow.job.DemoTableCommand} serve the build and {@code jobs/demo}
 * alone.
 *
 * <p>Only here may a process end and something be printed. Names of commands and flags, exit codes and the names of
 * figures in JSON are promises to schedulers: new ones may come, none may change its meaning.
 */
@NullMarked
package elbow.job;

import org.jspecify.annotations.NullMarked;
