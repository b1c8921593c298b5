/**
 * The variational autoencoder: spec, parameters, gradients, scores; no Spark, no DL4J.
 *
 * <p>{@link elbow.vae.VaeSpec} says what a model is, {@link elbow.vae.layer.ParameterLayout} where its parameters stand
 * in one flattened vector. {@link elbow.vae.VaeEngine} computes gradients for one replica, {@link elbow.vae.VaeScorer}
 * uses trained parameters. Both are compositions of small parts; a part knows its own forward and backward computation
 * and nothing of the others:
 *
 * <pre>
 * rows -> InputLoader -> [ Dense ... Dense ] -> GaussianPosteriorHead -> [ Dense ... Dense ] -> LikelihoodHead -> log p(x|z)
 *         check, fill    encoder: a Sequence      draws z, KL or            decoder: a Sequence      one GroupHead for each
 *         gaps,          of Blocks             log p(z)/q(z|x)           of Blocks             group: a Likelihood
 *         binarise,
 *         standardise
 * </pre>
 *
 * <p>A row is what {@link elbow.vae.likelihood.Likelihood} says of each column. Likelihoods see these values; the
 * encoder sees them through the likelihood's {@link elbow.vae.likelihood.InputFunction} and the group's
 * {@link elbow.vae.likelihood.InputScale}, so that counts and other numbers over many decades are counts to the one and
 * of the size of 1 to the other.
 *
 * <p>Rows with gaps come with a mask, a byte for each encoded column: 1 observed, 0 missing. In a gap stands a value at
 * which log-densities are finite, whatever the caller left there; the group heads multiply its log-density and gradient
 * by 0. So every bound, with its samples, weights and free bits, is that of the observed variables alone. The encoder
 * sees 0 there and, for the columns that the spec names, one more input that says so. Without a mask, or with one that
 * has no gap, nothing of this is computed.
 *
 * <p>A block owns its output memory and the places of its parameters; between two blocks stands one row-major matrix,
 * rows x width. Backward consumes the output: its memory takes the gradient before the activation. Scoring has its own
 * dense layer, of the same function, whose rounding does not depend on a row's place.
 *
 * <p>How what is not here fits in, each as a new part beside these and its lines in spec, layout and JSON:
 *
 * <ul>
 *   <li>Another likelihood is one class: elements of a tile in, log-densities and gradients out. Columns that belong
 *       together are one variable of its group; a tile holds whole rows, so that it sees all of them.
 *   <li>Conditions are columns that {@code InputLoader} loads but no likelihood covers: a block that joins them to its
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
 *   <li>Imputation is {@link elbow.vae.VaeScorer#reconstruct} of rows with gaps, which gives missing columns an
 *       expected value, too; draws instead of expected values are {@code Likelihood.sample}, which no public method
 *       calls yet.
 * </ul>
 */
@NullMarked
package elbow.vae;

import org.jspecify.annotations.NullMarked;
