package elbow.vae.prior;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.LogDensities;
import elbow.math.noise.KeyedNoise;
import elbow.vae.layer.RowNet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian, independent for each latent, whose means and log-variances a network computes from the conditions of the
 * row in the same place: a {@link ConditionalGaussian} prior, or latents under those of the layer above them.
 */
public final class ConditionalDensity implements ClosedKlDensity {
    private final RowNet net;
    private final int size;
    private final int conditions;

    // By row and latent.
    private final double[] means;
    private final double[] rawLogVariances;
    private final double[] logVariances;
    private final double[] precisions;
    private final double[] meanGradients;
    private final double[] logVarianceGradients;
    private final double[] scratch;

    private final int[] bits;
    private final float[] normal;
    private int rows;

    /** @param net from so many conditions to means, then log-variances */
    public ConditionalDensity(RowNet net, int latentSize, int conditions, int maximumRows) {
        this.net = net;
        this.conditions = conditions;
        size = latentSize;
        int count = Math.multiplyExact(maximumRows, latentSize);
        means = new double[count];
        rawLogVariances = new double[count];
        logVariances = new double[count];
        precisions = new double[count];
        meanGradients = new double[count];
        logVarianceGradients = new double[count];
        scratch = new double[count];
        bits = new int[latentSize + KeyedNoise.WORDS - 1];
        normal = new float[latentSize];
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        net.bind(parameters, gradients);
    }

    @Override
    public void read(int newRows, float[] newConditions) {
        rows = newRows;
        System.arraycopy(newConditions, 0, net.input(), 0, rows * conditions);
        net.forward(rows);
        float[] outputs = net.output();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                int at = row * size + i;
                means[at] = outputs[2 * row * size + i];
                rawLogVariances[at] = outputs[(2 * row + 1) * size + i];
                logVariances[at] = LogVariance.counted(rawLogVariances[at]);
            }
        }
        int count = rows * size;
        DoubleLoops.negate(logVariances, scratch, count);
        DoubleLoops.exp(scratch, precisions, count);
    }

    @Override
    public void begin() {
        net.begin();
        Arrays.fill(meanGradients, 0);
        Arrays.fill(logVarianceGradients, 0);
    }

    /** The mean of one latent of a row. */
    public double mean(int at) {
        return means[at];
    }

    /** The log-variance that counts for one latent of a row. */
    public double logVariance(int at) {
        return logVariances[at];
    }

    /** One over the variance of one latent of a row. */
    public double precision(int at) {
        return precisions[at];
    }

    @Override
    public double kl(int at, double mean, double logVariance) {
        double difference = mean - means[at];
        double ratio = Math.exp(logVariance - logVariances[at]);
        return 0.5 * (difference * difference * precisions[at] + ratio - 1 - (logVariance - logVariances[at]));
    }

    @Override
    public double klMeanSlope(int at, double mean) {
        return (mean - means[at]) * precisions[at];
    }

    @Override
    public double klLogVarianceSlope(int at, double logVariance) {
        return 0.5 * (Math.exp(logVariance - logVariances[at]) - 1);
    }

    @Override
    public void addKlGradient(int at, double mean, double logVariance, double weight) {
        double difference = mean - means[at];
        double ratio = Math.exp(logVariance - logVariances[at]);
        meanGradients[at] -= weight * difference * precisions[at];
        logVarianceGradients[at] += weight * 0.5 * (1 - ratio - difference * difference * precisions[at]);
    }

    /** Adds what has reached the mean and the log-variance of one latent of a row. */
    public void addGradient(int at, double ofMean, double ofLogVariance) {
        meanGradients[at] += ofMean;
        logVarianceGradients[at] += ofLogVariance;
    }

    @Override
    public void logDensities(int count, double[] latents, double[] logDensities) {
        for (int row = 0; row < count; row++) {
            double sum = 0;
            for (int i = row * size; i < (row + 1) * size; i++) {
                double difference = latents[i] - means[i];
                sum += difference * difference * precisions[i] + logVariances[i] + LogDensities.LOG_2_PI;
            }
            logDensities[row] = -0.5 * sum;
        }
    }

    @Override
    public void backward(int count, double[] latents, double[] weights, double[] latentGradients) {
        for (int row = 0; row < count; row++) {
            double weight = weights[row];
            for (int i = row * size; i < (row + 1) * size; i++) {
                double difference = latents[i] - means[i];
                double slope = weight * difference * precisions[i];
                latentGradients[i] = slope;
                meanGradients[i] -= slope;
                logVarianceGradients[i] += 0.5 * (weight - slope * difference);
            }
        }
    }

    @Override
    public void writeGradients() {
        float[] target = net.output();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                int at = row * size + i;
                double ofLogVariance = logVarianceGradients[at];
                boolean leaves = LogVariance.leaves(rawLogVariances[at], ofLogVariance);
                target[2 * row * size + i] = (float) meanGradients[at];
                target[(2 * row + 1) * size + i] = leaves ? 0f : (float) ofLogVariance;
            }
        }
        net.backward(rows);
        net.writeGradients();
    }

    /** After {@link #writeGradients}: the gradient with respect to the conditions, row by row. */
    public float[] conditionGradients() {
        return net.input();
    }

    @Override
    public void draw(long noiseKey, long firstRow, int count, float[] latents) {
        for (int row = 0; row < count; row++) {
            draw(noiseKey, firstRow + row, row, latents, row * size);
        }
    }

    @Override
    public void drawOne(long noiseKey, long row, int place, float[] latents) {
        draw(noiseKey, row, place, latents, 0);
    }

    private void draw(long noiseKey, long row, int place, float[] latents, int offset) {
        KeyedNoise.bits(noiseKey, row, 0, size, bits);
        KeyedNoise.normal(bits, size, normal);
        for (int i = 0; i < size; i++) {
            int at = place * size + i;
            latents[offset + i] = (float) (means[at] + Math.exp(0.5 * logVariances[at]) * normal[i]);
        }
    }

    @Override
    public void close() {
        net.close();
    }
}
