package elbow.math;

/**
 * Log-densities and log-probabilities in nats, natural logarithm, with every constant, and their derivatives, in
 * double. They are the definition that vectorized likelihoods are tested against, and what those build on that are not
 * hot.
 *
 * <p>Parameters are those a network can put out without constraint: logits, log-scales, log-rates. Arguments are not
 * checked; outside a distribution's support the result has no meaning. Rounding error is at most 1e-12 x the largest
 * term of the formula, or 1e-12 if no term reaches 1: a Student's t with very many degrees of freedom subtracts two
 * large values of log Gamma. The formula of a derivative has the density's terms, differentiated; exp of a logit or
 * log-scale and differences between edges multiply the rounding of what they are taken of.
 */
public final class LogDensities {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

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

    /** Bernoulli: x 0 or 1. */
    public static double bernoulli(double x, double logit) {
        return x * logit - softplus(logit);
    }

    /** d bernoulli / d logit. */
    public static double bernoulliLogitGradient(double x, double logit) {
        return x - sigmoid(logit);
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

    /** d continuousBernoulli / d logit. */
    public static double continuousBernoulliLogitGradient(double x, double logit) {
        return x - continuousBernoulliMean(logit);
    }

    /** Gaussian. */
    public static double gaussian(double x, double mean, double logVariance) {
        double residual = x - mean;
        return -0.5 * (residual * residual * Math.exp(-logVariance) + logVariance + LOG_2_PI);
    }

    /** d gaussian / d mean. */
    public static double gaussianMeanGradient(double x, double mean, double logVariance) {
        return (x - mean) * Math.exp(-logVariance);
    }

    /** d gaussian / d logVariance. */
    public static double gaussianLogVarianceGradient(double x, double mean, double logVariance) {
        double residual = x - mean;
        return 0.5 * (residual * residual * Math.exp(-logVariance) - 1);
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

    /** d studentT / d location. */
    public static double studentTLocationGradient(double x, double location, double logScale, double logDegrees) {
        double degrees = Math.exp(logDegrees);
        double t = (x - location) * Math.exp(-logScale);
        return (degrees + 1) * t / (degrees + t * t) * Math.exp(-logScale);
    }

    /** d studentT / d logScale. */
    public static double studentTLogScaleGradient(double x, double location, double logScale, double logDegrees) {
        double degrees = Math.exp(logDegrees);
        double t = (x - location) * Math.exp(-logScale);
        return (degrees + 1) * t * t / (degrees + t * t) - 1;
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

    /** Log-normal: log x is Gaussian; x above 0. */
    public static double logNormal(double x, double mean, double logVariance) {
        double logarithm = Math.log(x);
        return gaussian(logarithm, mean, logVariance) - logarithm;
    }

    /** d logNormal / d mean. */
    public static double logNormalMeanGradient(double x, double mean, double logVariance) {
        return gaussianMeanGradient(Math.log(x), mean, logVariance);
    }

    /** d logNormal / d logVariance. */
    public static double logNormalLogVarianceGradient(double x, double mean, double logVariance) {
        return gaussianLogVarianceGradient(Math.log(x), mean, logVariance);
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

    /** d poisson / d logRate. */
    public static double poissonLogRateGradient(double count, double logRate) {
        return count - Math.exp(logRate);
    }

    /** Negative binomial with mean m = exp(logMean) and size r = exp(logSize); variance m + m^2 / r. */
    public static double negativeBinomial(double count, double logMean, double logSize) {
        double size = Math.exp(logSize);
        return logRisingFactorial(size, count)
                - logFactorial(count)
                - size * softplus(logMean - logSize)
                - count * softplus(logSize - logMean);
    }

    /** d negativeBinomial / d logMean. */
    public static double negativeBinomialLogMeanGradient(double count, double logMean, double logSize) {
        return count * sigmoid(logSize - logMean) - Math.exp(logSize) * sigmoid(logMean - logSize);
    }

    /** d negativeBinomial / d logSize. */
    public static double negativeBinomialLogSizeGradient(double count, double logMean, double logSize) {
        double size = Math.exp(logSize);
        double share = sigmoid(logMean - logSize);
        return size * (digammaDifference(size, count) - softplus(logMean - logSize) + share)
                - count * sigmoid(logSize - logMean);
    }

    /** Categorical: the category's log-probability under softmax(logits). */
    public static double categorical(int category, double[] logits) {
        return logits[category] - LogSumExp.of(logits, 0, 1, logits.length);
    }

    /** Writes d categorical / d logits[i] to {@code gradient[i]}. */
    public static void categoricalGradient(int category, double[] logits, double[] gradient) {
        double total = LogSumExp.of(logits, 0, 1, logits.length);
        for (int i = 0; i < logits.length; i++) {
            gradient[i] = (i == category ? 1 : 0) - Math.exp(logits[i] - total);
        }
    }

    /**
     * Ordinal: cumulative logits. P(category at most k) = sigmoid(thresholds[k] - location), categories 0 to
     * thresholds.length.
     *
     * @param thresholds increasing
     */
    public static double ordinal(int category, double location, double[] thresholds) {
        return logisticInterval(lower(category, thresholds) - location, upper(category, thresholds) - location);
    }

    /** d ordinal / d location. */
    public static double ordinalLocationGradient(int category, double location, double[] thresholds) {
        double lower = lower(category, thresholds) - location;
        double upper = upper(category, thresholds) - location;
        return -logisticIntervalLowerGradient(lower, upper) - logisticIntervalUpperGradient(lower, upper);
    }

    /** d ordinal / d thresholds[index]; 0 for thresholds that do not bound the category. */
    public static double ordinalThresholdGradient(int category, double location, double[] thresholds, int index) {
        double lower = lower(category, thresholds) - location;
        double upper = upper(category, thresholds) - location;
        if (index == category) {
            return logisticIntervalUpperGradient(lower, upper);
        }
        return index == category - 1 ? logisticIntervalLowerGradient(lower, upper) : 0;
    }

    /**
     * Discretized logistic: the mass of a logistic distribution, in units of levels, between level - 1/2 and level +
     * 1/2; the outermost levels take the tails. See: T. Salimans et al. PixelCNN++. ICLR 2017.
     *
     * @param level 0 to levels - 1
     */
    public static double discretizedLogistic(int level, int levels, double mean, double logScale) {
        return logisticInterval(lowerEdge(level, mean, logScale), upperEdge(level, levels, mean, logScale));
    }

    /** d discretizedLogistic / d mean. */
    public static double discretizedLogisticMeanGradient(int level, int levels, double mean, double logScale) {
        double lower = lowerEdge(level, mean, logScale);
        double upper = upperEdge(level, levels, mean, logScale);
        return -Math.exp(-logScale)
                * (logisticIntervalLowerGradient(lower, upper) + logisticIntervalUpperGradient(lower, upper));
    }

    /** d discretizedLogistic / d logScale. */
    public static double discretizedLogisticLogScaleGradient(int level, int levels, double mean, double logScale) {
        double lower = lowerEdge(level, mean, logScale);
        double upper = upperEdge(level, levels, mean, logScale);
        double fromLower = Double.isInfinite(lower) ? 0 : lower * logisticIntervalLowerGradient(lower, upper);
        double fromUpper = Double.isInfinite(upper) ? 0 : upper * logisticIntervalUpperGradient(lower, upper);
        return -fromLower - fromUpper;
    }

    private static double lowerEdge(int level, double mean, double logScale) {
        return level == 0 ? Double.NEGATIVE_INFINITY : (level - 0.5 - mean) * Math.exp(-logScale);
    }

    private static double upperEdge(int level, int levels, double mean, double logScale) {
        return level == levels - 1 ? Double.POSITIVE_INFINITY : (level + 0.5 - mean) * Math.exp(-logScale);
    }

    private static double lower(int category, double[] thresholds) {
        return category == 0 ? Double.NEGATIVE_INFINITY : thresholds[category - 1];
    }

    private static double upper(int category, double[] thresholds) {
        return category == thresholds.length ? Double.POSITIVE_INFINITY : thresholds[category];
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
