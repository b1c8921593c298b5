/**
 * What training maximises: the bound, how the KL divergence weighs in it, and what that makes of rows and samples in
 * the gradient.
 *
 * <p>Scores know nothing of it. A new modifier is a component of {@link elbow.vae.objective.Objective}, its line in the
 * JSON, and its place in {@link elbow.vae.objective.ObjectiveGradient}.
 */
@NullMarked
package elbow.vae.objective;

import org.jspecify.annotations.NullMarked;
