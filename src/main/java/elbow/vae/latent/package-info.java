/**
 * Latent variables: the posterior, the prior, draws, and what the two are worth against each other.
 *
 * <p>{@link elbow.vae.latent.Prior} and {@link elbow.vae.latent.Posterior} are what the spec has; a posterior makes the
 * {@link elbow.vae.latent.LatentLayer} that computes. A new one of either is its record, its line in
 * {@link elbow.vae.latent.LatentReaders}, and its tests.
 */
@NullMarked
package elbow.vae.latent;

import org.jspecify.annotations.NullMarked;
