package elbow.math;

import static elbow.math.Decimals.decimal;
import static elbow.math.Decimals.divide;
import static elbow.math.Decimals.exp;
import static elbow.math.Decimals.log;
import static elbow.math.Decimals.slope;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link LogDensities} keeps its stated error bound, held against textbook formulas in 110 digits. */
final class LogDensitiesPrecisionTest {
    private static final double BOUND = 1e-12;
    private static final double[] ONE = {1};
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final double[] LOGITS = {
        -700, -40, -5, -0.3, -0.1, -0.0999, -1e-3, -1e-9, 1e-9, 0.05, 0.1, 2, 36, 700
    };
    private static final double[] LOG_VARIANCES = {-40, -13, -1, 0, 0.7, 9, 40};
    private static final double[] VALUES = {-1e6, -31.7, -0.25, 1e-8, 1.5, 4e4};
    private static final double[] COUNTS = {0, 1, 9, 137, 3e6};

    @Test
    void referenceKnowsItsConstants() {
        assertThat(Decimals.pi().toString())
                .startsWith("3.14159265358979323846264338327950288419716939937510582097494");
        assertThat(exp(BigDecimal.ONE).toString())
                .startsWith("2.71828182845904523536028747135266249775724709369995957496696");
        assertThat(log(BigDecimal.TEN).toString())
                .startsWith("2.30258509299404568401799145468436420760110148862877297603332");
        BigDecimal factorial = BigDecimal.ONE;
        for (int n = 2; n < 30; n++) {
            factorial = factorial.multiply(BigDecimal.valueOf(n));
        }
        assertDigits(Decimals.logGamma(BigDecimal.valueOf(30)), log(factorial));
        assertDigits(Decimals.logGamma(HALF), log(Decimals.pi()).multiply(HALF));
    }

    @Test
    void gammaFunctionsKeepTheirBound() {
        for (double x : new double[] {1e-6, 0.01, 0.5, 0.999, 1.5, 3.3, 9.99, 10, 10.01, 77.7, 1e4, 3e7, 1e12}) {
            double logGamma = GammaFunctions.logGamma(x);
            double digamma = GammaFunctions.digamma(x);
            BigDecimal exact = Decimals.logGamma(decimal(x));
            assertWithin("logGamma " + x, logGamma, exact, 1e-13 * Math.max(1, Math.abs(logGamma)));
            BigDecimal exactSlope = slope(Decimals::logGamma, x);
            assertWithin("digamma " + x, digamma, exactSlope, 1e-13 * Math.max(1, Math.abs(digamma)));
        }
    }

    @Test
    void bernoulli() {
        for (double logit : LOGITS) {
            for (double x : new double[] {0, 1}) {
                double[] terms = {x * logit, LogDensities.softplus(logit)};
                BigDecimal exact = bernoulli(x, decimal(logit));
                assertClose("bernoulli", LogDensities.bernoulli(x, logit), exact, terms, x, logit);
                BigDecimal slope = slope(l -> bernoulli(x, l), logit);
                assertClose("by logit", LogDensities.bernoulliLogitGradient(x, logit), slope, ONE, x, logit);
            }
        }
    }

    private static BigDecimal bernoulli(double x, BigDecimal logit) {
        return decimal(x).multiply(logit).subtract(softplus(logit));
    }

    @Test
    void continuousBernoulli() {
        for (double logit : LOGITS) {
            double magnitude = Math.abs(logit);
            for (double x : new double[] {0, 1e-3, 0.5, 0.77, 1}) {
                double[] terms = {logit, Math.log(magnitude)};
                BigDecimal exact = continuousBernoulli(x, decimal(logit));
                assertClose("density", LogDensities.continuousBernoulli(x, logit), exact, terms, x, logit);
                // Its terms are x, 1 / expm1(-logit) and 1 / logit, below 0.1 those of a series that starts with 1/2.
                double[] slopeTerms = {1, magnitude < 0.1 ? 0 : 1 / magnitude};
                double actual = LogDensities.continuousBernoulliLogitGradient(x, logit);
                assertClose("by logit", actual, slope(l -> continuousBernoulli(x, l), logit), slopeTerms, x, logit);
            }
        }
    }

