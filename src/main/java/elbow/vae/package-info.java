/** The variational autoencoder: spec, parameters, gradients, scores; no Spark, no DL4J. */
@NullMarked
package elbow.vae;

import org.jspecify.annotations.NullMarked;
