package elbow.density;

import elbow.base.Check;
import elbow.math.DoubleLoops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a {@link LatentMixture} to draws by expectation maximisation (Dempster, Laird, Rubin. Maximum likelihood from
 * incomplete data via the EM algorithm. J. R. Stat. Soc. B 1977), on the driver, in seconds. It begins with one
 * Gaussian; each further step halves every component that has enough draws across its longest axis, which keeps mean
 * and covariance of the whole, and improves what comes of that. The step whose density of the held-out draws is highest
 * is kept. Nothing is drawn at random: equal draws give an equal mixture, to the bit, on any number of threads.
 *
 * <p>Covariances are drawn a little to the unit matrix, on latents of deviation 1, as if each component had seen some
 * draws more: none collapses to a point.
 */
public final class MixtureFit {
    /** Components, at most. */
    static final int MOST = 64;

    /** Draws that a thread takes at once; sums over them are added in their order. */
    private static final int BLOCK = 256;

    /** Nats a draw that an iteration must gain for a further one. */
    private static final double LEAST_STEP = 1e-3;

    /** Nats a held-out draw that more components must gain. */
    private static final double LEAST_GAIN = 0.01;

    /** Products of all iterations together: a few seconds. */
    private static final double MOST_WORK = 4e9;

    /** Variance of the draws that each component has seen before all others. */
    private static final double KNOWN_VARIANCE = 0.05;

    private static final double LEAST_DEVIATION = 1e-6;
    private static final int AXIS_STEPS = 30;
    private static final int MOST_ITERATIONS = 40;

    private final int size;
    private final double[] centre;
    private final double[] deviations;
    private final double[][] training;
    private final double[][] heldOut;
    private final int known;

    private MixtureFit(double[][] draws, double[][] heldOutDraws) {
        size = draws[0].length;
        known = size + 1;
        centre = new double[size];
        deviations = new double[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (double[] draw : draws) {
                sum += draw[i];
            }
            centre[i] = sum / draws.length;
            double squares = 0;
            for (double[] draw : draws) {
                squares += (draw[i] - centre[i]) * (draw[i] - centre[i]);
            }
            deviations[i] = Math.max(LEAST_DEVIATION, Math.sqrt(squares / draws.length));
        }
        training = columns(draws);
        heldOut = columns(heldOutDraws);
    }

    /**
     * The mixture that is likeliest for the held-out draws, of those that are fitted to the others.
     *
     * @param draws at least 2, of the same latents, finite
     * @param heldOut at least 1
     */
    public static LatentMixture of(double[][] draws, double[][] heldOut) {
        Check.argument(draws.length >= 2, "draws", "be at least 2", draws.length);
        Check.argument(heldOut.length >= 1, "heldOut", "be at least 1 draw", heldOut.length);
        return new MixtureFit(draws, heldOut).best();
    }

    // By latent, on a common scale.
    private double[][] columns(double[][] draws) {
        double[][] columns = new double[size][draws.length];
        for (int i = 0; i < size; i++) {
            for (int row = 0; row < draws.length; row++) {
                columns[i][row] = (draws[row][i] - centre[i]) / deviations[i];
            }
        }
        return columns;
    }

    private LatentMixture best() {
        int draws = training[0].length;
        double work = 0;
        List<Component> found = improved(List.of(Component.standard(size)), 2);
        double highest = sums(heldOut, found, false).logDensity / heldOut[0].length;
        List<Component> last = found;
        int without = 0;
        while (without < 2) {
            List<Component> halved = halved(last);
            double step = (double) draws * halved.size() * size * (size + 1);
            int iterations = (int) Math.min(MOST_ITERATIONS, (MOST_WORK - work) / step);
            if (halved.size() == last.size() || halved.size() > MOST || iterations < 3) {
                break;
            }
            last = improved(halved, iterations);
            work += iterations * step;
            double reached = sums(heldOut, last, false).logDensity / heldOut[0].length;
            without = reached > highest + LEAST_GAIN ? 0 : without + 1;
            if (without == 0) {
                highest = reached;
                found = last;
            }
        }
        return mixture(found);
    }

