/**
 * Latent variables: the posterior, the prior, draws, and what the two are worth against each other.
 *
 * <p>{@link elbow.vae.latent.Prior} and {@link elbow.vae.latent.Posterior} are what the spec has: settings, parameters
 * by name, shape and start, memory. A prior makes the {@link elbow.vae.latent.PriorDensity} that computes log p(z) of
 * rows of latents and its gradients, a posterior the {@link elbow.vae.latent.LatentLayer} that draws. What the two are
 * worth against each other is said by the latent layer: for a diagonal Gaussian in closed form where the prior is a
 * {@link elbow.vae.latent.FactorizedPrior}, otherwise by its samples. Flows are put together of the steps of
 * {@link elbow.vae.flow}. A prior that needs the encoder is an {@link elbow.vae.latent.EncodedPrior}: its pseudo-inputs
 * go through it with the rows of a minibatch.
 *
 * <p>A new prior or posterior is its record with what computes, its line in {@link elbow.vae.latent.LatentReaders}, and
 * its tests; to be chosen by configuration, its key. A posterior that is no diagonal Gaussian says itself against which
 * priors it has a closed form.
 */
@NullMarked
package elbow.vae.latent;

import org.jspecify.annotations.NullMarked;
