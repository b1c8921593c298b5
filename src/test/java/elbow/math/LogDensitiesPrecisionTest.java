package elbow.math;

import static elbow.math.Decimals.decimal;
import static elbow.math.Decimals.exp;
import static elbow.math.Decimals.log;
import static elbow.math.Decimals.slope;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link LogDensities} keeps its stated error bound, held against {@link ReferenceDensity}. */
final class LogDensitiesPrecisionTest {
    private static final double BOUND = 1e-12;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final double[] LOGITS = {
        -700, -40, -5, -0.3, -0.1, -0.0999, -1e-3, -1e-9, 1e-9, 0.05, 0.1, 2, 36, 700
    };
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
    void softplusAndSigmoid() {
        for (double x : LOGITS) {
            // What a Bernoulli variable costs at 0, and how fast that grows.
            BigDecimal exact = ReferenceDensity.BERNOULLI.exact(0, x).negate();
            assertClose("softplus", LogDensities.softplus(x), exact, new double[] {x}, x);
            BigDecimal slope = ReferenceDensity.BERNOULLI.exactSlope(1, 0, x).negate();
            assertClose("sigmoid", LogDensities.sigmoid(x), slope, new double[] {1}, x);
        }
    }

    @Test
    void continuousBernoulli() {
        for (double logit : LOGITS) {
            double magnitude = Math.abs(logit);
            for (double x : new double[] {0, 1e-3, 0.5, 0.77, 1}) {
                double[] terms = {logit, Math.log(magnitude)};
                BigDecimal exact = ReferenceDensity.CONTINUOUS_BERNOULLI.exact(x, logit);
                assertClose("density", LogDensities.continuousBernoulli(x, logit), exact, terms, x, logit);
            }
            // The slope at 0 is minus the mean. Its terms are 1 / expm1(-logit) and 1 / logit, below 0.1 those of a
            // series that starts with 1/2.
            double[] terms = {1, magnitude < 0.1 ? 0 : 1 / magnitude};
            BigDecimal mean = ReferenceDensity.CONTINUOUS_BERNOULLI
                    .exactSlope(1, 0, logit)
                    .negate();
            assertClose("mean", LogDensities.continuousBernoulliMean(logit), mean, terms, logit);
        }
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
        double density = LogDensities.studentT(x, location, logScale, logDegrees);
        assertClose("studentT", density, ReferenceDensity.STUDENT_T.exact(arguments), terms, arguments);
        double byLogDegrees = LogDensities.studentTLogDegreesGradient(x, location, logScale, logDegrees);
        double pull = (degrees + 1) * t * t / (degrees + t * t);
        double digamma = degrees * GammaFunctions.digamma(0.5 * (degrees + 1));
        double less = degrees * GammaFunctions.digamma(0.5 * degrees);
        double[] slopeTerms = {digamma, less, 1, degrees * Math.log1p(t * t / degrees), pull};
        BigDecimal slope = ReferenceDensity.STUDENT_T.exactSlope(3, arguments);
        assertClose("by log-degrees", byLogDegrees, slope, slopeTerms, arguments);
    }

    @Test
    void counts() {
        for (double count : COUNTS) {
            for (double logRate : new double[] {-30, -0.1, 0, 1.3, 20}) {
                double[] terms = {count * logRate, Math.exp(logRate), GammaFunctions.logGamma(count + 1)};
                BigDecimal exact = ReferenceDensity.POISSON.exact(count, logRate);
                assertClose("poisson", LogDensities.poisson(count, logRate), exact, terms, count, logRate);
            }
            for (double size : new double[] {1e-4, 0.3, 1, 7.5, 300, 6e4, 1e6}) {
                assertDifferences(size, count);
            }
        }
    }

    private static void assertDifferences(double size, double count) {
        BigDecimal end = decimal(size).add(decimal(count));
        double[] terms = {GammaFunctions.logGamma(size + count), GammaFunctions.logGamma(size)};
        BigDecimal rising = Decimals.logGamma(end).subtract(Decimals.logGamma(decimal(size)));
        double actual = LogDensities.logRisingFactorial(size, count);
        assertClose("logRisingFactorial", actual, rising, terms, size, count);
        double[] slopeTerms = {GammaFunctions.digamma(size + count), GammaFunctions.digamma(size)};
        BigDecimal slope =
                slope(r -> Decimals.logGamma(r.add(decimal(count))), size).subtract(slope(Decimals::logGamma, size));
        double difference = LogDensities.digammaDifference(size, count);
        assertClose("digammaDifference", difference, slope, slopeTerms, size, count);
    }

    @Test
    void intervalsOfLogisticDistributions() {
        double[] edges = {Double.NEGATIVE_INFINITY, -1.5, 0.25, 0.75, Double.POSITIVE_INFINITY};
        for (double location : new double[] {-90, -7, -0.3, 0.5, 2, 80}) {
            for (int category = 0; category < 4; category++) {
                double[] arguments = {category, location, -1.5, 0.25, 0.75};
                double lower = edges[category] - location;
                double upper = edges[category + 1] - location;
                double[] terms = {Math.abs(location) + 1.5, 1};
                BigDecimal exact = ReferenceDensity.ORDINAL.exact(arguments);
                assertClose("interval", LogDensities.logisticInterval(lower, upper), exact, terms, arguments);
                // 1 / expm1(0.5) is the largest term, its argument the difference of values as large as the location.
                double[] slopeTerms = {2 * (1 + Math.abs(location))};
                double byUpper = LogDensities.logisticIntervalUpperGradient(lower, upper);
                assertClose("by upper", byUpper, slopeByEdge(category, arguments), slopeTerms, arguments);
                double byLower = LogDensities.logisticIntervalLowerGradient(lower, upper);
                assertClose("by lower", byLower, slopeByEdge(category - 1, arguments), slopeTerms, arguments);
            }
        }
    }

    /** 0 for an edge at infinity. */
    private static BigDecimal slopeByEdge(int threshold, double[] arguments) {
        return threshold < 0 || threshold == 3
                ? BigDecimal.ZERO
                : ReferenceDensity.ORDINAL.exactSlope(2 + threshold, arguments);
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
