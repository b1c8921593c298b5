/**
 * The VAE as one DL4J layer with a loss, so that whatever drives a {@code MultiLayerNetwork} trains, saves and scores
 * it: {@code fit}, {@code SparkDl4jMultiLayer} with any {@code TrainingMaster}, {@code ModelSerializer}. The numbers
 * come from the kernel in {@link elbow.vae}; this package only hands it the network's own parameter and gradient
 * memory.
 */
@NullMarked
package elbow.dl4j;

import org.jspecify.annotations.NullMarked;
