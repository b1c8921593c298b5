package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void quantileInterpolatesBetweenOrderStatistics() {
        Calibration calibration = Calibration.of(new double[] {4, 1, 3, 2}, 0.5, 16);

        assertThat(calibration.threshold()).isEqualTo(2.5);
        assertThat(calibration.quantile(0)).isEqualTo(1);
        assertThat(calibration.quantile(1)).isEqualTo(4);
        assertThat(calibration.quantile(0.9)).isCloseTo(3.7, within(1e-12));
    }

    @Test
    void theLowestScoreMayBeTheThreshold() {
        assertThat(Calibration.of(new double[] {4, 1, 3}, 0, 16).threshold()).isEqualTo(1);
    }

    @Test
    void tailProbabilityCountsScoresAtOrAboveAndIsNeverZero() {
        Calibration calibration = Calibration.of(new double[] {1, 2, 2, 3}, 0.99, 16);

        assertThat(calibration.tailProbability(0)).isEqualTo(1);
        assertThat(calibration.tailProbability(2)).isEqualTo(4 / 5.0);
        assertThat(calibration.tailProbability(2.5)).isEqualTo(2 / 5.0);
        assertThat(calibration.tailProbability(9)).isEqualTo(1 / 5.0);
    }

    @Test
    void tailStaysExactWhenNotAllScoresAreKept() {
        int rows = 5 * Calibration.EXACT_TAIL;
        double[] shuffled = shuffled(IntStream.range(0, rows).asDoubleStream().toArray());

        Calibration calibration = Calibration.of(shuffled, 0.99, 16);

        assertThat(calibration.scores()).hasSizeLessThanOrEqualTo(2 * Calibration.EXACT_TAIL);
        assertThat(calibration.threshold()).isCloseTo(0.99 * (rows - 1), within(1e-9));
        assertThat(calibration.tailProbability(rows - 100)).isEqualTo(101.0 / (rows + 1));
        assertThat(calibration.quantile(0.3)).isCloseTo(0.3 * (rows - 1), within(1e-6));
    }

    @Test
    void survivesItsJson() {
        Calibration calibration = Calibration.of(new double[] {0.1, 1e-300, -7.25, 1.0 / 3}, 0.75, 3);

        Calibration read = CalibrationJson.read("calibration.json", CalibrationJson.write(calibration));

        assertThat(read.scores()).isEqualTo(calibration.scores());
        assertThat(read.ranks()).isEqualTo(calibration.ranks());
        assertThat(read.threshold()).isEqualTo(calibration.threshold());
        assertThat(read.samples()).isEqualTo(3);
    }

    @Test
    void refusesJsonWhoseThresholdIsNotItsQuantile() {
        String text = CalibrationJson.write(Calibration.of(new double[] {1, 2}, 0.5, 0));

        assertThatThrownBy(() -> CalibrationJson.read("calibration.json", text.replace("1.5", "1.75")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calibration.json: threshold must be the 0.5 quantile of the scores, 1.5, but is 1.75");
    }

    @Test
    void refusesScoresThatAreNotFinite() {
        assertThatThrownBy(() -> Calibration.of(new double[] {1, Double.NaN}, 0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scores[1] must be finite, but is NaN");
    }

    private static double[] shuffled(double[] values) {
        Random random = new Random(7);
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double swap = values[i];
            values[i] = values[other];
            values[other] = swap;
        }
        return values;
    }
}
