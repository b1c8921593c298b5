/**
 * The work of {@code report --compare}: opens two models and rows, calls {@link elbow.compare}, and prints figures.
 *
 * <p>Another report that is made of models and rows, and not of a run, is a run here and an option of {@code report}.
 */
@NullMarked
package elbow.job.compare;

import org.jspecify.annotations.NullMarked;
