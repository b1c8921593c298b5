/**
 * Distributions of columns given the decoder's outputs.
 *
 * <p>A new likelihood is one class that implements {@link elbow.vae.likelihood.Likelihood}, its test, and its line in
 * {@link elbow.vae.likelihood.LikelihoodReaders}.
 */
@NullMarked
package elbow.vae.likelihood;

import org.jspecify.annotations.NullMarked;
