package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.layer.Start;

/**
 * The family of the distribution q(z|x) of a latent layer. It says what it needs of the encoder and makes the
 * {@link LatentLayer} that computes. A new one is such a record with its layer, its line in {@link LatentReaders}, and
 * its test.
 */
public sealed interface Posterior permits DiagonalGaussian {
    /** The name in JSON. */
    String type();

    /** What the encoder's last layer must give for each row. */
    int encoderOutputs(int latentSize);

    /** Where the weights of the encoder's last layer start. */
    Start encoderWeights(int inputs, int latentSize);

    /**
     * The latent layer at work.
     *
     * @param latents where draws go, sample-major: row {@code sample * rows + row}
     */
    LatentLayer create(Prior prior, int latentSize, int maximumRows, int samples, FloatMemory latents);
}
