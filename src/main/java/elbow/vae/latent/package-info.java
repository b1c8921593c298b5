/**
 * Latent variables: the posterior, draws from it, and what it and the prior are worth against each other.
 *
 * <p>A {@link elbow.vae.latent.Posterior} is what the spec has: settings, parameters by name, shape and start, memory.
 * It makes the {@link elbow.vae.latent.LatentLayer} that draws, and that says what posterior and prior are worth
 * against each other: for a diagonal Gaussian in closed form where the prior is a
 * {@link elbow.vae.prior.FactorizedPrior} or a {@link elbow.vae.prior.ConditionalGaussian}, otherwise by its samples.
 * Posteriors with flows are put together of the steps of {@link elbow.vae.flow}.
 *
 * <p>{@link elbow.vae.latent.LatentHierarchy} is several layers of latents, which together are a layer of latents, too:
 * the topmost is one of the above, those below are Gaussians that hang on their neighbours as
 * {@link elbow.vae.latent.Hierarchy} says. A new way of hanging together is its constant there, the encoder and the
 * latents that the hierarchy makes of it, and its test.
 *
 * <p>A new posterior is its record with what computes, its line in {@link elbow.vae.latent.PosteriorReaders}, and its
 * tests; to be chosen by configuration, its line in {@code PosteriorChoice} of {@code elbow.train.plan}; to be
 * exported, its operators in {@code elbow.export}. One that is no diagonal Gaussian says itself against which priors it
 * has a closed form, and which it does not go with.
 */
@NullMarked
package elbow.vae.latent;

import org.jspecify.annotations.NullMarked;
