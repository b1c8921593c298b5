package elbow.math;

import elbow.base.Check;
import java.util.Arrays;

/**
 * The generalized Pareto distribution of excesses y over a high threshold: P(Y > y) = (1 + shape y / scale)^(-1 /
 * shape), for shape 0 exp(-y / scale); of a negative shape the excesses end at -scale / shape. See: J. Pickands.
 * Statistical inference using extreme order statistics. Annals of Statistics 3, 1975.
 *
 * @param shape how heavy the tail is: 0 exponential, above 0 a power of y; finite
 * @param scale in the unit of the excesses, finite and above 0
 */
public record GeneralizedPareto(double shape, double scale) {
    /** Fewer excesses say nothing of a tail. */
    public static final int LEAST_EXCESSES = 10;

    /** Below it the maximum of the likelihood is no estimate with the usual properties (Smith 1985). */
    static final double LEAST_SHAPE = -0.5;

    // Where the likelihood's slope is looked at: shape / scale in units of 1 / mean, either side of 0.
    private static final double NEAREST = 1e-6;
    private static final double FARTHEST = 1e6;
    private static final int PER_DECADE = 20;
    private static final int HALVINGS = 200;

    public GeneralizedPareto {
        Check.argument(Double.isFinite(shape), "shape", "be finite", shape);
        Check.positive("scale", scale);
    }

    /**
     * The distribution of highest likelihood with a shape of at least -1/2. The likelihood is a function of x = shape /
     * scale alone, since the best shape is then the mean of log(1 + x y) over the excesses; its maxima are the roots of
     * its slope (S. Grimshaw. Computing maximum likelihood estimates for the generalized Pareto distribution.
     * Technometrics 35, 1993; A. Siffer et al. Anomaly detection in streams with extreme value theory. KDD 2017), of
     * which the highest is taken, and x = 0.
     *
     * @param excesses at least {@value #LEAST_EXCESSES}, each finite and at least 0, not all 0; in any order
     */
    public static GeneralizedPareto fit(double[] excesses) {
        Check.argument(excesses.length >= LEAST_EXCESSES, "excesses", "be at least " + LEAST_EXCESSES, excesses.length);
        for (double excess : excesses) {
            Check.notNegative("excess", excess);
        }
        double mean = Arrays.stream(excesses).average().orElseThrow();
        Check.argument(mean > 0, "excesses", "not all be 0", mean);
        // In units of their mean, so that neither unit nor size matters to the search.
        double[] scaled = Arrays.stream(excesses).map(excess -> excess / mean).toArray();
        double best = bestRatio(scaled);
        double shape = best == 0 ? 0 : shape(scaled, best);
        return new GeneralizedPareto(shape, mean * (best == 0 ? 1 : shape / best));
    }

    /** P(Y > y) of an excess of at least 0. */
    public double survival(double excess) {
        double product = shape * excess / scale;
        if (product <= -1) {
            return 0;
        }
        return StrictMath.exp(shape == 0 ? -excess / scale : -StrictMath.log1p(product) / shape);
    }

    /** The excess y with P(Y > y) = {@code probability}, in (0, 1]; the same to the bit on every machine. */
    public double excess(double probability) {
        Check.argument(probability > 0 && probability <= 1, "probability", "lie in (0, 1]", probability);
        double log = StrictMath.log(probability);
        return shape == 0 ? -scale * log : scale * StrictMath.expm1(-shape * log) / shape;
    }

    private static double bestRatio(double[] excesses) {
        double best = 0;
        // At x = 0: shape 0 and scale 1, the mean.
        double highest = -1;
        double[] grid = grid(lowestRatio(excesses));
        double[] slopes = Arrays.stream(grid).map(x -> slope(excesses, x)).toArray();
        // A likelihood that falls from the lowest shape on has a maximum there.
        for (int i = 0; i < grid.length; i++) {
            boolean atStart = i == 0 && slopes[0] < 0;
            boolean root = i > 0 && slopes[i - 1] >= 0 && slopes[i] < 0;
            if (atStart || root) {
                double candidate = atStart ? grid[0] : root(excesses, grid[i - 1], grid[i]);
                double likelihood = candidate == 0 ? -1 : likelihood(excesses, candidate);
                if (likelihood > highest) {
                    highest = likelihood;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static double[] grid(double lowest) {
        int decades = (int) Math.round(Math.log10(FARTHEST / NEAREST));
        double[] positive = new double[decades * PER_DECADE + 1];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = NEAREST * Math.pow(10, (double) i / PER_DECADE);
        }
        double[] negative =
                Arrays.stream(positive).map(x -> -x).filter(x -> x > lowest).toArray();
        double[] grid = new double[negative.length + positive.length + 2];
        grid[0] = lowest;
        for (int i = 0; i < negative.length; i++) {
            grid[1 + i] = negative[negative.length - 1 - i];
        }
        System.arraycopy(positive, 0, grid, negative.length + 2, positive.length);
        return grid;
    }

    /** The x of the least shape: the shape grows with x. */
    private static double lowestRatio(double[] excesses) {
        double low = -1 / Arrays.stream(excesses).max().orElseThrow();
        double high = 0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (shape(excesses, middle) < LEAST_SHAPE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double root(double[] excesses, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS && Math.nextUp(low) < high; i++) {
            double middle = (low + high) / 2;
            if (slope(excesses, middle) >= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double shape(double[] excesses, double x) {
        double sum = 0;
        for (double excess : excesses) {
            sum += Math.log1p(x * excess);
        }
        return sum / excesses.length;
    }

    /** The mean log-likelihood at x, shape and scale being the best for it. */
    private static double likelihood(double[] excesses, double x) {
        double shape = shape(excesses, x);
        return -Math.log(shape / x) - shape - 1;
    }

    /**
     * Has the sign of the likelihood's slope at x: with r the mean of x y / (1 + x y) and the shape g it is (g - r - r
     * g) / (x g), and x g is above 0. In this form nothing cancels near 0, where over x^2 it goes to half the mean
     * square less 1 (of excesses of mean 1).
     */
    private static double slope(double[] excesses, double x) {
        if (Math.abs(x) < NEAREST) {
            double squares = 0;
            for (double excess : excesses) {
                squares += excess * excess;
            }
            return squares / excesses.length / 2 - 1;
        }
        double shares = 0;
        double shape = 0;
        double difference = 0;
        for (double excess : excesses) {
            double product = x * excess;
            double share = product / (1 + product);
            double logarithm = Math.log1p(product);
            shares += share;
            shape += logarithm;
            difference += logarithm - share;
        }
        double count = excesses.length;
        return difference / count - shares / count * (shape / count);
    }
}
