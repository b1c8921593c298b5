package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralizedParetoTest {
    @Test
    void survivalIsThatOfTheFormula() {
        // (1 + 0.5 * 4 / 2)^-2
        assertThat(new GeneralizedPareto(0.5, 2).survival(4)).isCloseTo(0.25, within(1e-15));
        assertThat(new GeneralizedPareto(0, 2).survival(4)).isCloseTo(Math.exp(-2), within(1e-15));
        // (1 - 0.25 * 2 / 1)^4, and beyond the end at 4.
        assertThat(new GeneralizedPareto(-0.25, 1).survival(2)).isCloseTo(1 / 16.0, within(1e-15));
        assertThat(new GeneralizedPareto(-0.25, 1).survival(4)).isZero();
        assertThat(new GeneralizedPareto(-0.25, 1).survival(5)).isZero();
        assertThat(new GeneralizedPareto(1, 1).survival(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.4, -1e-9, 0, 1e-9, 0.3, 2})
    void excessIsTheInverseOfSurvival(double shape) {
        GeneralizedPareto distribution = new GeneralizedPareto(shape, 3);
        for (double probability : new double[] {1, 0.5, 1e-3, 1e-9}) {
            assertThat(distribution.survival(distribution.excess(probability)))
                    .isCloseTo(probability, within(1e-12 * Math.max(probability, 1e-3)));
        }
    }

    @Test
    void shapesNearZeroAreTheExponentialLimit() {
        assertThat(new GeneralizedPareto(1e-12, 2).excess(1e-4))
                .isCloseTo(new GeneralizedPareto(0, 2).excess(1e-4), within(1e-9));
    }

    /**
     * The estimates are asymptotically normal with standard deviations (1 + shape) / sqrt(n) and scale * sqrt(2 (1 +
     * shape) / n) (Smith 1987). Within 5 of them: false-reject rate below 1e-6 for each of the 10 figures.
     */
    @ParameterizedTest
    @CsvSource({"-0.3,2", "-0.1,1e-3", "0,5", "0.2,1e4", "0.8,1"})
    void fitFindsTheDistributionOfASample(double shape, double scale) {
        int count = 20_000;
        Random random = new Random(11);
        GeneralizedPareto distribution = new GeneralizedPareto(shape, scale);
        double[] sample = IntStream.range(0, count)
                .mapToDouble(i -> distribution.excess(1 - random.nextDouble()))
                .toArray();

        GeneralizedPareto fit = GeneralizedPareto.fit(sample);

        assertThat(fit.shape()).isCloseTo(shape, within(5 * (1 + shape) / Math.sqrt(count)));
        assertThat(fit.scale()).isCloseTo(scale, within(5 * scale * Math.sqrt(2 * (1 + shape) / count)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noNeighbourIsLikelier(long seed) {
        Random random = new Random(seed);
        double[] sample = IntStream.range(0, 40)
                .mapToDouble(i -> Math.exp(random.nextGaussian()))
                .toArray();
        GeneralizedPareto fit = GeneralizedPareto.fit(sample);
        double best = logLikelihood(fit, sample);

        for (double shape = Math.max(GeneralizedPareto.LEAST_SHAPE, fit.shape() - 1);
                shape < fit.shape() + 1;
                shape += 0.01) {
            for (double factor = 0.25; factor < 4; factor *= 1.02) {
                double other = logLikelihood(new GeneralizedPareto(shape, fit.scale() * factor), sample);
                assertThat(other).isLessThanOrEqualTo(best + 1e-9);
            }
        }
    }

    @Test
    void exponentialExcessesGiveShapeZeroAndTheMean() {
        int count = 100_000;
        double[] sample = IntStream.range(0, count)
                .mapToDouble(i -> -7 * Math.log1p(-(i + 0.5) / count))
                .toArray();

        GeneralizedPareto fit = GeneralizedPareto.fit(sample);

        assertThat(fit.shape()).isCloseTo(0, within(2e-3));
        assertThat(fit.scale()).isCloseTo(7, within(0.02));
    }

    @Test
    void unitsChangeTheScaleAlone() {
        Random random = new Random(3);
        double[] sample = IntStream.range(0, 500)
                .mapToDouble(i -> random.nextExponential())
                .toArray();

        GeneralizedPareto fit = GeneralizedPareto.fit(sample);
        GeneralizedPareto other = GeneralizedPareto.fit(
                Arrays.stream(sample).map(excess -> 1e-7 * excess).toArray());

        assertThat(other.shape()).isCloseTo(fit.shape(), within(1e-9));
        assertThat(other.scale()).isCloseTo(1e-7 * fit.scale(), within(1e-16));
    }

    @Test
    void tailsThatEndAbruptlyHaveTheLeastShape() {
        double[] uniform =
                IntStream.range(0, 1000).mapToDouble(i -> (i + 0.5) / 1000).toArray();

        GeneralizedPareto fit = GeneralizedPareto.fit(uniform);

        assertThat(fit.shape()).isCloseTo(GeneralizedPareto.LEAST_SHAPE, within(1e-9));
        assertThat(fit.survival(0.9)).isPositive();
    }

    @Test
    void refusesTooFewExcessesAndNegativeOnes() {
        assertThatThrownBy(() -> GeneralizedPareto.fit(new double[9]))
                .hasMessage("excesses must be at least 10, but is 9");
        assertThatThrownBy(() -> GeneralizedPareto.fit(new double[10]))
                .hasMessage("excesses must not all be 0, but is 0.0");
        double[] negative = new double[10];
        negative[3] = -1;
        assertThatThrownBy(() -> GeneralizedPareto.fit(negative))
                .hasMessage("excess must be finite and at least 0, but is -1.0");
    }

    private static double logLikelihood(GeneralizedPareto distribution, double[] sample) {
        double sum = 0;
        for (double excess : sample) {
            double base = 1 + distribution.shape() * excess / distribution.scale();
            if (base <= 0) {
                return Double.NEGATIVE_INFINITY;
            }
            double power = Math.abs(distribution.shape()) < 1e-9
                    ? excess / distribution.scale()
                    : (1 + 1 / distribution.shape()) * Math.log(base);
            sum -= Math.log(distribution.scale()) + power;
        }
        return sum;
    }
}
