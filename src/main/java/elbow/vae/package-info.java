/**
 * The variational autoencoder: spec, parameters, gradients, scores; no Spark, no DL4J.
 *
 * <p>{@link elbow.vae.VaeSpec} says what a model is, as a tree whose parts declare themselves: their parameters by
 * name, shape and start, and their memory. {@code Network} puts the parts together once; {@link elbow.vae.VaeEngine}
 * walks it forward and back for the gradients of one replica, {@link elbow.vae.VaeScorer} forward for scores, latents
 * and expectations, {@link elbow.vae.VaeGenerator} from latents to rows. A part knows its own computation and nothing
 * of the others:
 *
 * <pre>
 * RowBatch -> InputLoader -> [ Layer ... Layer ] -> LatentLayer -> [ Layer ... Layer ] -> LikelihoodHead -> log p(x|z)
 *             check, fill    encoder                draws z, KL or    decoder             one for each group of
 *             gaps,                                 log p(z)/q(z|x)                       columns: a Likelihood
 *             binarise,
 *             standardise
 * </pre>
 *
 * <p>Several layers of latents are one {@link elbow.vae.latent.LatentLayer} to all others, whose latents are those of
 * the lowest layer.
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
 * <p>What goes where: a likelihood, a layer, a posterior or a prior is a record in the room of its kind, its line among
 * the readers of that room, and its test; nothing else names it but what chooses it, and its operators in
 * {@code elbow.export}, which refuses the model until it has them. What others must know of it, such as whether a
 * likelihood is a density, it says itself. Names of parameters are part of the model format and of the starting values:
 * they stay.
 */
@NullMarked
package elbow.vae;

import org.jspecify.annotations.NullMarked;
