/**
 * Flows: invertible maps of latents with log-determinants that are known, of which priors and posteriors are made.
 *
 * <p>A {@link elbow.vae.flow.FlowStep} maps rows of latents in place and passes gradients back; what it asks a small
 * network for goes through {@link elbow.vae.layer.RowNet}. Latents, log-determinants and their gradients are in double;
 * the networks' products are those of {@link elbow.vae.layer}, so that in scoring, too, what comes of a row does not
 * depend on its place.
 *
 * <p>A new step is one such class and its test; {@link elbow.vae.prior} and {@link elbow.vae.latent} put steps
 * together.
 */
@NullMarked
package elbow.vae.flow;

import org.jspecify.annotations.NullMarked;
