package elbow.vae;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import java.util.Arrays;

/**
 * The diagonal Gaussian posterior against the standard normal prior: takes rows of (means, log-variances), draws
 * latents z = mean + exp(logVariance / 2) eps, and gives their densities and gradients.
 *
 * <p>Log-variances beyond +-20 count as +-20, so that nothing overflows; there the gradient passes only if a descent
 * step leads back inside.
 */
final class GaussianPosteriorHead {
    static final double LOG_VARIANCE_LIMIT = 20;

    private final int size;
    private final int samples;
    private final float[] head;
    private final float[] deviations;
    private final float[] noise;
    private final float[] latentRow;
    private final int[] bits;
    private final double[] halves;
    private final double[] exponentials;
    private final double[] meanGradients;
    private final double[] logVarianceGradients;
    private final FloatMemory latents;

    /** @param latents where draws go, sample-major: row {@code sample * rows + row} */
    GaussianPosteriorHead(int latentSize, int maximumRows, int samples, FloatMemory latents) {
        this.size = latentSize;
        this.samples = samples;
        this.latents = latents;
        head = new float[Math.multiplyExact(maximumRows, 2 * latentSize)];
        deviations = new float[Math.multiplyExact(maximumRows, latentSize)];
        noise = new float[Math.multiplyExact(deviations.length, samples)];
        latentRow = new float[latentSize];
        bits = new int[latentSize + 3];
        halves = new double[latentSize];
        exponentials = new double[latentSize];
        meanGradients = new double[latentSize];
        logVarianceGradients = new double[latentSize];
    }

    /** Takes the encoder's output. */
    void read(int rows, FloatMemory encoderOutput) {
        encoderOutput.get(0, head, rows * 2 * size);
        for (int row = 0; row < rows; row++) {
            int from = row * 2 * size + size;
            for (int i = 0; i < size; i++) {
                halves[i] = 0.5 * limited(head[from + i]);
            }
            DoubleLoops.exp(halves, exponentials, size);
            for (int i = 0; i < size; i++) {
                deviations[row * size + i] = (float) exponentials[i];
            }
        }
    }

    /** Draws this head's number of samples for each row, the first one being number {@code firstSample} of its row. */
    void sample(int rows, long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        for (int sample = 0; sample < samples; sample++) {
            for (int row = 0; row < rows; row++) {
                KeyedNoise.bits(noiseKey, rowKeys[firstRow + row], firstSample + sample, size, bits);
                KeyedNoise.normal(bits, size, latentRow);
                int at = sample * rows + row;
                System.arraycopy(latentRow, 0, noise, at * size, size);
                for (int i = 0; i < size; i++) {
                    latentRow[i] = head[row * 2 * size + i] + deviations[row * size + i] * latentRow[i];
                }
                latents.put(at * size, latentRow, size);
            }
        }
    }

    /** Sets the latents to the means. */
    void useMeans(int rows) {
        for (int row = 0; row < rows; row++) {
            latents.put(row * size, head, row * 2 * size, size);
        }
    }

    /** Copies the means and log-variances of a row. */
    void copy(int row, float[] means, float[] logVariances, int at) {
        System.arraycopy(head, row * 2 * size, means, at, size);
        for (int i = 0; i < size; i++) {
            logVariances[at + i] = (float) limited(head[row * 2 * size + size + i]);
        }
    }

