package elbow.vae.latent;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.vae.prior.LogVariance;

/**
 * The loss gradient with respect to the means and log-variances of a minibatch, summed up from its parts. Where a
 * log-variance is beyond its limit, the gradient passes only if a descent step leads back inside.
 */
final class GaussianGradients {
    // By row and latent.
    final double[] means;
    final double[] logVariances;

    private final GaussianDraws draws;
    private final float[] scratch;
    private final float[] encoded;

    GaussianGradients(GaussianDraws draws, int maximumRows) {
        this.draws = draws;
        int count = Math.multiplyExact(maximumRows, draws.size);
        means = new double[count];
        logVariances = new double[count];
        scratch = new float[count];
        encoded = new float[Math.multiplyExact(maximumRows, draws.width)];
    }

    /**
     * Adds what has reached the latents of one sample, through dz/dmean = 1 and dz/dlogVariance = deviation eps / 2.
     */
    void addPath(int sample, FloatMemory latentGradient) {
        int count = draws.rows() * draws.size;
        int from = sample * count;
        latentGradient.get(from, scratch, count);
        for (int i = 0; i < count; i++) {
            double path = scratch[i];
            means[i] += path;
            logVariances[i] += path * 0.5 * draws.deviations[i] * draws.noise[from + i];
        }
    }

    /** As {@link #addPath}, of all samples. */
    void addPaths(FloatMemory latentGradient) {
        for (int sample = 0; sample < draws.samples; sample++) {
            addPath(sample, latentGradient);
        }
    }

    /** Sets the gradients with respect to what the encoder gave besides means and log-variances, row by row. */
    void setRest(float[] gradients) {
        int rest = draws.width - 2 * draws.size;
        for (int row = 0; row < draws.rows(); row++) {
            System.arraycopy(gradients, row * rest, encoded, row * draws.width + 2 * draws.size, rest);
        }
    }

    /** Writes the gradients over the encoder's output. */
    void write(FloatMemory encoderOutput) {
        int count = draws.rows() * draws.size;
        DoubleLoops.narrow(means, scratch, count);
        interleave(scratch, 0);
        DoubleLoops.narrow(logVariances, scratch, count);
        for (int i = 0; i < count; i++) {
            if (LogVariance.leaves(draws.logVariances[i], scratch[i])) {
                scratch[i] = 0f;
            }
        }
        interleave(scratch, 1);
        encoderOutput.put(0, encoded, draws.rows() * draws.width);
    }

    // The means' part of each row is number 0, the log-variances' 1.
    private void interleave(float[] values, int part) {
        int size = draws.size;
        for (int row = 0; row < draws.rows(); row++) {
            System.arraycopy(values, row * size, encoded, row * draws.width + part * size, size);
        }
    }
}