    private LatentMixture mixture(List<Component> components) {
        double total = components.stream().mapToDouble(Component::weight).sum();
        double[] weights = new double[components.size()];
        double[][] means = new double[weights.length][size];
        double[][] factors = new double[weights.length][];
        for (int k = 0; k < weights.length; k++) {
            Component component = components.get(k);
            weights[k] = component.weight / total;
            double[] factor = Triangles.cholesky(component.covariance, size);
            for (int i = 0; i < size; i++) {
                means[k][i] = centre[i] + deviations[i] * component.mean[i];
                for (int j = 0; j <= i; j++) {
                    factor[Triangles.row(i) + j] *= deviations[i];
                }
            }
            factors[k] = factor;
        }
        return new LatentMixture(weights, means, factors);
    }

    private List<Component> halved(List<Component> components) {
        List<Component> halved = new ArrayList<>();
        for (Component component : components) {
            // Each half is to have more draws than a covariance has degrees of freedom in one latent.
            if (component.weight * training[0].length < 4.0 * known) {
                halved.add(component);
            } else {
                halved.addAll(component.halves());
            }
        }
        return halved;
    }

    private List<Component> improved(List<Component> start, int iterations) {
        List<Component> components = start;
        double before = Double.NEGATIVE_INFINITY;
        for (int iteration = 0; iteration < iterations; iteration++) {
            Sums sums = sums(training, components, true);
            components = sums.components(training[0].length, known);
            double now = sums.logDensity / training[0].length;
            if (now < before + LEAST_STEP) {
                break;
            }
            before = now;
        }
        return components;
    }

    // The same on any number of threads.
    private Sums sums(double[][] columns, List<Component> components, boolean moments) {
        int draws = columns[0].length;
        List<Whitening> whitenings = components.stream().map(Whitening::new).toList();
        List<Sums> parts = IntStream.range(0, (draws - 1) / BLOCK + 1)
                .parallel()
                .mapToObj(block -> {
                    int first = block * BLOCK;
                    return sums(columns, first, Math.min(BLOCK, draws - first), whitenings, moments);
                })
                .toList();
        Sums all = new Sums(components.size(), size);
        parts.forEach(all::add);
        return all;
    }

