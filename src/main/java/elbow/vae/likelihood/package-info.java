/**
 * Distributions of columns given the decoder's outputs.
 *
 * <p>A new likelihood is one class that implements {@link elbow.vae.likelihood.Likelihood}, its line in
 * {@link elbow.vae.likelihood.LikelihoodReaders}, and its test; to be chosen for a column of numbers, its constant in
 * {@code NumberLikelihood} of {@code elbow.data.feature}; to be exported, its operators in {@code elbow.export}. It
 * says itself what others must know of it, such as whether it is a density. Loops go over tiles that stay in a
 * first-level cache, every array by the same index.
 */
@NullMarked
package elbow.vae.likelihood;

import org.jspecify.annotations.NullMarked;
