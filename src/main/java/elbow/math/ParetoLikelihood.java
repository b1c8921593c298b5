package elbow.math;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * The likelihood of generalized Pareto distributions given n excesses, of which the sizes of the m smallest are known.
 * At a given x = shape / scale the best shape is
 *
 * <pre>
 * g(x) = (sum of log(1 + x y) over the m + (n - m) log(1 + x y_m)) / m,
 * </pre>
 *
 * so that the mean log-likelihood of the m is a function of x alone, -log(g / x) - (mean of log(1 + x y)) - 1, whose
 * maxima are roots of its slope (Grimshaw 1993; A. Siffer et al. Anomaly detection in streams with extreme value
 * theory. KDD 2017). Of these, of x = 0 and of the best scale for the least shape the highest is the fit.
 */
final class ParetoLikelihood {
    // Lower search bound of |x|, in units of 1 / mean excess; there slope and shape are those of 0.
    private static final double NEAREST = 1e-6;
    // Upper search bound, in units of 1 / (an excess that a tenth of them lie below): for shapes of up to 131.
    private static final double FARTHEST = 1e6;
    private static final int PER_DECADE = 10;
    private static final int HALVINGS = 2_100;
    private static final double MOST_UNITS = 1e300;

    // In units of their median, so that neither unit nor size matters to the search.
    private final double unit;
    private final double[] seen;
    private final int unseen;
    private final double largest;
    private final double exponentialScale;
    private final double nearest;

    /** @param sorted ascending, each at least 0; that before the {@code unseen} last is above 0 */
    ParetoLikelihood(double[] sorted, int unseen) {
        int count = sorted.length - unseen;
        int zeros = 0;
        while (sorted[zeros] == 0) {
            zeros++;
        }
        unit = sorted[zeros + (count - zeros) / 2];
        seen = Arrays.stream(sorted, 0, count)
                .map(excess -> Math.min(excess / unit, MOST_UNITS))
                .toArray();
        this.unseen = unseen;
        largest = seen[count - 1];
        double sum = unseen * (largest / count);
        for (double excess : seen) {
            sum += excess / count;
        }
        exponentialScale = sum;
        nearest = NEAREST / exponentialScale;
    }

    /**
     * The log-likelihood of a distribution.
     *
     * @param sorted ascending
     * @param unseen how many of the last are known only to be larger than the others
     */
    static double sum(double[] sorted, int unseen, GeneralizedPareto distribution) {
        double shape = distribution.shape();
        double scale = distribution.scale();
        int count = sorted.length - unseen;
        double sum = unseen * Math.log(distribution.survival(sorted[count - 1])) - count * Math.log(scale);
        for (int i = 0; i < count; i++) {
            double base = 1 + shape * sorted[i] / scale;
            if (base <= 0) {
                return Double.NEGATIVE_INFINITY;
            }
            sum -= shape == 0 ? sorted[i] / scale : (1 + 1 / shape) * Math.log1p(shape * sorted[i] / scale);
        }
        return sum;
    }

    GeneralizedPareto highest() {
        double scaleAtBound = scaleOfLeastShape();
        double shape = GeneralizedPareto.LEAST_SHAPE;
        double scale = scaleAtBound;
        double highest = ofLeastShape(scaleAtBound);
        double exponential = -Math.log(exponentialScale) - 1;
        if (exponential >= highest) {
            shape = 0;
            scale = exponentialScale;
            highest = exponential;
        }
        double[] grid = grid();
        double before = slope(grid[0]);
        for (int i = 1; i < grid.length; i++) {
            // A likelihood that still rises at the end has its maximum beyond.
            double slope = i < grid.length - 1 ? slope(grid[i]) : Double.NEGATIVE_INFINITY;
            if (before >= 0 && slope < 0) {
                double x = i == grid.length - 1
                        ? grid[i - 1]
                        : lastOf(grid[i - 1], grid[i], between -> slope(between) >= 0);
                double likelihood = x == 0 ? exponential : at(x);
                if (likelihood > highest) {
                    shape = shape(x);
                    scale = shape / x;
                    highest = likelihood;
                }
            }
            before = slope;
        }
        return new GeneralizedPareto(shape, scale * unit);
    }