    private Sums sums(double[][] columns, int first, int count, List<Whitening> whitenings, boolean moments) {
        double[][] x = new double[size][];
        for (int i = 0; i < size; i++) {
            x[i] = Arrays.copyOfRange(columns[i], first, first + count);
        }
        double[][] logs = new double[whitenings.size()][];
        double[] largest = new double[count];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        double[] scratch = new double[count];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = whitenings.get(k).logDensities(x, count, scratch);
            for (int row = 0; row < count; row++) {
                largest[row] = Math.max(largest[row], logs[k][row]);
            }
        }
        double[] total = new double[count];
        for (double[] log : logs) {
            DoubleLoops.subtract(log, largest, scratch, count);
            DoubleLoops.exp(scratch, log, count);
            for (int row = 0; row < count; row++) {
                total[row] += log[row];
            }
        }
        Sums sums = new Sums(logs.length, size);
        for (int row = 0; row < count; row++) {
            sums.logDensity += largest[row] + Math.log(total[row]);
        }
        if (moments) {
            for (int k = 0; k < logs.length; k++) {
                for (int row = 0; row < count; row++) {
                    scratch[row] = logs[k][row] / total[row];
                }
                sums.add(k, scratch, x, count);
            }
        }
        return sums;
    }

    /** A Gaussian, its covariance a lower triangle. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Component(double weight, double[] mean, double[] covariance) {
        static Component standard(int size) {
            double[] covariance = new double[Triangles.length(size)];
            for (int i = 0; i < size; i++) {
                covariance[Triangles.row(i) + i] = 1;
            }
            return new Component(1, new double[size], covariance);
        }

        /**
         * Two, half a deviation apart from the middle on both sides of it, of the same mean and covariance together.
         */
        List<Component> halves() {
            double[] axis = longestAxis();
            double[] away = mean.clone();
            double[] back = mean.clone();
            double[] within = covariance.clone();
            for (int i = 0; i < mean.length; i++) {
                away[i] += 0.5 * axis[i];
                back[i] -= 0.5 * axis[i];
                for (int j = 0; j <= i; j++) {
                    within[Triangles.row(i) + j] -= 0.25 * axis[i] * axis[j];
                }
            }
            return List.of(new Component(weight / 2, away, within), new Component(weight / 2, back, within));
        }

        // As long as the deviation along it: by power iteration.
        private double[] longestAxis() {
            int size = mean.length;
            double[] axis = new double[size];
            for (int i = 0; i < size; i++) {
                axis[i] = Math.sqrt(covariance[Triangles.row(i) + i]);
            }
            double[] product = new double[size];
            double variance = 0;
            for (int step = 0; step < AXIS_STEPS; step++) {
                double length = Math.sqrt(Triangles.squares(axis));
                for (int i = 0; i < size; i++) {
                    axis[i] /= length;
                }
                Triangles.multiply(covariance, axis, product);
                variance = 0;
                for (int i = 0; i < size; i++) {
                    variance += axis[i] * product[i];
                }
                System.arraycopy(product, 0, axis, 0, size);
            }
            double length = Math.sqrt(Triangles.squares(axis));
            for (int i = 0; i < size; i++) {
                axis[i] *= Math.sqrt(variance) / length;
            }
            return axis;
        }
    }

    /** What makes log-densities of draws. */
    private static final class Whitening {
        private final int size;
        private final double[] inverse;
        private final double[] offsets;
        private final double constant;

        Whitening(Component component) {
            size = component.mean.length;
            double[] factor = Triangles.cholesky(component.covariance, size);
            inverse = Triangles.inverse(factor, size);
            offsets = new double[size];
            double logDeterminant = 0;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    offsets[i] -= inverse[Triangles.row(i) + j] * component.mean[j];
                }
                logDeterminant += Math.log(factor[Triangles.row(i) + i]);
            }
            constant = LatentMixture.logPeak(component.weight, logDeterminant, size);
        }

        double[] logDensities(double[][] x, int count, double[] scratch) {
            double[] squares = new double[count];
            for (int i = 0; i < size; i++) {
                Arrays.fill(scratch, 0, count, offsets[i]);
                for (int j = 0; j <= i; j++) {
                    addScaled(inverse[Triangles.row(i) + j], x[j], scratch, count);
                }
                addSquares(scratch, squares, count);
            }
            for (int row = 0; row < count; row++) {
                squares[row] = constant - 0.5 * squares[row];
            }
            return squares;
        }

        private static void addScaled(double factor, double[] x, double[] sum, int count) {
            for (int row = 0; row < count; row++) {
                sum[row] += factor * x[row];
            }
        }

        private static void addSquares(double[] x, double[] sum, int count) {
            for (int row = 0; row < count; row++) {
                sum[row] += x[row] * x[row];
            }
        }
    }

    /** Moments of draws by component, and the sum of all draws' log-densities. */
    private static final class Sums {
        private final double[] weights;
        private final double[][] first;
        private final double[][] second;
        private double logDensity;

        Sums(int components, int size) {
            weights = new double[components];
            first = new double[components][size];
            second = new double[components][Triangles.length(size)];
        }

        void add(Sums other) {
            logDensity += other.logDensity;
            for (int k = 0; k < weights.length; k++) {
                weights[k] += other.weights[k];
                for (int i = 0; i < first[k].length; i++) {
                    first[k][i] += other.first[k][i];
                }
                for (int i = 0; i < second[k].length; i++) {
                    second[k][i] += other.second[k][i];
                }
            }
        }

        void add(int component, double[] shares, double[][] x, int count) {
            weights[component] += DoubleLoops.sum(shares, 0, count);
            double[] weighted = new double[count];
            for (int i = 0; i < x.length; i++) {
                DoubleLoops.multiply(shares, x[i], weighted, count);
                first[component][i] += DoubleLoops.sum(weighted, 0, count);
                for (int j = 0; j <= i; j++) {
                    second[component][Triangles.row(i) + j] += Triangles.product(weighted, x[j], count);
                }
            }
        }

        List<Component> components(int draws, int known) {
            List<Component> components = new ArrayList<>();
            double lost = 0;
            for (int k = 0; k < weights.length; k++) {
                // Of none there is nothing to tell.
                if (weights[k] < 1) {
                    lost += weights[k];
                } else {
                    components.add(component(k, draws, known));
                }
            }
            double rest = 1 - lost / draws;
            return components.stream()
                    .map(component -> new Component(component.weight / rest, component.mean, component.covariance))
                    .toList();
        }

        private Component component(int k, int draws, int known) {
            int size = first[k].length;
            double[] mean = new double[size];
            double[] covariance = new double[second[k].length];
            for (int i = 0; i < size; i++) {
                mean[i] = first[k][i] / weights[k];
                for (int j = 0; j <= i; j++) {
                    int at = Triangles.row(i) + j;
                    double own = second[k][at] - weights[k] * mean[i] * mean[j];
                    covariance[at] = (own + (i == j ? known * KNOWN_VARIANCE : 0)) / (weights[k] + known);
                }
            }
            return new Component(weights[k] / draws, mean, covariance);
        }
    }
}
