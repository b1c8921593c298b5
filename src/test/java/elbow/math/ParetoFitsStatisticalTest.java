package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoFitsStatisticalTest {
    /**
     * Of samples of one distribution at most 1 % may disagree: of 300 more than 10 with a probability below 1e-3 in
     * each case. Seeds are fixed.
     */
    @ParameterizedTest
    @CsvSource({"-0.4,20", "-0.2,60", "0,10", "0,60", "0.3,60", "0.3,200", "0.7,20", "1,60", "2,60"})
    void samplesOfOneDistributionAgree(double shape, int count) {
        Random random = new Random(count);
        GeneralizedPareto distribution = new GeneralizedPareto(shape, 3);

        long disagreeing = IntStream.range(0, 300)
                .filter(i -> ParetoFits.of(sample(distribution, count, random)).apart() > 0)
                .count();

        assertThat(disagreeing).isLessThanOrEqualTo(10);
    }

    @Test
    void brokenValuesAreFoundAndLeaveTheRobustFitWhereItWas() {
        Random random = new Random(1);
        GeneralizedPareto distribution = new GeneralizedPareto(0.1, 3);
        int found = 0;
        for (int i = 0; i < 100; i++) {
            double[] sample = sample(distribution, 60, random);
            GeneralizedPareto before = ParetoFits.of(sample).robust();
            for (int largest = 0; largest < 3; largest++) {
                sample[indexOfLargestBelow(sample, 1e6)] = 1e8 * (1 + largest);
            }

            ParetoFits fits = ParetoFits.of(sample);

            assertThat(fits.robust()).isEqualTo(before);
            assertThat(fits.likeliest().shape()).isGreaterThan(1);
            found += fits.apart() == 3 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(90);
    }

    @Test
    void excessesOfWhichMostAreZeroHaveOneFit() {
        double[] sample = new double[20];
        sample[19] = 1;

        ParetoFits fits = ParetoFits.of(sample);

        assertThat(fits.apart()).isZero();
        assertThat(fits.robust()).isEqualTo(fits.likeliest());
        assertThat(fits.likeliest().scale()).isCloseTo(0.05, within(0.05));
    }

    private static int indexOfLargestBelow(double[] sample, double bound) {
        int best = -1;
        for (int i = 0; i < sample.length; i++) {
            if (sample[i] < bound && (best < 0 || sample[i] > sample[best])) {
                best = i;
            }
        }
        return best;
    }

    private static double[] sample(GeneralizedPareto distribution, int count, Random random) {
        return IntStream.range(0, count)
                .mapToDouble(i -> distribution.excess(1 - random.nextDouble()))
                .toArray();
    }
}
