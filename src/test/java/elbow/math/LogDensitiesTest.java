package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogDensitiesTest {
    private static final double[] THRESHOLDS = {-1.5, 0.25, 0.75};

    @ParameterizedTest
    @ValueSource(doubles = {-25, -2, -0.1, -0.05, 0, 0.03, 0.0999, 1, 12})
    void massesSumToOne(double parameter) {
        assertSum(2, x -> LogDensities.bernoulli(x, parameter));
        double rate = Math.min(parameter, 4);
        assertSum(2000, x -> LogDensities.poisson(x, rate));
        assertSum(60_000, x -> LogDensities.negativeBinomial(x, rate, 0.4));
        assertSum(3, x -> LogDensities.categorical(x, new double[] {parameter, 1, -2}));
        assertSum(4, x -> LogDensities.ordinal(x, parameter, THRESHOLDS));
        assertSum(256, x -> LogDensities.discretizedLogistic(x, 256, 100 + parameter, 1.2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, -2, -0.1, -0.05, 0, 0.03, 0.0999, 1, 9})
    void densitiesIntegrateToOne(double parameter) {
        assertIntegral(0, 1, x -> LogDensities.continuousBernoulli(x, parameter));
        assertIntegral(-60, 60, x -> LogDensities.gaussian(x, parameter, 0.7));
        assertIntegral(-60, 60, x -> LogDensities.studentT(x, parameter, -0.3, Math.log(15)));
        double centre = parameter / 10;
        assertIntegral(1e-9, 60, x -> LogDensities.logNormal(x, centre, -1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-8, -1.3, -0.09, 0.02, 0.6, 3})
    void gradientsAreCentralDifferences(double p) {
        assertSlope(q -> LogDensities.bernoulli(0.3, q), p, LogDensities.bernoulliLogitGradient(0.3, p));
        assertSlope(
                q -> LogDensities.continuousBernoulli(0.3, q),
                p,
                LogDensities.continuousBernoulliLogitGradient(0.3, p));
        assertSlope(q -> LogDensities.gaussian(1.2, q, 0.4), p, LogDensities.gaussianMeanGradient(1.2, p, 0.4));
        assertSlope(q -> LogDensities.gaussian(1.2, 0.5, q), p, LogDensities.gaussianLogVarianceGradient(1.2, 0.5, p));
        assertSlope(
                q -> LogDensities.studentT(1.2, q, 0.2, 1.1),
                p,
                LogDensities.studentTLocationGradient(1.2, p, 0.2, 1.1));
        assertSlope(
                q -> LogDensities.studentT(1.2, 0.3, q, 1.1),
                p,
                LogDensities.studentTLogScaleGradient(1.2, 0.3, p, 1.1));
        assertSlope(
                q -> LogDensities.studentT(1.2, 0.3, 0.2, q),
                p,
                LogDensities.studentTLogDegreesGradient(1.2, 0.3, 0.2, p));
        assertSlope(q -> LogDensities.logNormal(1.7, q, 0.4), p, LogDensities.logNormalMeanGradient(1.7, p, 0.4));
        assertSlope(
                q -> LogDensities.logNormal(1.7, 0.1, q), p, LogDensities.logNormalLogVarianceGradient(1.7, 0.1, p));
        assertSlope(q -> LogDensities.poisson(3, q), p, LogDensities.poissonLogRateGradient(3, p));
        assertSlope(
                q -> LogDensities.negativeBinomial(3, q, 0.4),
                p,
                LogDensities.negativeBinomialLogMeanGradient(3, p, 0.4));
        assertSlope(
                q -> LogDensities.negativeBinomial(3, 0.8, q),
                p,
                LogDensities.negativeBinomialLogSizeGradient(3, 0.8, p));
        for (int category = 0; category < 4; category++) {
            int own = category;
            assertSlope(
                    q -> LogDensities.ordinal(own, q, THRESHOLDS),
                    p,
                    LogDensities.ordinalLocationGradient(own, p, THRESHOLDS));
        }
        for (int level : new int[] {0, 1, 128, 255}) {
            double mean = 128 + 40 * p;
            assertSlope(
                    q -> LogDensities.discretizedLogistic(level, 256, q, 2),
                    mean,
                    LogDensities.discretizedLogisticMeanGradient(level, 256, mean, 2));
            double logScale = 2 + p / 8;
            assertSlope(
                    q -> LogDensities.discretizedLogistic(level, 256, 120, q),
                    logScale,
                    LogDensities.discretizedLogisticLogScaleGradient(level, 256, 120, logScale));
        }
    }

    @Test
    void gradientsOfVectorsAreCentralDifferences() {
        double[] logits = {0.3, -1.1, 2};
        double[] gradient = new double[3];
        LogDensities.categoricalGradient(1, logits, gradient);
        for (int i = 0; i < 3; i++) {
            int own = i;
            assertSlope(q -> LogDensities.categorical(1, with(logits, own, q)), logits[i], gradient[i]);
            for (int category = 0; category < 4; category++) {
                int observed = category;
                assertSlope(
                        q -> LogDensities.ordinal(observed, 0.2, with(THRESHOLDS, own, q)),
                        THRESHOLDS[i],
                        LogDensities.ordinalThresholdGradient(category, 0.2, THRESHOLDS, i));
            }
        }
    }

    @Test
    void handComputedValuesComeOut() {
        assertThat(LogDensities.bernoulli(1, 0)).isCloseTo(-Math.log(2), within(1e-15));
        assertThat(LogDensities.continuousBernoulli(0.7, 0)).isZero();
        assertThat(LogDensities.gaussian(3, 1, Math.log(4))).isCloseTo(-2.1120857137646180, within(1e-14));
        // One degree of freedom is the Cauchy distribution.
        assertThat(LogDensities.studentT(2, 0, 0, 0)).isCloseTo(-Math.log(5 * Math.PI), within(1e-13));
        assertThat(LogDensities.logNormal(1, 0, 0)).isCloseTo(-0.5 * Math.log(2 * Math.PI), within(1e-15));
        assertThat(LogDensities.poisson(4, Math.log(2))).isCloseTo(Math.log(16 * Math.exp(-2) / 24), within(1e-13));
        // Size 1 is the geometric distribution; mean 1 gives 2^-(count + 1).
        assertThat(LogDensities.negativeBinomial(5, 0, 0)).isCloseTo(-6 * Math.log(2), within(1e-13));
        assertThat(LogDensities.categorical(2, new double[] {0, 0, 0, 0})).isCloseTo(-Math.log(4), within(1e-15));
    }

    @Test
    void tailsStayFinite() {
        assertThat(LogDensities.bernoulli(0, 800)).isEqualTo(-800);
        assertThat(LogDensities.continuousBernoulli(0, 800)).isCloseTo(-800 + Math.log(800), within(1e-9));
        assertThat(LogDensities.discretizedLogistic(200, 256, 10, -3))
                .isFinite()
                .isLessThan(-1000);
        assertThat(LogDensities.ordinal(3, -500, THRESHOLDS)).isCloseTo(-500.75, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.3, 1, 7.5, 300, 1e6})
    void risingFactorialsAreTheirSums(double x) {
        double logarithms = 0;
        double inverses = 0;
        for (int count = 0; count <= 400; count++) {
            double magnitude = Math.max(1, GammaFunctions.logGamma(x + count));
            assertThat(LogDensities.logRisingFactorial(x, count)).isCloseTo(logarithms, within(2e-13 * magnitude));
            assertThat(LogDensities.digammaDifference(x, count))
                    .isCloseTo(inverses, within(1e-12 * Math.max(1, 1 / x)));
            logarithms += Math.log(x + count);
            inverses += 1 / (x + count);
        }
    }

    @Test
    void logFactorialsOfTableAndFormulaMeet() {
        double sum = 0;
        for (int n = 0; n <= 1000; n++) {
            assertThat(LogDensities.logFactorial(n)).isCloseTo(sum, within(1e-13 * Math.max(1, sum)));
            sum += Math.log(n + 1);
        }
        // Stirling's first terms are enough for what a float holds of a count.
        assertThat(LogDensities.logFactorial(1e30)).isCloseTo(1e30 * (Math.log(1e30) - 1), within(1e18));
    }

    @Test
    void logGammaAndItsDerivativeAreThoseOfKnownArguments() {
        double factorials = 0;
        for (int n = 1; n <= 170; n++) {
            assertThat(GammaFunctions.logGamma(n)).isCloseTo(factorials, within(1e-13 * Math.max(1, factorials)));
            factorials += Math.log(n);
        }
        assertThat(GammaFunctions.logGamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
        double euler = 0.5772156649015329;
        assertThat(GammaFunctions.digamma(1)).isCloseTo(-euler, within(1e-14));
        assertThat(GammaFunctions.digamma(0.5)).isCloseTo(-euler - 2 * Math.log(2), within(1e-14));
    }

    private static void assertSum(int categories, IntToDoubleFunction logMass) {
        double sum = IntStream.range(0, categories)
                .mapToDouble(x -> Math.exp(logMass.applyAsDouble(x)))
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    /** Simpson's rule; the interval holds all but 1e-9 of the mass. */
    private static void assertIntegral(double from, double to, DoubleUnaryOperator logDensity) {
        int intervals = 200_000;
        double width = (to - from) / intervals;
        double sum = 0;
        for (int i = 0; i <= intervals; i++) {
            double weight = i == 0 || i == intervals ? 1 : 2 + 2 * (i % 2);
            sum += weight * Math.exp(logDensity.applyAsDouble(from + i * width));
        }
        assertThat(sum * width / 3).isCloseTo(1, within(1e-7));
    }

    private static void assertSlope(DoubleUnaryOperator function, double at, double expected) {
        double h = 1e-5;
        double slope = (function.applyAsDouble(at + h) - function.applyAsDouble(at - h)) / (2 * h);
        assertThat(expected).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }

    private static double[] with(double[] values, int index, double value) {
        double[] changed = values.clone();
        changed[index] = value;
        return changed;
    }
}