    private static BigDecimal continuousBernoulli(double x, BigDecimal logit) {
        BigDecimal normalizer = divide(logit, exp(logit).subtract(BigDecimal.ONE));
        return decimal(x).multiply(logit).add(log(normalizer));
    }

    @Test
    void gaussianAndLogNormal() {
        for (double logVariance : LOG_VARIANCES) {
            for (double mean : new double[] {-20, 0, 0.3, 1000}) {
                for (double x : VALUES) {
                    assertGaussian(x, mean, logVariance);
                    assertLogNormal(Math.abs(x), mean / 20, logVariance);
                }
            }
        }
    }

    private static void assertGaussian(double x, double mean, double logVariance) {
        double distance = (x - mean) * (x - mean) * Math.exp(-logVariance);
        double[] terms = {distance / 2, logVariance / 2, 0.9};
        BigDecimal exact = gaussian(decimal(x), decimal(mean), decimal(logVariance));
        double density = LogDensities.gaussian(x, mean, logVariance);
        assertClose("gaussian", density, exact, terms, x, mean, logVariance);
        double byMean = LogDensities.gaussianMeanGradient(x, mean, logVariance);
        double[] meanTerms = {(x - mean) * Math.exp(-logVariance)};
        BigDecimal meanSlope = slope(m -> gaussian(decimal(x), m, decimal(logVariance)), mean);
        assertClose("by mean", byMean, meanSlope, meanTerms, x, mean, logVariance);
        double byLogVariance = LogDensities.gaussianLogVarianceGradient(x, mean, logVariance);
        BigDecimal slope = slope(v -> gaussian(decimal(x), decimal(mean), v), logVariance);
        assertClose("by log-variance", byLogVariance, slope, new double[] {distance / 2, 0.5}, x, mean, logVariance);
    }

    private static void assertLogNormal(double x, double mean, double logVariance) {
        double logarithm = Math.log(x);
        double precision = Math.exp(-logVariance);
        // The residual's own terms are log x and the mean: what rounding does to them, the square multiplies.
        double residual = Math.abs(logarithm) + Math.abs(mean);
        double[] terms = {residual * residual * precision / 2, logVariance / 2, 0.9, logarithm};
        BigDecimal exact = logNormal(decimal(x), decimal(mean), decimal(logVariance));
        double density = LogDensities.logNormal(x, mean, logVariance);
        assertClose("logNormal", density, exact, terms, x, mean, logVariance);
        double byMean = LogDensities.logNormalMeanGradient(x, mean, logVariance);
        BigDecimal meanSlope = slope(m -> logNormal(decimal(x), m, decimal(logVariance)), mean);
        assertClose("by mean", byMean, meanSlope, new double[] {residual * precision}, x, mean, logVariance);
        double byLogVariance = LogDensities.logNormalLogVarianceGradient(x, mean, logVariance);
        BigDecimal slope = slope(v -> logNormal(decimal(x), decimal(mean), v), logVariance);
        assertClose("by log-variance", byLogVariance, slope, terms, x, mean, logVariance);
    }

    private static BigDecimal gaussian(BigDecimal x, BigDecimal mean, BigDecimal logVariance) {
        BigDecimal residual = x.subtract(mean);
        BigDecimal variance = exp(logVariance);
        BigDecimal exponent = divide(residual.multiply(residual), variance).multiply(HALF);
        BigDecimal scale = log(BigDecimal.valueOf(2).multiply(Decimals.pi()).multiply(variance));
        return exponent.negate().subtract(scale.multiply(HALF));
    }

    private static BigDecimal logNormal(BigDecimal x, BigDecimal mean, BigDecimal logVariance) {
        BigDecimal logarithm = log(x);
        return gaussian(logarithm, mean, logVariance).subtract(logarithm);
    }

    @Test
    void studentT() {
        for (double logDegrees : new double[] {-4, 0, 1.1, 9, 30}) {
            for (double logScale : new double[] {-9, 0.4, 12}) {
                for (double x : new double[] {-1000, -0.2, 0.3, 1.9, 5e5}) {
                    assertStudentT(x, 0.3, logScale, logDegrees);
                }
            }
        }
    }

