/** Latent variables: the posterior, the prior, draws, and what the two are worth against each other. */
@NullMarked
package elbow.vae.latent;

import org.jspecify.annotations.NullMarked;
