package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.model.Calibration;
import elbow.model.ThresholdRule;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreShiftTest {
    @Test
    void equalScoresHaveNoShift() {
        assertThat(shift(1, 2, 3, 4).distance(4, 2, 1, 3)).isZero();
    }

    @Test
    void disjointScoresHaveAShiftOfOne() {
        assertThat(shift(1, 2, 3, 4).distance(5, 6)).isEqualTo(1);
        assertThat(shift(1, 2, 3, 4).distance(0.5)).isEqualTo(1);
    }

    @Test
    void handComputed() {
        // F: 1/4 at 1, 2/4 at 2, 3/4 at 3, 1 at 4. G: 1/2 at 2.5, 1 at 3: largest at 2, and just below 3 no larger.
        assertThat(shift(1, 2, 3, 4).distance(2.5, 3)).isCloseTo(0.5, within(1e-15));
        // G: 1 at 2.5, where F is 1/2.
        assertThat(shift(1, 2, 3, 4).distance(2.5)).isCloseTo(0.5, within(1e-15));
        // Equal scores are one step.
        assertThat(shift(1, 1, 1, 2).distance(1, 2)).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void shiftIsNanWithoutScores() {
        assertThat(shift(1, 2).distance(new double[0])).isNaN();
    }

    @Test
    void shiftIsTheLargestDifferenceOfTheDistributionFunctions() {
        Random random = new Random(11);
        double[] before =
                random.doubles(300).map(value -> Math.rint(20 * value)).toArray();
        double[] now = random.doubles(170).map(value -> Math.rint(23 * value)).toArray();
        double largest = 0;
        for (double at = -1; at < 25; at += 0.25) {
            largest = Math.max(largest, Math.abs(share(before, at) - share(now, at)));
        }

        assertThat(shift(before).distance(now)).isCloseTo(largest, within(1e-15));
    }

    @Test
    void aThinnedCalibrationIsWrongByAtMostTheShareBetweenTwoRanks() {
        Random random = new Random(12);
        double[] before = random.doubles(60_000).toArray();
        double[] now = random.doubles(2_000).map(Math::sqrt).toArray();
        double[] both = Arrays.copyOf(before, before.length);
        double largest = 0;
        Arrays.sort(both);
        double[] sorted = now.clone();
        Arrays.sort(sorted);
        int below = 0;
        for (int i = 0; i < both.length; i++) {
            while (below < sorted.length && sorted[below] <= both[i]) {
                below++;
            }
            largest = Math.max(largest, Math.abs((i + 1.0) / both.length - (double) below / sorted.length));
        }

        // 50,000 scores below the exact tail are kept by 10,000 ranks: 5 rows of 60,000 between two.
        assertThat(shift(before).distance(now)).isCloseTo(largest, within(5.0 / 60_000 + 1.0 / 2_000));
    }

    private static double share(double[] values, double at) {
        return Arrays.stream(values).filter(value -> value <= at).count() / (double) values.length;
    }

    private static ScoreShift shift(double... scores) {
        return new ScoreShift(Calibration.of(scores, new ThresholdRule.Quantile(0.5), 1, Optional.empty()));
    }
}
