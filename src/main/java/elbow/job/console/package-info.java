/**
 * What a command shows: lines, tables, figures, a bar.
 *
 * <p>{@link elbow.job.console.Console} has standard output and standard error to itself: commands print through it
 * alone. {@link elbow.job.console.Flags} is the only one that knows which flag stands for a
 * {@link elbow.base.Parameter}; a new parameter of the library gets its flag there. Results and JSON on standard output
 * are read by scripts and keep their form; notes and progress may change.
 */
@NullMarked
package elbow.job.console;

import org.jspecify.annotations.NullMarked;
