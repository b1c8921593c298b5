package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference is itself held against what a density is, and values on paper. */
final class ReferenceDensityTest {
    @ParameterizedTest
    @ValueSource(doubles = {-25, -2, -0.05, 0, 0.03, 1, 12})
    void massesSumToOne(double parameter) {
        assertSum(2, x -> ReferenceDensity.BERNOULLI.value(x, parameter));
        double rate = Math.min(parameter, 2);
        assertSum(60, x -> ReferenceDensity.POISSON.value(x, rate));
        assertSum(250, x -> ReferenceDensity.NEGATIVE_BINOMIAL.value(x, rate, 0.8));
        assertSum(3, x -> ReferenceDensity.CATEGORICAL.value(x, parameter, 1, -2));
        assertSum(4, x -> ReferenceDensity.ORDINAL.value(x, parameter, -1.5, 0.25, 0.75));
        assertSum(2, x -> ReferenceDensity.ORDINAL.value(x, parameter, -1.5));
        assertSum(64, x -> ReferenceDensity.DISCRETIZED_LOGISTIC.value(x, 64, 25 + parameter, 1.2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, -2, -0.05, 0.03, 1, 9})
    void densitiesIntegrateToOne(double parameter) {
        // Trapezoids over a bell have no error to speak of; over [0, 1] the middles of a thousand intervals have.
        assertThat(trapezoids(-40, 40, 0.25, x -> ReferenceDensity.GAUSSIAN.value(x, parameter, 0.7)))
                .isCloseTo(1, within(1e-12));
        assertThat(trapezoids(-40, 40, 0.25, x -> ReferenceDensity.STUDENT_T.value(x, parameter, -0.3, Math.log(15))))
                .isCloseTo(1, within(1e-7));
        // By u = log x, whose density has dx/du = x more.
        double centre = parameter / 10;
        assertThat(trapezoids(-8, 8, 0.125, u -> ReferenceDensity.LOG_NORMAL.value(Math.exp(u), centre, -1) + u))
                .isCloseTo(1, within(1e-12));
        assertThat(trapezoids(5e-4, 1 - 5e-4, 1e-3, x -> ReferenceDensity.CONTINUOUS_BERNOULLI.value(x, parameter)))
                .isCloseTo(1, within(1e-5));
    }

    @Test
    void valuesAreThoseOnPaper() {
        assertThat(ReferenceDensity.BERNOULLI.value(1, 0)).isEqualTo(-Math.log(2));
        // l / (e^l - 1) is 1 / (e - 1) at 1.
        assertThat(ReferenceDensity.CONTINUOUS_BERNOULLI.value(0.25, 1))
                .isCloseTo(0.25 - Math.log(Math.E - 1), within(1e-15));
        assertThat(ReferenceDensity.GAUSSIAN.value(3, 1, Math.log(4)))
                .isCloseTo(-0.5 - Math.log(2) - 0.5 * Math.log(2 * Math.PI), within(1e-15));
        assertThat(ReferenceDensity.LOG_NORMAL.value(1, 0, 0)).isCloseTo(-0.5 * Math.log(2 * Math.PI), within(1e-15));
        // One degree of freedom is the Cauchy distribution.
        assertThat(ReferenceDensity.STUDENT_T.value(2, 0, 0, 0)).isCloseTo(-Math.log(5 * Math.PI), within(1e-15));
        assertThat(ReferenceDensity.POISSON.value(4, Math.log(2)))
                .isCloseTo(Math.log(16 * Math.exp(-2) / 24), within(1e-15));
        // Size 1 is the geometric distribution; mean 1 gives 2^-(count + 1).
        assertThat(ReferenceDensity.NEGATIVE_BINOMIAL.value(5, 0, 0)).isCloseTo(-6 * Math.log(2), within(1e-15));
        assertThat(ReferenceDensity.CATEGORICAL.value(2, 0, 0, 0, 0)).isEqualTo(-Math.log(4));
        // Between logits of a quarter and of three quarters.
        assertThat(ReferenceDensity.ORDINAL.value(1, 0, -Math.log(3), Math.log(3)))
                .isCloseTo(-Math.log(2), within(1e-15));
        assertThat(ReferenceDensity.DISCRETIZED_LOGISTIC.value(0, 256, 0.5, 0)).isEqualTo(-Math.log(2));
    }

    @Test
    void slopesAreDerivatives() {
        assertThat(ReferenceDensity.BERNOULLI.slope(1, 1, 0)).isEqualTo(0.5);
        assertThat(ReferenceDensity.GAUSSIAN.slope(1, 3, 1, Math.log(4))).isCloseTo(0.5, within(1e-15));
        assertThat(ReferenceDensity.GAUSSIAN.slope(2, 3, 1, Math.log(4))).isCloseTo(0, within(1e-15));
        assertThat(ReferenceDensity.POISSON.slope(1, 5, Math.log(2))).isCloseTo(3, within(1e-15));
        assertThat(ReferenceDensity.CATEGORICAL.slope(1, 0, 0, 0)).isEqualTo(0.5);
        assertThat(ReferenceDensity.CATEGORICAL.slope(2, 0, 0, 0)).isEqualTo(-0.5);
    }

    private static void assertSum(int categories, IntToDoubleFunction logMass) {
        double sum = 0;
        for (int x = 0; x < categories; x++) {
            sum += Math.exp(logMass.applyAsDouble(x));
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    private static double trapezoids(double from, double to, double width, DoubleUnaryOperator logDensity) {
        double sum = 0;
        for (int i = 0; from + i * width <= to + width / 4; i++) {
            sum += width * Math.exp(logDensity.applyAsDouble(from + i * width));
        }
        return sum;
    }
}
