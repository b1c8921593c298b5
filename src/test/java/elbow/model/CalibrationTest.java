package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void quantileInterpolatesBetweenOrderStatistics() {
        Calibration calibration = calibration(new double[] {4, 1, 3, 2}, 0.5, 16);

        assertThat(calibration.threshold()).isEqualTo(2.5);
        assertThat(calibration.quantile(0)).isEqualTo(1);
        assertThat(calibration.quantile(1)).isEqualTo(4);
        assertThat(calibration.quantile(0.9)).isCloseTo(3.7, within(1e-12));
    }

    @Test
    void theLowestScoreMayBeTheThreshold() {
        assertThat(calibration(new double[] {4, 1, 3}, 0, 16).threshold()).isEqualTo(1);
    }

    @Test
    void tailProbabilityCountsScoresAtOrAboveAndIsNeverZero() {
        Calibration calibration = calibration(new double[] {1, 2, 2, 3}, 0.99, 16);

        assertThat(calibration.tailProbability(0)).isEqualTo(1);
        assertThat(calibration.tailProbability(2)).isEqualTo(4 / 5.0);
        assertThat(calibration.tailProbability(2.5)).isEqualTo(2 / 5.0);
        assertThat(calibration.tailProbability(9)).isEqualTo(1 / 5.0);
    }

    @Test
    void tailStaysExactWhenNotAllScoresAreKept() {
        int rows = 5 * Calibration.EXACT_TAIL;
        double[] shuffled = shuffled(IntStream.range(0, rows).asDoubleStream().toArray());

        Calibration calibration = calibration(shuffled, 0.99, 16);

        assertThat(calibration.scores()).hasSizeLessThanOrEqualTo(2 * Calibration.EXACT_TAIL);
        assertThat(calibration.threshold()).isCloseTo(0.99 * (rows - 1), within(1e-9));
        assertThat(calibration.tailProbability(rows - 100)).isEqualTo(101.0 / (rows + 1));
        assertThat(calibration.quantile(0.3)).isCloseTo(0.3 * (rows - 1), within(1e-6));
    }

    @Test
    void survivesItsJson() {
        Calibration calibration = calibration(new double[] {0.1, 1e-300, -7.25, 1.0 / 3}, 0.75, 3);

        Calibration read = CalibrationJson.read("calibration.json", CalibrationJson.write(calibration));

        assertThat(read.scores()).isEqualTo(calibration.scores());
        assertThat(read.ranks()).isEqualTo(calibration.ranks());
        assertThat(read.threshold()).isEqualTo(calibration.threshold());
        assertThat(read.samples()).isEqualTo(3);
    }

    @Test
    void refusesJsonWhoseThresholdIsNotItsQuantile() {
        String text = CalibrationJson.write(calibration(new double[] {1, 2}, 0.5, 0));

        assertThatThrownBy(() -> CalibrationJson.read("calibration.json", text.replace("1.5", "1.75")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calibration.json: threshold must be the 50 % quantile of the scores, 1.5, but is 1.75");
    }

    @Test
    void refusesScoresThatAreNotFinite() {
        assertThatThrownBy(() -> calibration(new double[] {1, Double.NaN}, 0.5, 0))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("must be finite, but one is NaN");
    }

    @Test
    void contaminationHasTheGivenShareAbove() {
        double[] scores = shuffled(IntStream.range(0, 1000).asDoubleStream().toArray());

        assertThat(Calibration.of(scores, new ThresholdRule.Contamination(0.05), 0, Optional.empty())
                        .threshold())
                .isEqualTo(949.5);
        assertThat(Calibration.of(scores, new ThresholdRule.Contamination(0), 0, Optional.empty())
                        .threshold())
                .isEqualTo(999);
        assertThat(Calibration.of(scores, new ThresholdRule.Contamination(0.9996), 0, Optional.empty())
                        .threshold())
                .isLessThan(0);
    }

    @Test
    void thresholdIsExactBelowTheKeptTailToo() {
        int rows = 7 * Calibration.EXACT_TAIL + 3;
        double[] scores = shuffled(IntStream.range(0, rows)
                .mapToDouble(rank -> (double) rank * rank)
                .toArray());
        double rank = 0.4321 * (rows - 1);
        double below = Math.floor(rank);
        double quantile = below * below + (rank - below) * (2 * below + 1);

        assertThat(calibration(scores, 0.4321, 0).threshold()).isCloseTo(quantile, within(1e-6));
        double kept = rows - (double) Math.round(0.4 * rows);
        double middle = (Math.pow(kept - 1, 2) + Math.pow(kept, 2)) / 2;
        assertThat(Calibration.of(scores, new ThresholdRule.Contamination(0.4), 0, Optional.empty())
                        .threshold())
                .isEqualTo(middle);
    }

    @Test
    void tailIsFollowedToTheRiskAndBeyondTheHighestScore() {
        double[] scores = exponential(20_000);
        Calibration tail = Calibration.of(shuffled(scores), tail(1e-4, 0.98), 0, Optional.empty());
        Calibration quantile = calibration(scores, 0.99, 0);

        // P(score > t) = exp(-t): log(10,000).
        assertThat(tail.threshold()).isCloseTo(Math.log(1e4), within(0.1));
        assertThat(tail.tail().orElseThrow().above()).isEqualTo(0.02);
        assertThat(tail.tail().orElseThrow().start()).isCloseTo(Math.log(50), within(1e-2));
        double highest = quantile.quantile(1);
        assertThat(tail.tailProbability(highest)).isEqualTo(quantile.tailProbability(highest));
        assertThat(tail.tailProbability(highest + 5)).isBetween(1e-8, 1e-6);
        assertThat(tail.tailProbability(1e9)).isPositive();
        assertThat(quantile.tailProbability(highest + 5)).isEqualTo(1 / 20_001.0);
    }

    @Test
    void tailProbabilityNeverRises() {
        Calibration tail = Calibration.of(exponential(2000), tail(1e-3, 0.98), 0, Optional.empty());
        double last = 1;
        for (double score = 0; score < 40; score += 0.01) {
            assertThat(tail.tailProbability(score)).isLessThanOrEqualTo(last);
            last = tail.tailProbability(score);
        }
    }

    @Test
    void tailOfTooFewRowsIsRefused() {
        assertThatThrownBy(() -> Calibration.of(exponential(400), tail(1e-3, 0.98), 0, Optional.empty()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("scoring.threshold = tail must have at least 10 held-out rows above the 98 % quantile of"
                        + " their scores, but 400 rows have 8: give more rows, or choose scoring.threshold ="
                        + " quantile");
        assertThatThrownBy(() -> Calibration.of(new double[1000], tail(1e-3, 0.98), 0, Optional.empty()))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("but 0 of the held-out rows score above 0.0");
    }

    @Test
    void everyRuleAndThePartsRoundTripThroughJson() {
        NormalParts normal = new NormalParts(List.of("a b", "c"), new double[] {1.0 / 3, -7.25}, 0.1);
        for (ThresholdRule rule :
                List.of(new ThresholdRule.Quantile(0.97), new ThresholdRule.Contamination(0.03), tail(1e-5, 0.9))) {
            Calibration calibration = Calibration.of(exponential(3000), rule, 5, Optional.of(normal));

            String text = CalibrationJson.write(calibration);
            Calibration read = CalibrationJson.read("calibration.json", text);

            assertThat(CalibrationJson.write(read)).isEqualTo(text);
            assertThat(read.rule()).isEqualTo(rule);
            assertThat(read.threshold()).isEqualTo(calibration.threshold());
            assertThat(read.tail()).isEqualTo(calibration.tail());
            assertThat(read.normal().orElseThrow().columns()).containsExactly("a b", "c");
            assertThat(read.normal().orElseThrow().total()).isEqualTo(normal.total());
        }
    }

    @Test
    void calibrationOfTheFirstVersionIsRead() {
        String text = "{\"rows\":4,\"samples\":16,\"thresholdQuantile\":0.5,\"threshold\":2.5,"
                + "\"scores\":[1.0,2.0,3.0,4.0],\"ranks\":[0,1,2,3]}\n";

        Calibration read = CalibrationJson.read("calibration.json", text);

        assertThat(read.threshold()).isEqualTo(2.5);
        assertThat(read.rule()).isEqualTo(new ThresholdRule.Quantile(0.5));
        assertThat(read.normal()).isEmpty();
    }

    @Test
    void calibrationOfALaterVersionIsRefused() {
        String text = CalibrationJson.write(calibration(new double[] {1, 2}, 0.5, 0))
                .replace("\"formatVersion\":2", "\"formatVersion\":3");

        assertThatThrownBy(() -> CalibrationJson.read("calibration.json", text))
                .hasMessage("calibration.json: formatVersion must be 1 to 2, but is 3: it was written by another"
                        + " version of Elbow");
    }

    private static ThresholdRule tail(double risk, double start) {
        return new ThresholdRule.Tail(risk, start, ThresholdRule.TailFitMethod.LIKELIHOOD);
    }

    private static Calibration calibration(double[] scores, double quantile, int samples) {
        return Calibration.of(scores, new ThresholdRule.Quantile(quantile), samples, Optional.empty());
    }

    /** The middle quantiles of an exponential distribution of mean 1. */
    private static double[] exponential(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> -Math.log1p(-(i + 0.5) / count))
                .toArray();
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
