/**
 * Priors: the distribution p(z) of latents, or p(z|c) given a row's conditions c.
 *
 * <p>A {@link elbow.vae.prior.Prior} is what the spec has: settings, parameters by name, shape and start, memory. It
 * makes the {@link elbow.vae.prior.PriorDensity} that computes log p(z) of rows of latents and its gradients, and
 * draws. One whose KL divergence from a diagonal Gaussian has a closed form is a
 * {@link elbow.vae.prior.FactorizedPrior} or a {@link elbow.vae.prior.ConditionalGaussian}. One that needs the encoder
 * is an {@link elbow.vae.prior.EncodedPrior}: its pseudo-inputs go through it with the rows of a minibatch. A flow
 * prior is put together of the steps of {@link elbow.vae.flow}.
 *
 * <p>Posteriors know priors, never the other way round: what does not go with each other is said by
 * {@link elbow.vae.latent}.
 *
 * <p>A new prior is its record with what computes, its line in {@link elbow.vae.prior.PriorReaders}, and its tests; to
 * be chosen by configuration, its line in {@code PriorChoice} of {@code elbow.train.plan}; to be exported, its
 * operators in {@code elbow.export}.
 */
@NullMarked
package elbow.vae.prior;

import org.jspecify.annotations.NullMarked;