    private static void assertStudentT(double x, double location, double logScale, double logDegrees) {
        double degrees = Math.exp(logDegrees);
        double t = (x - location) * Math.exp(-logScale);
        double gammas = GammaFunctions.logGamma(0.5 * (degrees + 1));
        double kernel = 0.5 * (degrees + 1) * Math.log1p(t * t / degrees);
        double[] terms = {gammas, GammaFunctions.logGamma(0.5 * degrees), 0.5 * logDegrees, 0.6, logScale, kernel};
        double[] arguments = {x, location, logScale, logDegrees};
        BigDecimal[] exact =
                Arrays.stream(arguments).mapToObj(Decimals::decimal).toArray(BigDecimal[]::new);
        double density = LogDensities.studentT(x, location, logScale, logDegrees);
        assertClose("studentT", density, studentT(exact), terms, arguments);
        double byLocation = LogDensities.studentTLocationGradient(x, location, logScale, logDegrees);
        double byLogScale = LogDensities.studentTLogScaleGradient(x, location, logScale, logDegrees);
        double byLogDegrees = LogDensities.studentTLogDegreesGradient(x, location, logScale, logDegrees);
        assertClose("by location", byLocation, slopeOfT(exact, 1), new double[] {byLocation}, arguments);
        double pull = (degrees + 1) * t * t / (degrees + t * t);
        assertClose("by log-scale", byLogScale, slopeOfT(exact, 2), new double[] {pull, 1}, arguments);
        double digamma = degrees * GammaFunctions.digamma(0.5 * (degrees + 1));
        double less = degrees * GammaFunctions.digamma(0.5 * degrees);
        double[] slopeTerms = {digamma, less, 1, degrees * Math.log1p(t * t / degrees), pull};
        assertClose("by log-degrees", byLogDegrees, slopeOfT(exact, 3), slopeTerms, arguments);
    }

    private static BigDecimal slopeOfT(BigDecimal[] arguments, int index) {
        return slope(
                value -> {
                    BigDecimal[] changed = arguments.clone();
                    changed[index] = value;
                    return studentT(changed);
                },
                arguments[index].doubleValue());
    }

    // x, location, log-scale, log-degrees.
    private static BigDecimal studentT(BigDecimal[] arguments) {
        BigDecimal degrees = exp(arguments[3]);
        BigDecimal scale = exp(arguments[2]);
        BigDecimal t = divide(arguments[0].subtract(arguments[1]), scale);
        BigDecimal more = degrees.add(BigDecimal.ONE).multiply(HALF);
        BigDecimal kernel = log(BigDecimal.ONE.add(divide(t.multiply(t), degrees)));
        return Decimals.logGamma(more)
                .subtract(Decimals.logGamma(degrees.multiply(HALF)))
                .subtract(log(degrees.multiply(Decimals.pi())).multiply(HALF))
                .subtract(log(scale))
                .subtract(more.multiply(kernel));
    }

    @Test
    void counts() {
        for (double count : COUNTS) {
            for (double logRate : new double[] {-30, -0.1, 0, 1.3, 20}) {
                assertPoisson(count, logRate);
                for (double logSize : new double[] {-6, 0, 11}) {
                    assertNegativeBinomial(count, logRate, logSize);
                }
            }
        }
    }

    private static void assertPoisson(double count, double logRate) {
        double rate = Math.exp(logRate);
        double[] terms = {count * logRate, rate, GammaFunctions.logGamma(count + 1)};
        BigDecimal exact = poisson(count, decimal(logRate));
        assertClose("poisson", LogDensities.poisson(count, logRate), exact, terms, count, logRate);
        BigDecimal slope = slope(r -> poisson(count, r), logRate);
        double[] slopeTerms = {count, rate};
        assertClose(
                "by log-rate", LogDensities.poissonLogRateGradient(count, logRate), slope, slopeTerms, count, logRate);
    }

