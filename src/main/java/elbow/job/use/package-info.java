/**
 * The work of the commands that make a table by a model beyond its scores: each a run over {@link elbow.use}.
 *
 * <p>{@code UseRun} is the frame of all that read rows, {@code TableOutput} where a table goes. Another such command is
 * a run here and its options in {@code job.command}.
 */
@NullMarked
package elbow.job.use;

import org.jspecify.annotations.NullMarked;
