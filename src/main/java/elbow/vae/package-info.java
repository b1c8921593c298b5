/**
 * The variational autoencoder: spec, parameters, gradients, scores; no Spark, no DL4J.
 *
 * <p>{@link elbow.vae.VaeSpec} says what a model is, {@link elbow.vae.ParameterLayout} where its parameters stand in
 * one flattened vector. {@link elbow.vae.VaeEngine} computes gradients for one replica, {@link elbow.vae.VaeScorer}
 * uses trained parameters. Both are compositions of small parts; a part knows its own forward and backward computation
 * and nothing of the others:
 *
 * <pre>
 * rows -> InputBlock -> [ Dense ... Dense ] -> GaussianPosteriorHead -> [ Dense ... Dense ] -> LikelihoodHead -> log p(x|z)
 *         check,         encoder: a Chain      draws z, KL or            decoder: a Chain      one GroupHead for each
 *         binarise       of Blocks             log p(z)/q(z|x)           of Blocks             group: a Likelihood
 * </pre>
 *
 * <p>A block owns its output memory and the places of its parameters; between two blocks stands one row-major matrix,
 * rows x width. Backward consumes the output: its memory takes the gradient before the activation. Scoring has its own
 * dense layer, of the same function, whose rounding does not depend on a row's place.
 *
 * <p>How what is not here fits in, each as a new part beside these and its lines in spec, layout and JSON:
 *
 * <ul>
 *   <li>Another likelihood is one class: elements of a tile in, log-densities and gradients out. Categories and ordered
 *       categories are groups whose columns belong together; a tile holds whole rows, so that they see all of them.
 *   <li>Conditions are columns that {@code InputBlock} loads but no likelihood covers: a block that joins them to its
 *       input stands before the first layer of encoder and decoder, and passes back the gradient of the other columns
 *       alone.
 *   <li>Convolutions are blocks: rows of channels x height x width in and out, one product over gathered patches.
 *   <li>A normalizing flow is a part between posterior head and decoder: it maps latents in place, adds its
 *       log-determinants to the row's log p(z)/q(z|x), and passes the latents' gradient back. Its KL is then a
 *       Monte-Carlo estimate: {@code GaussianPosteriorHead.logRatio} is that estimate already.
 *   <li>Another prior replaces the log p(z) of the posterior head and adds its own parameters; mixtures and VampPrior
 *       need the Monte-Carlo form, too.
 *   <li>Several stochastic layers are several posterior heads with chains between them: latents are rows x width like
 *       every other activation, and noise streams are numbered, so that each layer draws its own.
 *   <li>A mask of missing entries is a second matrix of the shape of the input: the likelihood head multiplies
 *       log-densities and gradients of the tile by it, as it does with the row weights.
 * </ul>
 */
@NullMarked
package elbow.vae;

import org.jspecify.annotations.NullMarked;