    private static BigDecimal poisson(double count, BigDecimal logRate) {
        return decimal(count).multiply(logRate).subtract(exp(logRate)).subtract(Decimals.logGamma(decimal(count + 1)));
    }

    private static void assertNegativeBinomial(double count, double logMean, double logSize) {
        double size = Math.exp(logSize);
        double fromSize = size * LogDensities.softplus(logMean - logSize);
        double[] terms = {
            GammaFunctions.logGamma(count + size),
            GammaFunctions.logGamma(size),
            GammaFunctions.logGamma(count + 1),
            fromSize,
            count * LogDensities.softplus(logSize - logMean)
        };
        BigDecimal exact = negativeBinomial(count, decimal(logMean), decimal(logSize));
        double density = LogDensities.negativeBinomial(count, logMean, logSize);
        assertClose("negativeBinomial", density, exact, terms, count, logMean, logSize);
        double byMean = LogDensities.negativeBinomialLogMeanGradient(count, logMean, logSize);
        BigDecimal meanSlope = slope(m -> negativeBinomial(count, m, decimal(logSize)), logMean);
        double share = LogDensities.sigmoid(logMean - logSize);
        double rest = LogDensities.sigmoid(logSize - logMean);
        double[] meanTerms = {count * rest, size * share};
        assertClose("by log-mean", byMean, meanSlope, meanTerms, count, logMean, logSize);
        double bySize = LogDensities.negativeBinomialLogSizeGradient(count, logMean, logSize);
        BigDecimal sizeSlope = slope(r -> negativeBinomial(count, decimal(logMean), r), logSize);
        double[] sizeTerms = {
            size * GammaFunctions.digamma(count + size),
            size * GammaFunctions.digamma(size),
            fromSize,
            count,
            size * share
        };
        assertClose("by log-size", bySize, sizeSlope, sizeTerms, count, logMean, logSize);
    }

    // The success probability is p = m / (m + r): Gamma(n + r) / (Gamma(r) n!) (1 - p)^r p^n.
    private static BigDecimal negativeBinomial(double count, BigDecimal logMean, BigDecimal logSize) {
        BigDecimal mean = exp(logMean);
        BigDecimal size = exp(logSize);
        BigDecimal total = mean.add(size);
        return Decimals.logGamma(decimal(count).add(size))
                .subtract(Decimals.logGamma(size))
                .subtract(Decimals.logGamma(decimal(count + 1)))
                .add(size.multiply(log(divide(size, total))))
                .add(decimal(count).multiply(log(divide(mean, total))));
    }

    @Test
    void categorical() {
        double[] logits = {-600, -3, 0.25, 0.5, 30};
        for (int category = 0; category < logits.length; category++) {
            int own = category;
            double[] terms = {logits[own], 30};
            assertClose("categorical", LogDensities.categorical(own, logits), categorical(own, logits), terms, own);
            double[] gradient = new double[logits.length];
            LogDensities.categoricalGradient(own, logits, gradient);
            for (int i = 0; i < logits.length; i++) {
                BigDecimal share = exp(categorical(i, logits));
                BigDecimal exact = BigDecimal.valueOf(i == own ? 1 : 0).subtract(share);
                // exp multiplies the rounding of the log-probability, which is that of the largest logit.
                assertClose("by logit", gradient[i], exact, new double[] {30}, own, i);
            }
        }
    }

