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
    private static final double[] EDGES = {Double.NEGATIVE_INFINITY, -1.5, 0.25, 0.75, Double.POSITIVE_INFINITY};

    @ParameterizedTest
    @ValueSource(doubles = {-25, -2, -0.1, -0.05, 0, 0.03, 0.0999, 1, 12})
    void massesSumToOne(double parameter) {
        double rate = Math.min(parameter, 4);
        assertSum(2000, x -> LogDensities.poisson(x, rate));
        assertSum(4, x -> LogDensities.logisticInterval(EDGES[x] - parameter, EDGES[x + 1] - parameter));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, -2, -0.1, -0.05, 0, 0.03, 0.0999, 1, 9})
    void densitiesIntegrateToOne(double parameter) {
        assertIntegral(0, 1, x -> LogDensities.continuousBernoulli(x, parameter));
        assertIntegral(-60, 60, x -> LogDensities.studentT(x, parameter, -0.3, Math.log(15)));
    }

    @Test
    void handComputedValuesComeOut() {
        assertThat(LogDensities.softplus(0)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(LogDensities.sigmoid(0)).isEqualTo(0.5);
        assertThat(LogDensities.continuousBernoulli(0.7, 0)).isZero();
        assertThat(LogDensities.continuousBernoulliMean(0)).isEqualTo(0.5);
        // One degree of freedom is the Cauchy distribution.
        assertThat(LogDensities.studentT(2, 0, 0, 0)).isCloseTo(-Math.log(5 * Math.PI), within(1e-13));
        assertThat(LogDensities.poisson(4, Math.log(2))).isCloseTo(Math.log(16 * Math.exp(-2) / 24), within(1e-13));
    }

    @Test
    void tailsStayFinite() {
        assertThat(LogDensities.softplus(800)).isEqualTo(800);
        assertThat(LogDensities.continuousBernoulli(0, 800)).isCloseTo(-800 + Math.log(800), within(1e-9));
        assertThat(LogDensities.logisticInterval(3800, 3820)).isCloseTo(-3800, within(1e-5));
        assertThat(LogDensities.logisticInterval(500.75, Double.POSITIVE_INFINITY))
                .isCloseTo(-500.75, within(1e-9));
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
}