    /** KL(q(z|x) || p(z)) of a row, in nats; each latent's share counts at least {@code minimum}. */
    double kl(int row, double minimum) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.max(minimum, kl(head[row * 2 * size + i], head[row * 2 * size + size + i]));
        }
        return sum;
    }

    /** log p(z) - log q(z|x) of row {@code at = sample * rows + row} of the latents. */
    double logRatio(int at, int row) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double eps = noise[at * size + i];
            double z = head[row * 2 * size + i] + deviations[row * size + i] * eps;
            sum += eps * eps - z * z + limited(head[row * 2 * size + size + i]);
        }
        return 0.5 * sum;
    }

    /**
     * Writes the loss gradient of means and log-variances over {@code encoderOutput}, for the loss scale x (klWeight x
     * KL with free bits) plus what has reached the latents.
     *
     * @param latentGradient loss gradient with respect to the latents
     */
    void backwardElbo(
            int rows,
            FloatMemory latentGradient,
            double klWeight,
            double freeBits,
            double scale,
            FloatMemory encoderOutput) {
        for (int row = 0; row < rows; row++) {
            int mean = row * 2 * size;
            int logVariance = mean + size;
            for (int i = 0; i < size; i++) {
                boolean counts =
                        klWeight > 0 && (freeBits == 0 || kl(head[mean + i], head[logVariance + i]) > freeBits);
                double weight = counts ? scale * klWeight : 0;
                double deviation = deviations[row * size + i];
                meanGradients[i] = weight * head[mean + i];
                logVarianceGradients[i] = weight * 0.5 * (deviation * deviation - 1);
            }
            for (int sample = 0; sample < samples; sample++) {
                addPathGradient(row, sample * rows + row, latentGradient);
            }
            writeGradients(row, encoderOutput);
        }
    }

    /**
     * As {@link #backwardElbo} for the importance-weighted bound, doubly reparameterised. With normalized weights w_k
     * of a row and log w_k = log p(x|z_k) + c (log p(z_k) - log q(z_k|x)), the gradient is the sum over k of w_k (1 - c
     * (1 - w_k)) dlog w_k/dz dz/dphi; c = 1 gives the published w_k^2.
     *
     * @param latentGradient loss gradient of the reconstruction alone, already multiplied by -scale w_k
     * @param normalizedWeights w_k by row of the latents
     */
    void backwardImportanceWeighted(
            int rows,
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(meanGradients, 0);
            Arrays.fill(logVarianceGradients, 0);
            for (int sample = 0; sample < samples; sample++) {
                int at = sample * rows + row;
                double weight = normalizedWeights[at];
                double factor = 1 - klWeight * (1 - weight);
                latentGradient.get(at * size, latentRow, size);
                for (int i = 0; i < size; i++) {
                    double eps = noise[at * size + i];
                    double deviation = deviations[row * size + i];
                    double z = head[row * 2 * size + i] + deviation * eps;
                    double ratio = klWeight * (eps / deviation - z);
                    double path = factor * (latentRow[i] - scale * weight * ratio);
                    meanGradients[i] += path;
                    logVarianceGradients[i] += path * 0.5 * deviation * eps;
                }
            }
            writeGradients(row, encoderOutput);
        }
    }

    private void addPathGradient(int row, int at, FloatMemory latentGradient) {
        latentGradient.get(at * size, latentRow, size);
        for (int i = 0; i < size; i++) {
            double path = latentRow[i];
            meanGradients[i] += path;
            logVarianceGradients[i] += path * 0.5 * deviations[row * size + i] * noise[at * size + i];
        }
    }

    private void writeGradients(int row, FloatMemory encoderOutput) {
        int from = row * 2 * size;
        for (int i = 0; i < size; i++) {
            latentRow[i] = (float) meanGradients[i];
        }
        encoderOutput.put(from, latentRow, size);
        for (int i = 0; i < size; i++) {
            double gradient = logVarianceGradients[i];
            float logVariance = head[from + size + i];
            boolean leaves = (logVariance > LOG_VARIANCE_LIMIT && gradient < 0)
                    || (logVariance < -LOG_VARIANCE_LIMIT && gradient > 0);
            latentRow[i] = leaves ? 0f : (float) gradient;
        }
        encoderOutput.put(from + size, latentRow, size);
    }

    private static double kl(double mean, double rawLogVariance) {
        double logVariance = limited(rawLogVariance);
        return 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance);
    }

    private static double limited(double logVariance) {
        return Math.max(-LOG_VARIANCE_LIMIT, Math.min(LOG_VARIANCE_LIMIT, logVariance));
    }
}