    private static BigDecimal categorical(int category, double[] logits) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double logit : logits) {
            sum = sum.add(exp(decimal(logit)));
        }
        return decimal(logits[category]).subtract(log(sum));
    }

    @Test
    void intervalsOfLogisticDistributions() {
        double[] thresholds = {-1.5, 0.25, 0.75};
        for (double location : new double[] {-90, -7, -0.3, 0.5, 2, 80}) {
            for (int category = 0; category < 4; category++) {
                int own = category;
                double[] terms = {Math.abs(location) + 1.5, 1};
                BigDecimal exact = ordinal(own, decimal(location), thresholds);
                assertClose("ordinal", LogDensities.ordinal(own, location, thresholds), exact, terms, own, location);
                double actual = LogDensities.ordinalLocationGradient(own, location, thresholds);
                BigDecimal slope = slope(l -> ordinal(own, l, thresholds), location);
                // 1 / expm1(0.5) is the largest term, its argument the difference of values as large as the location.
                assertClose("by location", actual, slope, new double[] {2 * (1 + Math.abs(location))}, own, location);
            }
        }
        for (double logScale : new double[] {0.7, 2, 5, 9}) {
            for (int level : new int[] {0, 1, 100, 254, 255}) {
                for (double mean : new double[] {0, 99.7, 260}) {
                    assertDiscretizedLogistic(level, mean, logScale);
                }
            }
        }
    }

    private static BigDecimal ordinal(int category, BigDecimal location, double[] thresholds) {
        BigDecimal below = category == 0
                ? BigDecimal.ZERO
                : sigmoid(decimal(thresholds[category - 1]).subtract(location));
        BigDecimal upTo = category == thresholds.length
                ? BigDecimal.ONE
                : sigmoid(decimal(thresholds[category]).subtract(location));
        return log(upTo.subtract(below));
    }

    private static void assertDiscretizedLogistic(int level, double mean, double logScale) {
        double scale = Math.exp(-logScale);
        double edge = (Math.abs(level - mean) + 0.5) * scale;
        // The log of a narrow interval and the tail beyond it.
        double[] terms = {1, logScale, edge};
        BigDecimal exact = discretizedLogistic(level, decimal(mean), decimal(logScale));
        double density = LogDensities.discretizedLogistic(level, 256, mean, logScale);
        assertClose("discretizedLogistic", density, exact, terms, level, mean, logScale);
        // 1 / expm1(width) of an interval of width 1 / scale, whose ends are as large as the edge.
        double inverse = (1 / scale) * Math.max(1, edge / scale);
        double byMean = LogDensities.discretizedLogisticMeanGradient(level, 256, mean, logScale);
        BigDecimal meanSlope = slope(m -> discretizedLogistic(level, m, decimal(logScale)), mean);
        assertClose("by mean", byMean, meanSlope, new double[] {scale * inverse, 1}, level, mean, logScale);
        double byScale = LogDensities.discretizedLogisticLogScaleGradient(level, 256, mean, logScale);
        BigDecimal scaleSlope = slope(s -> discretizedLogistic(level, decimal(mean), s), logScale);
        double[] scaleTerms = {edge * inverse, edge, 1};
        assertClose("by log-scale", byScale, scaleSlope, scaleTerms, level, mean, logScale);
    }

    private static BigDecimal discretizedLogistic(int level, BigDecimal mean, BigDecimal logScale) {
        BigDecimal scale = exp(logScale);
        BigDecimal middle = BigDecimal.valueOf(level).subtract(mean);
        BigDecimal below = level == 0 ? BigDecimal.ZERO : sigmoid(divide(middle.subtract(HALF), scale));
        BigDecimal upTo = level == 255 ? BigDecimal.ONE : sigmoid(divide(middle.add(HALF), scale));
        return log(upTo.subtract(below));
    }

    private static BigDecimal sigmoid(BigDecimal x) {
        return divide(BigDecimal.ONE, BigDecimal.ONE.add(exp(x.negate())));
    }

    private static BigDecimal softplus(BigDecimal x) {
        return log(BigDecimal.ONE.add(exp(x)));
    }

    private static void assertClose(String name, double actual, BigDecimal exact, double[] terms, double... arguments) {
        double largest = Math.max(1, Arrays.stream(terms).map(Math::abs).max().orElseThrow());
        assertWithin(name + " of " + Arrays.toString(arguments), actual, exact, BOUND * largest);
    }

    private static void assertWithin(String name, double actual, BigDecimal exact, double bound) {
        assertThat(decimal(actual).subtract(exact).abs())
                .as("%s = %s, exactly %s", name, actual, exact.doubleValue())
                .isLessThanOrEqualTo(decimal(bound));
    }

    private static void assertDigits(BigDecimal actual, BigDecimal expected) {
        assertThat(actual.subtract(expected).abs()).isLessThan(new BigDecimal("1e-95"));
    }
}
