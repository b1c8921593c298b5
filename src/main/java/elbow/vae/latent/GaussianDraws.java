package elbow.vae.latent;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.noise.NormalNoise;
import elbow.vae.prior.LogVariance;

/**
 * The Gaussians of a minibatch's rows, and draws from them: z = mean + exp(logVariance / 2) eps.
 *
 * <p>Log-variances count as {@link LogVariance} says.
 */
final class GaussianDraws {
    final int size;
    final int width;
    final int samples;

    // By row and latent.
    final float[] means;
    final float[] logVariances;
    final float[] deviations;

    /** By sample, row and latent. */
    final float[] noise;

    private final float[] scratch;
    private final float[] encoded;
    private final NormalNoise normal;
    private final double[] arguments;
    private final double[] results;
    private final FloatMemory latents;
    private int rows;

    /**
     * @param width of what the encoder gives for a row: means, log-variances, and whatever else
     * @param latents where draws go, sample-major: row {@code sample * rows + row}
     */
    GaussianDraws(int latentSize, int width, int maximumRows, int samples, FloatMemory latents) {
        size = latentSize;
        this.width = width;
        this.samples = samples;
        this.latents = latents;
        // All of a minibatch at once: loops over the few latents of one row are too short to be vectorized.
        int count = Math.multiplyExact(maximumRows, latentSize);
        means = new float[count];
        logVariances = new float[count];
        deviations = new float[count];
        noise = new float[Math.multiplyExact(count, samples)];
        scratch = new float[count];
        encoded = new float[Math.multiplyExact(maximumRows, width)];
        normal = new NormalNoise(latentSize);
        arguments = new double[count];
        results = new double[count];
    }

    /** Takes each row's means and log-variances. */
    void read(int newRows, FloatMemory encoderOutput) {
        rows = newRows;
        int count = rows * size;
        encoderOutput.get(0, encoded, rows * width);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(encoded, row * width, means, row * size, size);
            System.arraycopy(encoded, row * width + size, logVariances, row * size, size);
        }
        halfLimited(logVariances, scratch, count);
        DoubleLoops.widen(scratch, arguments, count);
        DoubleLoops.exp(arguments, results, count);
        DoubleLoops.narrow(results, deviations, count);
    }

    /** Copies what the encoder gave besides means and log-variances, row by row. */
    void copyRest(float[] to) {
        int rest = width - 2 * size;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(encoded, row * width + 2 * size, to, row * rest, rest);
        }
    }

    /** Rows that were read. */
    int rows() {
        return rows;
    }

    void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        int count = rows * size;
        for (int sample = 0; sample < samples; sample++) {
            int from = sample * count;
            normal.draw(noiseKey, rowKeys, firstRow, rows, firstSample + sample, noise, from);
            for (int i = 0; i < count; i++) {
                scratch[i] = means[i] + deviations[i] * noise[from + i];
            }
            latents.put(from, scratch, count);
        }
    }

    void useMeans() {
        latents.put(0, means, rows * size);
    }

    void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        System.arraycopy(means, row * size, toMeans, at, size);
        for (int i = 0; i < size; i++) {
            toLogVariances[at + i] = (float) logVariance(row * size + i);
        }
    }

    /** Writes the latents of one sample of all rows, without the rounding to float. */
    void copyLatents(int sample, double[] to) {
        int count = rows * size;
        int from = sample * count;
        for (int i = 0; i < count; i++) {
            double eps = noise[from + i];
            to[i] = means[i] + deviations[i] * eps;
        }
    }

    /** The log-variance that counts for a row and latent. */
    double logVariance(int at) {
        return LogVariance.counted(logVariances[at]);
    }

    private static void halfLimited(float[] logVariances, float[] result, int count) {
        float limit = (float) LogVariance.LIMIT;
        for (int i = 0; i < count; i++) {
            result[i] = 0.5f * Math.max(-limit, Math.min(limit, logVariances[i]));
        }
    }
}
