package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** What Nelder-Mead with scipy.stats.genpareto.logpdf finds for each line of the file, from ten starts. */
    @Test
    void heavyTailsHaveTheFitsOfScipy() throws IOException {
        double[][] expected = {
            {0.950110697, 1.673828905},
            {1.539705493, 1.185943308},
            {1.908833952, 1.428656841},
            {2.168234102, 1.105582037},
            {2.484553686, 1.011404799},
            {2.541353151, 0.943717684},
            {3.037085767, 0.822785866}
        };
        List<double[]> samples = new ArrayList<>();
        try (InputStream file = GeneralizedParetoTest.class.getResourceAsStream("excesses.csv")) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                samples.add(Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            }
        }

        assertThat(samples).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            GeneralizedPareto fit = GeneralizedPareto.fit(samples.get(i));
            assertThat(fit.shape()).as("line " + i).isCloseTo(expected[i][0], within(1e-7));
            assertThat(fit.scale()).as("line " + i).isCloseTo(expected[i][1], within(1e-7));
        }
    }

    /** Against the likelihood itself, over shape and logarithm of the scale, by grids that close in. */
    @ParameterizedTest
    @ValueSource(doubles = {1e2, 1e4, 1e7, 1e8, 1e12, 1e20, 1e40, 1e100})
    void aFewEnormousExcessesOfAnySizeHaveTheLikeliestFit(double largest) {
        Random random = new Random(5);
        for (int count : new int[] {10, 60, 200}) {
            for (double unit : new double[] {1, 1e-9}) {
                double[] sample = IntStream.range(0, count)
                        .mapToDouble(i -> unit * random.nextExponential())
                        .toArray();
                sample[0] = largest * unit;
                sample[1] = largest * unit / 3;
                sample[2] = largest * unit / 10;

                double fitted = logLikelihood(GeneralizedPareto.fit(sample), sample);

                assertThat(fitted)
                        .as(count + " excesses in units of " + unit)
                        .isGreaterThanOrEqualTo(highestLikelihood(sample, unit) - 1e-6);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void atTheLeastShapeTheScaleIsTheLikeliestForIt(long seed) {
        Random random = new Random(seed);
        double[] sample = IntStream.range(0, 50)
                .mapToDouble(i -> 3 + 2 * random.nextDouble())
                .toArray();

        GeneralizedPareto fit = GeneralizedPareto.fit(sample);

        assertThat(fit.atBound()).isTrue();
        assertThat(fit.shape()).isEqualTo(GeneralizedPareto.LEAST_SHAPE);
        double best = logLikelihood(fit, sample);
        for (double factor = 0.5; factor < 2; factor *= 1.001) {
            double other = logLikelihood(new GeneralizedPareto(fit.shape(), fit.scale() * factor), sample);
            assertThat(other).isLessThanOrEqualTo(best + 1e-9);
        }
    }

    @Test
    void theSizesOfUnseenExcessesDoNotMoveTheFit() {
        Random random = new Random(8);
        double[] sample = IntStream.range(0, 60)
                .mapToDouble(i -> random.nextExponential())
                .sorted()
                .toArray();
        double[] broken = sample.clone();
        for (int i = 54; i < 60; i++) {
            broken[i] = Math.pow(10, i);
        }

        assertThat(GeneralizedPareto.fitBelow(broken, 6)).isEqualTo(GeneralizedPareto.fitBelow(sample, 6));
        assertThat(GeneralizedPareto.fitBelow(sample, 0)).isEqualTo(GeneralizedPareto.fit(sample));
    }

    /** As for {@link #fitFindsTheDistributionOfASample}; what is unseen adds less than half to the deviations. */
    @ParameterizedTest
    @CsvSource({"-0.3,2", "0,5", "0.8,1"})
    void unseenExcessesLeaveTheFitWhereItIs(double shape, double scale) {
        int count = 20_000;
        Random random = new Random(12);
        GeneralizedPareto distribution = new GeneralizedPareto(shape, scale);
        double[] sample = IntStream.range(0, count)
                .mapToDouble(i -> distribution.excess(1 - random.nextDouble()))
                .toArray();

        GeneralizedPareto fit = GeneralizedPareto.fitBelow(sample, count / 10);

        assertThat(fit.shape()).isCloseTo(shape, within(7.5 / Math.sqrt(count)));
        assertThat(fit.scale()).isCloseTo(scale, within(7.5 * scale * Math.sqrt(2.0 / count)));
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

    private static double highestLikelihood(double[] sample, double unit) {
        double shape = 10;
        double logScale = Math.log(unit);
        double shapeReach = 10.5;
        double scaleReach = 30;
        double best = Double.NEGATIVE_INFINITY;
        while (shapeReach > 1e-7) {
            double bestShape = shape;
            double bestScale = logScale;
            for (int i = -20; i <= 20; i++) {
                for (int j = -20; j <= 20; j++) {
                    double other = Math.max(GeneralizedPareto.LEAST_SHAPE, shape + i * shapeReach / 20);
                    double scale = logScale + j * scaleReach / 20;
                    double found = logLikelihood(new GeneralizedPareto(other, Math.exp(scale)), sample);
                    if (found > best) {
                        best = found;
                        bestShape = other;
                        bestScale = scale;
                    }
                }
            }
            shape = bestShape;
            logScale = bestScale;
            shapeReach *= 0.7;
            scaleReach *= 0.7;
        }
        return best;
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
