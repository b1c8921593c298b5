/**
 * The VAE as one DL4J layer with a loss, so that whatever drives a {@code MultiLayerNetwork} trains, saves and scores
 * it: {@code fit}, {@code SparkDl4jMultiLayer} with any {@code TrainingMaster}, {@code ModelSerializer}. The numbers
 * come from the kernel in {@link elbow.vae}; this package only hands it the network's own parameter and gradient
 * memory.
 *
 * <p>The JSON of {@code VaeLayer} is part of every saved network: a new field is one that older networks may lack.
 * Nothing here computes; what computes belongs in {@link elbow.vae}.
 */
@NullMarked
package elbow.dl4j;

import org.jspecify.annotations.NullMarked;
