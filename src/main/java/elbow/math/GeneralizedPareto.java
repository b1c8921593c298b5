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
    public static final double LEAST_SHAPE = -0.5;

    public GeneralizedPareto {
        Check.argument(Double.isFinite(shape), "shape", "be finite", shape);
        Check.positive("scale", scale);
    }

    /**
     * The distribution of highest likelihood with a shape of at least {@link #LEAST_SHAPE}, whatever the excesses' unit
     * and however heavy their tail. See: S. Grimshaw. Computing maximum likelihood estimates for the generalized Pareto
     * distribution. Technometrics 35, 1993.
     *
     * @param excesses at least {@value #LEAST_EXCESSES}, each finite and at least 0, not all 0; in any order
     */
    public static GeneralizedPareto fit(double[] excesses) {
        return fitBelow(excesses, 0);
    }

    /**
     * The distribution of highest likelihood, as {@link #fit}, when all that is used of the {@code unseen} largest
     * excesses is that they are larger than the others: however wrong their sizes are, they do not change the result.
     * See: J. Lawless. Statistical Models and Methods for Lifetime Data. 2nd edition, 2003, section 2.2 (type 2
     * censoring).
     *
     * @param unseen at least 0 and at most half of the excesses; the others must not all be 0
     */
    public static GeneralizedPareto fitBelow(double[] excesses, int unseen) {
        Check.argument(excesses.length >= LEAST_EXCESSES, "excesses", "be at least " + LEAST_EXCESSES, excesses.length);
        Check.argument(unseen >= 0 && unseen <= excesses.length / 2, "unseen", "be from 0 to half of excesses", unseen);
        for (double excess : excesses) {
            Check.notNegative("excess", excess);
        }
        double[] sorted = excesses.clone();
        Arrays.sort(sorted);
        double largest = sorted[sorted.length - 1 - unseen];
        Check.argument(largest > 0, "excesses", "not all be 0", largest);
        return new ParetoLikelihood(sorted, unseen).highest();
    }

    /** Whether the shape is the least that a fit may have, and would be less without that bound. */
    public boolean atBound() {
        return shape == LEAST_SHAPE;
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
}
