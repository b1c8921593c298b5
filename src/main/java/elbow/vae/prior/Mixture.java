package elbow.vae.prior;

import elbow.math.DoubleLoops;
import elbow.math.LogDensities;
import elbow.math.LogSumExp;
import elbow.math.noise.KeyedNoise;
import java.util.Arrays;

/**
 * A weighted sum of diagonal Gaussians over one latent space: its log-density by log-sum-exp, and the gradient of the
 * sum over rows of weight x -log p(z). All loops run over the components, so that they are vectorized whatever a row
 * is.
 *
 * <p>Log-variances count as {@link LogVariance} says, as those of posteriors do.
 */
final class Mixture {
    // Samples of a row's noise.
    private static final int LATENT_NOISE = 0;
    private static final int COMPONENT_NOISE = 1;

    final int components;
    final int size;

    // By latent and component.
    private final double[][] means;
    private final double[][] logVariances;
    private final double[][] precisions;
    private final double[][] meanGradients;
    private final double[][] logVarianceGradients;

    // By component.
    private final double[] logWeights;
    private final double[] constants;
    private final double[] exponents;
    private final double[] responsibilities;
    private final double[] differences;
    private final double[] terms;
    private final double[] reached;

    /** Weight of a row x responsibility of a component for it, summed over rows, by component. */
    private final double[] responsibilitySums;

    private double weightSum;

    private final int[] bits;
    private final float[] normal;

    Mixture(int components, int latentSize) {
        this.components = components;
        size = latentSize;
        means = new double[size][components];
        logVariances = new double[size][components];
        precisions = new double[size][components];
        meanGradients = new double[size][components];
        logVarianceGradients = new double[size][components];
        logWeights = new double[components];
        constants = new double[components];
        exponents = new double[components];
        responsibilities = new double[components];
        differences = new double[components];
        terms = new double[components];
        reached = new double[components];
        responsibilitySums = new double[components];
        bits = new int[size + KeyedNoise.WORDS - 1];
        normal = new float[size];
    }

    /**
     * Takes one component, whose values stand from {@code at} on.
     *
     * @param logWeight normalized: the exponentials of all components' sum to 1
     */
    void set(int component, double logWeight, float[] newMeans, int meansAt, float[] newLogVariances, int at) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double logVariance = newLogVariances[at + i];
            double counted = LogVariance.counted(logVariance);
            means[i][component] = newMeans[meansAt + i];
            logVariances[i][component] = logVariance;
            precisions[i][component] = Math.exp(-counted);
            sum += counted + LogDensities.LOG_2_PI;
        }
        logWeights[component] = logWeight;
        constants[component] = logWeight - 0.5 * sum;
    }

    /** As {@link PriorDensity#logDensities}. */
    void logDensities(int rows, double[] latents, double[] logDensities) {
        for (int row = 0; row < rows; row++) {
            logDensities[row] = logDensity(latents, row * size);
        }
    }

    // Of the latents from that place on.
    private double logDensity(double[] latents, int at) {
        for (int k = 0; k < components; k++) {
            exponents[k] = constants[k];
        }
        for (int i = 0; i < size; i++) {
            squares(latents[at + i], means[i], precisions[i], terms, components);
            DoubleLoops.subtract(exponents, terms, reached, components);
            System.arraycopy(reached, 0, exponents, 0, components);
        }
        return LogSumExp.of(exponents, 0, 1, components);
    }

    /** Forgets what was added to the gradients. */
    void clearGradients() {
        for (int i = 0; i < size; i++) {
            Arrays.fill(meanGradients[i], 0);
            Arrays.fill(logVarianceGradients[i], 0);
        }
        Arrays.fill(responsibilitySums, 0);
        weightSum = 0;
    }

    /** As {@link PriorDensity#backward}. */
    void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
        for (int row = 0; row < rows; row++) {
            backward(latents, row * size, weights[row], latentGradients);
            weightSum += weights[row];
        }
    }

    private void backward(double[] latents, int at, double weight, double[] gradient) {
        double total = logDensity(latents, at);
        for (int k = 0; k < components; k++) {
            terms[k] = exponents[k] - total;
        }
        DoubleLoops.exp(terms, responsibilities, components);
        for (int k = 0; k < components; k++) {
            responsibilitySums[k] += weight * responsibilities[k];
        }
        for (int i = 0; i < size; i++) {
            difference(latents[at + i], means[i], differences, components);
            pull(responsibilities, differences, precisions[i], terms, components);
            gradient[at + i] = weight * DoubleLoops.sum(terms, 0, components);
            subtract(weight, terms, meanGradients[i], components);
            DoubleLoops.multiply(terms, differences, reached, components);
            addHalfDifference(weight, responsibilities, reached, logVarianceGradients[i], components);
        }
    }

    /**
     * Writes the gradients of one component. Where a log-variance is beyond its limit, the gradient passes only if a
     * descent step leads back inside.
     */
    void gradients(int component, float[] ofMeans, int meansAt, float[] ofLogVariances, int at) {
        for (int i = 0; i < size; i++) {
            ofMeans[meansAt + i] = (float) meanGradients[i][component];
            double gradient = logVarianceGradients[i][component];
            boolean leaves = LogVariance.leaves(logVariances[i][component], gradient);
            ofLogVariances[at + i] = leaves ? 0f : (float) gradient;
        }
    }

    /**
     * The gradient with respect to the logarithm of one component's weight before all are normalized: of softmax, what
     * the rows' responsibilities are short of the weight.
     */
    double logitGradient(int component) {
        return Math.exp(logWeights[component]) * weightSum - responsibilitySums[component];
    }

    /** As {@link PriorDensity#draw}. */
    void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        for (int row = 0; row < rows; row++) {
            KeyedNoise.bits(noiseKey, firstRow + row, COMPONENT_NOISE, 1, bits);
            int component = component(KeyedNoise.uniform(bits[0]));
            KeyedNoise.bits(noiseKey, firstRow + row, LATENT_NOISE, size, bits);
            KeyedNoise.normal(bits, size, normal);
            for (int i = 0; i < size; i++) {
                double deviation = 1 / Math.sqrt(precisions[i][component]);
                latents[row * size + i] = (float) (means[i][component] + deviation * normal[i]);
            }
        }
    }

    private int component(double uniform) {
        double left = uniform;
        for (int k = 0; k < components - 1; k++) {
            left -= Math.exp(logWeights[k]);
            if (left < 0) {
                return k;
            }
        }
        return components - 1;
    }

    private static void squares(double z, double[] mean, double[] precision, double[] result, int count) {
        for (int k = 0; k < count; k++) {
            result[k] = 0.5 * (z - mean[k]) * (z - mean[k]) * precision[k];
        }
    }

    private static void difference(double z, double[] mean, double[] result, int count) {
        for (int k = 0; k < count; k++) {
            result[k] = z - mean[k];
        }
    }

    private static void pull(double[] share, double[] difference, double[] precision, double[] result, int count) {
        for (int k = 0; k < count; k++) {
            result[k] = share[k] * difference[k] * precision[k];
        }
    }

    private static void subtract(double weight, double[] x, double[] sum, int count) {
        for (int k = 0; k < count; k++) {
            sum[k] -= weight * x[k];
        }
    }

    private static void addHalfDifference(double weight, double[] x, double[] y, double[] sum, int count) {
        for (int k = 0; k < count; k++) {
            sum[k] += 0.5 * weight * (x[k] - y[k]);
        }
    }
}
