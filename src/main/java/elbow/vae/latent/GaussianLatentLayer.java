package elbow.vae.latent;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.noise.NormalNoise;
import java.util.Arrays;

/**
 * A {@link DiagonalGaussian} posterior: takes rows of (means, log-variances) and draws latents z = mean +
 * exp(logVariance / 2) eps.
 *
 * <p>Log-variances beyond +-20 count as +-20, so that nothing overflows; there the gradient passes only if a descent
 * step leads back inside.
 */
final class GaussianLatentLayer implements LatentLayer {
    static final double LOG_VARIANCE_LIMIT = 20;

    private final Prior prior;
    private final int size;
    private final int samples;
    private final float[] means;
    private final float[] logVariances;
    private final float[] deviations;
    private final float[] noise;
    private final float[] scratch;
    private final float[] pairs;
    private final NormalNoise draws;
    private final double[] arguments;
    private final double[] results;
    private final double[] meanGradients;
    private final double[] logVarianceGradients;
    private final FloatMemory latents;

    /** @param latents where draws go, sample-major: row {@code sample * rows + row} */
    GaussianLatentLayer(Prior prior, int latentSize, int maximumRows, int samples, FloatMemory latents) {
        this.prior = prior;
        this.size = latentSize;
        this.samples = samples;
        this.latents = latents;
        // All of a minibatch at once: loops over the few latents of one row are too short to be vectorized.
        int count = Math.multiplyExact(maximumRows, latentSize);
        means = new float[count];
        logVariances = new float[count];
        deviations = new float[count];
        noise = new float[Math.multiplyExact(count, samples)];
        scratch = new float[count];
        pairs = new float[Math.multiplyExact(count, 2)];
        draws = new NormalNoise(latentSize);
        arguments = new double[count];
        results = new double[count];
        meanGradients = new double[count];
        logVarianceGradients = new double[count];
    }

    @Override
    public void read(int rows, FloatMemory encoderOutput) {
        int count = rows * size;
        encoderOutput.get(0, pairs, 2 * count);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(pairs, 2 * row * size, means, row * size, size);
            System.arraycopy(pairs, (2 * row + 1) * size, logVariances, row * size, size);
        }
        halfLimited(logVariances, scratch, count);
        DoubleLoops.widen(scratch, arguments, count);
        DoubleLoops.exp(arguments, results, count);
        DoubleLoops.narrow(results, deviations, count);
    }

    @Override
    public void sample(int rows, long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        int count = rows * size;
        for (int sample = 0; sample < samples; sample++) {
            int from = sample * count;
            draws.draw(noiseKey, rowKeys, firstRow, rows, firstSample + sample, noise, from);
            for (int i = 0; i < count; i++) {
                scratch[i] = means[i] + deviations[i] * noise[from + i];
            }
            latents.put(from, scratch, count);
        }
    }

    @Override
    public void useMeans(int rows) {
        latents.put(0, means, rows * size);
    }

    @Override
    public void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        System.arraycopy(means, row * size, toMeans, at, size);
        for (int i = 0; i < size; i++) {
            toLogVariances[at + i] = (float) limited(logVariances[row * size + i]);
        }
    }

    @Override
    public double kl(int row, double freeBits) {
        double sum = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += Math.max(freeBits, kl(means[i], logVariances[i]));
        }
        return sum;
    }

    @Override
    public double logRatio(int at, int row) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int own = row * size + i;
            double eps = noise[at * size + i];
            double z = means[own] + deviations[own] * eps;
            sum += eps * eps - prior.twiceNegativeLogDensity(z) + limited(logVariances[own]);
        }
        return 0.5 * sum;
    }

    @Override
    public void backwardElbo(
            int rows,
            FloatMemory latentGradient,
            double klWeight,
            double freeBits,
            double scale,
            FloatMemory encoderOutput) {
        int count = rows * size;
        for (int i = 0; i < count; i++) {
            boolean counts = klWeight > 0 && (freeBits == 0 || kl(means[i], logVariances[i]) > freeBits);
            double weight = counts ? scale * klWeight : 0;
            double deviation = deviations[i];
            meanGradients[i] = weight * prior.klMeanSlope(means[i]);
            logVarianceGradients[i] = weight * 0.5 * prior.twiceKlLogVarianceSlope(deviation);
        }
        for (int sample = 0; sample < samples; sample++) {
            addPathGradient(sample * count, count, latentGradient);
        }
        writeGradients(rows, encoderOutput);
    }

    @Override
    public void backwardImportanceWeighted(
            int rows,
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput) {
        int count = rows * size;
        Arrays.fill(meanGradients, 0);
        Arrays.fill(logVarianceGradients, 0);
        for (int sample = 0; sample < samples; sample++) {
            latentGradient.get(sample * count, scratch, count);
            for (int row = 0; row < rows; row++) {
                double weight = normalizedWeights[sample * rows + row];
                addWeightedPathGradient(row, sample * count, weight, klWeight, scale);
            }
        }
        writeGradients(rows, encoderOutput);
    }

    private void addPathGradient(int from, int count, FloatMemory latentGradient) {
        latentGradient.get(from, scratch, count);
        for (int i = 0; i < count; i++) {
            double path = scratch[i];
            meanGradients[i] += path;
            logVarianceGradients[i] += path * 0.5 * deviations[i] * noise[from + i];
        }
    }

    private void addWeightedPathGradient(int row, int from, double weight, double klWeight, double scale) {
        double factor = 1 - klWeight * (1 - weight);
        for (int i = row * size; i < (row + 1) * size; i++) {
            double eps = noise[from + i];
            double deviation = deviations[i];
            double z = means[i] + deviation * eps;
            double ratio = klWeight * (eps / deviation - prior.negativeLogDensitySlope(z));
            double path = factor * (scratch[i] - scale * weight * ratio);
            meanGradients[i] += path;
            logVarianceGradients[i] += path * 0.5 * deviation * eps;
        }
    }

    private void writeGradients(int rows, FloatMemory encoderOutput) {
        int count = rows * size;
        DoubleLoops.narrow(meanGradients, scratch, count);
        interleave(scratch, 0, rows);
        DoubleLoops.narrow(logVarianceGradients, scratch, count);
        for (int i = 0; i < count; i++) {
            if (leaves(logVariances[i], scratch[i])) {
                scratch[i] = 0f;
            }
        }
        interleave(scratch, 1, rows);
        encoderOutput.put(0, pairs, 2 * count);
    }

    // The means' part of each row's pairs is number 0, the log-variances' 1.
    private void interleave(float[] values, int part, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * size, pairs, (2 * row + part) * size, size);
        }
    }

    // Whether a descent step would lead a log-variance beyond its limit even further out.
    private static boolean leaves(float logVariance, float gradient) {
        return (logVariance > LOG_VARIANCE_LIMIT && gradient < 0)
                || (logVariance < -LOG_VARIANCE_LIMIT && gradient > 0);
    }

    private double kl(double mean, double logVariance) {
        return prior.kl(mean, limited(logVariance));
    }

    private static double limited(double logVariance) {
        return Math.max(-LOG_VARIANCE_LIMIT, Math.min(LOG_VARIANCE_LIMIT, logVariance));
    }

    private static void halfLimited(float[] logVariances, float[] result, int count) {
        float limit = (float) LOG_VARIANCE_LIMIT;
        for (int i = 0; i < count; i++) {
            result[i] = 0.5f * Math.max(-limit, Math.min(limit, logVariances[i]));
        }
    }
}
