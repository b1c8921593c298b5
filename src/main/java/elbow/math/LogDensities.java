package elbow.math;

/**
 * Log-densities and log-probabilities in nats, natural logarithm, with every constant, and their derivatives, in
 * double, as far as likelihoods and their samplers build on them: what is not hot, and what must not cancel.
 *
 * <p>Parameters are those a network can put out without constraint: logits, log-scales, log-rates. Arguments are not
 * checked; outside a distribution's support the result has no meaning. Rounding error is at most 1e-12 x the largest
 * term of the formula, or 1e-12 if no term reaches 1: a Student's t with very many degrees of freedom subtracts two
 * large values of log Gamma. The formula of a derivative has the density's terms, differentiated; exp of a logit or
 * log-scale and differences between edges multiply the rounding of what they are taken of.
 */
public final class LogDensities {
    /** log(2 pi), to one unit in the last place. */
    public static final double LOG_2_PI = Math.log(2 * Math.PI);

    /** Below this logit the continuous Bernoulli's normalizer is computed by its series. */
    private static final double SERIES_LIMIT = 0.1;

    /** Counts up to this one have products and sums term by term: exact to rounding, and faster. */
    private static final int FEW = 12;

    private static final double[] LOG_FACTORIALS = logFactorials(256);

    private LogDensities() {}

    /** log(1 + exp(x)). */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** 1 / (1 + exp(-x)). */
    public static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /**
     * Continuous Bernoulli: density exp(logit x) logit / (exp(logit) - 1) on [0, 1]. See: G. Loaiza-Ganem, J. P.
     * Cunningham. The continuous Bernoulli. NeurIPS 2019.
     */
    public static double continuousBernoulli(double x, double logit) {
        double magnitude = Math.abs(logit);
        if (magnitude < SERIES_LIMIT) {
            double square = logit * logit;
            return (x - 0.5) * logit - square * (1.0 / 24 - square * (1.0 / 2880 - square / 181440));
        }
        return x * logit - Math.max(logit, 0) - Math.log1p(-Math.exp(-magnitude)) + Math.log(magnitude);
    }

    /** The mean of the continuous Bernoulli. */
    public static double continuousBernoulliMean(double logit) {
        if (Math.abs(logit) < SERIES_LIMIT) {
            double square = logit * logit;
            return 0.5 + logit * (1.0 / 12 - square * (1.0 / 720 - square * (1.0 / 30240 - square / 1209600)));
        }
        return -1 / Math.expm1(-logit) - 1 / logit;
    }

    /** Student's t with location, scale exp(logScale) and exp(logDegrees) degrees of freedom. */
    public static double studentT(double x, double location, double logScale, double logDegrees) {
        double degrees = Math.exp(logDegrees);
        double t = (x - location) * Math.exp(-logScale);
        return GammaFunctions.logGamma(0.5 * (degrees + 1))
                - GammaFunctions.logGamma(0.5 * degrees)
                - 0.5 * (logDegrees + Math.log(Math.PI))
                - logScale
                - 0.5 * (degrees + 1) * Math.log1p(t * t / degrees);
    }

    /** d studentT / d logDegrees. */
    public static double studentTLogDegreesGradient(double x, double location, double logScale, double logDegrees) {
        double degrees = Math.exp(logDegrees);
        double t = (x - location) * Math.exp(-logScale);
        double square = t * t;
        double slope = GammaFunctions.digamma(0.5 * (degrees + 1))
                - GammaFunctions.digamma(0.5 * degrees)
                - 1 / degrees
                - Math.log1p(square / degrees)
                + (degrees + 1) * square / (degrees * (degrees + square));
        return 0.5 * degrees * slope;
    }

    /** log(count!), count a whole number of at least 0. */
    public static double logFactorial(double count) {
        return count < LOG_FACTORIALS.length ? LOG_FACTORIALS[(int) count] : GammaFunctions.logGamma(count + 1);
    }

    /** log Gamma(x + count) - log Gamma(x) for x above 0 and a whole number count of at least 0. */
    public static double logRisingFactorial(double x, double count) {
        if (count > FEW) {
            return GammaFunctions.logGamma(x + count) - GammaFunctions.logGamma(x);
        }
        double product = 1;
        for (int i = 0; i < count; i++) {
            product *= x + i;
        }
        return Math.log(product);
    }

    /** digamma(x + count) - digamma(x) for x above 0 and a whole number count of at least 0. */
    public static double digammaDifference(double x, double count) {
        if (count > FEW) {
            return GammaFunctions.digamma(x + count) - GammaFunctions.digamma(x);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1 / (x + i);
        }
        return sum;
    }

    /** Poisson: a count with rate exp(logRate). */
    public static double poisson(double count, double logRate) {
        return count * logRate - Math.exp(logRate) - logFactorial(count);
    }

    /**
     * log(sigmoid(upper) - sigmoid(lower)), the mass of the standard logistic distribution between two values, lower
     * below upper, either of them may be infinite.
     */
    // = log(1 - exp(lower - upper)) - softplus(-upper) - softplus(lower), where the difference itself would cancel.
    public static double logisticInterval(double lower, double upper) {
        double inside = Math.log(-Math.expm1(lower - upper));
        return inside - softplus(-upper) - softplus(lower);
    }

    /** d logisticInterval / d upper; 0 if that is infinite. */
    public static double logisticIntervalUpperGradient(double lower, double upper) {
        return Double.isInfinite(upper) ? 0 : 1 / Math.expm1(upper - lower) + sigmoid(-upper);
    }

    /** d logisticInterval / d lower; 0 if that is infinite. */
    public static double logisticIntervalLowerGradient(double lower, double upper) {
        return Double.isInfinite(lower) ? 0 : -1 / Math.expm1(upper - lower) - sigmoid(lower);
    }

    private static double[] logFactorials(int count) {
        double[] table = new double[count];
        for (int i = 0; i < count; i++) {
            table[i] = GammaFunctions.logGamma(i + 1.0);
        }
        return table;
    }
}
