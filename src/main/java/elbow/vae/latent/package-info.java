/**
 * Latent variables: the posterior, draws from it, and what it and the prior are worth against each other.
 *
 * <p>A {@link elbow.vae.latent.Posterior} is what the spec has: settings, parameters by name, shape and start, memory.
 * It makes the {@link elbow.vae.latent.LatentLayer} that draws, and that says what posterior and prior are worth
 * against each other: for a diagonal Gaussian in closed form where the prior is a
 * {@link elbow.vae.prior.FactorizedPrior} or a {@link elbow.vae.prior.ConditionalGaussian}, otherwise by its samples.
 * Posteriors with flows are put together of the steps of {@link elbow.vae.flow}.
 *
 * <p>A new posterior is its record with what computes, its line in {@link elbow.vae.latent.PosteriorReaders}, and its
 * tests; to be chosen by configuration, its key. One that is no diagonal Gaussian says itself against which priors it
 * has a closed form, and which it does not go with.
 */
@NullMarked
package elbow.vae.latent;

import org.jspecify.annotations.NullMarked;
