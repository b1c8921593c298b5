package elbow.density;

import elbow.base.Check;
import elbow.math.LogDensities;
import elbow.math.LogSumExp;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import java.io.Serializable;

/**
 * A density of latents: a weighted sum of Gaussians with covariances of their own, latents correlated. It stands for
 * the mean of the posteriors of training rows where rows are made (the two-stage procedure of Dai and Wipf. Diagnosing
 * and enhancing VAE models. ICLR 2019, with a mixture as the second stage, as Ghosh et al. From variational to
 * deterministic autoencoders. ICLR 2020). Immutable.
 */
public final class LatentMixture implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most components. */
    public static final int MOST_COMPONENTS = 1 << 12;

    /** How far weights may be from a sum of 1: what rounding makes. */
    private static final double ROUNDING = 1e-9;

    // Samples of a row's noise.
    private static final int LATENT_NOISE = 0;
    private static final int COMPONENT_NOISE = 1;

    private final int size;
    private final double[] weights;
    private final double[][] means;
    private final double[][] factors;
    private final double[] constants;

    /**
     * @param weights of the components, above 0, with a sum of 1
     * @param means of each, in latents
     * @param factors of each the Cholesky factor of its covariance, a lower triangle row by row: latents x (latents +
     *     1) / 2 numbers, with a diagonal above 0
     * @throws IllegalArgumentException if the sizes do not fit each other or a number is out of its range
     */
    public LatentMixture(double[] weights, double[][] means, double[][] factors) {
        int count = weights.length;
        Check.argument(count >= 1 && count <= MOST_COMPONENTS, "components", "lie in 1.." + MOST_COMPONENTS, count);
        Check.argument(means.length == count, "means", "be of " + count + " components", means.length);
        Check.argument(factors.length == count, "factors", "be of " + count + " components", factors.length);
        size = means[0].length;
        Check.argument(size >= 1, "latents", "be at least 1", size);
        this.weights = weights.clone();
        this.means = new double[count][];
        this.factors = new double[count][];
        constants = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            Check.argument(weights[k] > 0 && weights[k] <= 1, "weights", "lie above 0 and at most at 1", weights[k]);
            sum += weights[k];
            this.means[k] = finite("means", means[k], size);
            this.factors[k] = finite("factors", factors[k], Triangles.length(size));
            double logDeterminant = 0;
            for (int i = 0; i < size; i++) {
                double diagonal = factors[k][Triangles.row(i) + i];
                Check.argument(diagonal > 0, "diagonal of a factor", "be above 0", diagonal);
                logDeterminant += Math.log(diagonal);
            }
            constants[k] = logPeak(weights[k], logDeterminant, size);
        }
        Check.argument(Math.abs(sum - 1) < ROUNDING, "sum of weights", "be 1", sum);
    }

    /** The logarithm of a weight times the Gaussian density at its mean. */
    static double logPeak(double weight, double logDeterminant, int size) {
        return Math.log(weight) - logDeterminant - 0.5 * size * LogDensities.LOG_2_PI;
    }

    private static double[] finite(String name, double[] numbers, int length) {
        Check.argument(numbers.length == length, name, "have " + length + " numbers a component", numbers.length);
        for (double number : numbers) {
            Check.argument(Double.isFinite(number), name, "be finite", number);
        }
        return numbers.clone();
    }

    /** How many latents. */
    public int latents() {
        return size;
    }

    /** How many Gaussians. */
    public int components() {
        return weights.length;
    }

    /** The weight of a component. */
    public double weight(int component) {
        return weights[component];
    }

    /** The mean of a component. A copy. */
    public double[] mean(int component) {
        return means[component].clone();
    }

    /** The Cholesky factor of a component's covariance, a lower triangle row by row. A copy. */
    public double[] factor(int component) {
        return factors[component].clone();
    }

    /** log p(z), in nats with every constant. */
    public double logDensity(double[] latents) {
        Check.argument(latents.length == size, "latents", "be " + size, latents.length);
        double[] logs = new double[weights.length];
        double[] whitened = new double[size];
        for (int k = 0; k < logs.length; k++) {
            double squares = 0;
            for (int i = 0; i < size; i++) {
                double sum = latents[i] - means[k][i];
                int row = Triangles.row(i);
                for (int j = 0; j < i; j++) {
                    sum -= factors[k][row + j] * whitened[j];
                }
                whitened[i] = sum / factors[k][row + i];
                squares += whitened[i] * whitened[i];
            }
            logs[k] = constants[k] - 0.5 * squares;
        }
        return LogSumExp.of(logs, 0, 1, logs.length);
    }

    /** What it is, in a few words for people: "mixture of 16 Gaussians". */
    public String description() {
        return weights.length == 1 ? "Gaussian" : "mixture of " + weights.length + " Gaussians";
    }

    /** Draws by number, for one thread. */
    public Draws draws(long seed) {
        return new Draws(seed);
    }

    /** Draws, each a function of the seed and its number alone. Not thread-safe. */
    public final class Draws {
        private final long key;
        private final int[] bits = new int[size + KeyedNoise.WORDS - 1];
        private final float[] normal = new float[size];

        private Draws(long seed) {
            key = NoiseStream.PRIOR.key(seed, 0);
        }

        /** Writes the draw of a number to {@code latents} from {@code at} on. */
        public void draw(long number, float[] latents, int at) {
            KeyedNoise.bits(key, number, COMPONENT_NOISE, 1, bits);
            int component = component(KeyedNoise.uniform(bits[0]));
            KeyedNoise.bits(key, number, LATENT_NOISE, size, bits);
            KeyedNoise.normal(bits, size, normal);
            double[] factor = factors[component];
            for (int i = 0; i < size; i++) {
                double sum = means[component][i];
                int row = Triangles.row(i);
                for (int j = 0; j <= i; j++) {
                    sum += factor[row + j] * normal[j];
                }
                latents[at + i] = (float) sum;
            }
        }

        private int component(double uniform) {
            double left = uniform;
            for (int k = 0; k < weights.length - 1; k++) {
                left -= weights[k];
                if (left < 0) {
                    return k;
                }
            }
            return weights.length - 1;
        }
    }
}