    private double[] grid() {
        double lowest = lastOf(-1 / largest, 0, x -> shape(x) < GeneralizedPareto.LEAST_SHAPE);
        double tenth = seen[Math.max(1, seen.length / 10)];
        double small = tenth > 0 ? tenth : 1;
        double farthest = Math.min(FARTHEST / small, Double.MAX_VALUE / 4 / Math.max(1, largest));
        int steps = (int) Math.ceil((Math.log10(farthest) - Math.log10(nearest)) * PER_DECADE);
        double[] positive = new double[Math.max(1, steps) + 1];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = nearest * Math.pow(10, (double) i / PER_DECADE);
        }
        double[] negative =
                Arrays.stream(positive).map(x -> -x).filter(x -> x > lowest).toArray();
        double[] grid = new double[negative.length + positive.length + 2];
        grid[0] = Math.nextUp(lowest);
        for (int i = 0; i < negative.length; i++) {
            grid[1 + i] = negative[negative.length - 1 - i];
        }
        System.arraycopy(positive, 0, grid, negative.length + 2, positive.length);
        return grid;
    }

    /** The last of {@code [from, to)} for which a condition holds that holds from {@code from} to some place. */
    private static double lastOf(double from, double to, DoublePredicate holds) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS && Math.nextUp(low) < high; i++) {
            double middle = low + (high - low) / 2;
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double shape(double x) {
        double sum = unseen * Math.log1p(x * largest);
        for (double excess : seen) {
            sum += Math.log1p(x * excess);
        }
        return sum / seen.length;
    }

    /** The mean log-likelihood at an x that is not 0, shape and scale being the best for it. */
    private double at(double x) {
        double sum = 0;
        for (double excess : seen) {
            sum += Math.log1p(x * excess);
        }
        double shape = (sum + unseen * Math.log1p(x * largest)) / seen.length;
        return -Math.log(shape / x) - sum / seen.length - 1;
    }

    /**
     * Has the sign of the likelihood's slope at x. With r the mean of x y / (1 + x y) over the seen, s that with the
     * unseen counted at the largest of these, and the shape g it is (g - s - r g) / (x g), and x g is above 0. In this
     * form nothing cancels near 0, where over x^2 it goes to half the mean square less the product of the means.
     */
    private double slope(double x) {
        if (Math.abs(x) < nearest) {
            double squares = unseen * largest * (largest / seen.length);
            double mean = 0;
            for (double excess : seen) {
                squares += excess * (excess / seen.length);
                mean += excess / seen.length;
            }
            return squares / exponentialScale / 2 - mean;
        }
        double shares = 0;
        double shape = 0;
        double difference = 0;
        for (double excess : seen) {
            double product = x * excess;
            double share = product / (1 + product);
            double logarithm = Math.log1p(product);
            shares += share;
            shape += logarithm;
            difference += logarithm - share;
        }
        if (unseen > 0) {
            double product = x * largest;
            double logarithm = Math.log1p(product);
            shape += unseen * logarithm;
            difference += unseen * (logarithm - product / (1 + product));
        }
        double count = seen.length;
        return difference / count - shares / count * (shape / count);
    }

    /** The mean log-likelihood of the least shape, -1/2, and a scale. */
    private double ofLeastShape(double scale) {
        double sum = 2 * unseen * Math.log1p(-largest / (2 * scale));
        for (double excess : seen) {
            sum += Math.log1p(-excess / (2 * scale));
        }
        return -Math.log(scale) + sum / seen.length;
    }

    /** The best scale for the least shape: the root of the likelihood's slope, which falls with the scale. */
    private double scaleOfLeastShape() {
        double from = largest / 2;
        double to = 2 * from;
        while (risesAt(to)) {
            to *= 2;
        }
        return Math.nextUp(lastOf(from, to, this::risesAt));
    }

    private boolean risesAt(double scale) {
        double sum = 2 * unseen * (largest / (2 * scale - largest));
        for (double excess : seen) {
            sum += excess / (2 * scale - excess);
        }
        return sum >= seen.length;
    }
}
