package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.model.Calibration;
import elbow.model.ThresholdRule;
import elbow.score.FalseDiscoveries.Tally;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalseDiscoveriesTest {
    private static final ThresholdRule QUANTILE = new ThresholdRule.Quantile(0.99);
    private static final ThresholdRule TAIL =
            new ThresholdRule.Tail(0.001, 0.9, ThresholdRule.TailFitMethod.LIKELIHOOD);

    /** P-values of 99 rows are multiples of a hundredth. */
    private static final Calibration HUNDREDTHS =
            calibration(IntStream.rangeClosed(1, 99).asDoubleStream().toArray(), QUANTILE);

    @Test
    void asManyAsTheRuleNeedsAreFlaggedAndOneLessIsNot() {
        // p = 0.01 for each of k rows beyond all others: flagged if 0.01 <= k 0.1 / 100.
        assertThat(flagged(table(10, 1_000, 90, 50), HUNDREDTHS, 0.1)).isEqualTo(10);
        assertThat(flagged(table(9, 1_000, 91, 50), HUNDREDTHS, 0.1)).isZero();
        assertThat(find(table(9, 1_000, 91, 50), HUNDREDTHS, 0.1).leastFlagged())
                .isEqualTo(10);
        assertThat(find(table(10, 1_000, 90, 50), HUNDREDTHS, 0.1).threshold()).isEqualTo(99);
    }

    @Test
    void laterRowsLiftEarlierOnes() {
        // 9 rows at p = 0.01, too few by themselves, and 21 more at p = 0.03: 0.03 <= 30 / 1000.
        double[] scores = DoubleStream.concat(
                        Arrays.stream(table(9, 1_000, 21, 98)), Arrays.stream(table(0, 0, 70, 50)))
                .toArray();

        FalseDiscoveries found = find(scores, HUNDREDTHS, 0.1);

        assertThat(Arrays.stream(scores).filter(score -> score > found.threshold()))
                .hasSize(30);
        assertThat(found.rows()).isEqualTo(100);
    }

    @Test
    void rowsWithoutAFiniteScoreCountAsDiscoveries() {
        double[] scores = table(9, Double.POSITIVE_INFINITY, 91, 50);
        scores[20] = 1_000;

        assertThat(find(scores, HUNDREDTHS, 0.1).threshold()).isEqualTo(99);
        assertThat(find(scores, HUNDREDTHS, 0.1).aboveModels()).isEqualTo(10);
        assertThat(find(new double[0], HUNDREDTHS, 0.1).rows()).isZero();
    }

    @Test
    void manyRowsBeyondAllOthersAreFlaggedWithoutALookAtEach() {
        Calibration calibration = calibration(draws(new Random(3), 400, 0), TAIL);
        Tally tally = new Tally();
        for (int i = 0; i < 1_000; i++) {
            tally.add(50 + i, calibration, 0.1);
        }

        FalseDiscoveries found = FalseDiscoveries.of(
                tally,
                most -> {
                    throw new AssertionError("all rows are collected");
                },
                calibration,
                0.1);

        double[] reference = calibration.scores();
        assertThat(found.threshold()).isEqualTo(reference[reference.length - 1]);
    }

    @Test
    void aTableWithoutAScoreHasTheCalibrationsThreshold() {
        assertThat(find(new double[0], HUNDREDTHS, 0.1).threshold()).isEqualTo(HUNDREDTHS.threshold());
        assertThat(find(table(3, Double.POSITIVE_INFINITY, 0, 0), HUNDREDTHS, 0.1)
                        .threshold())
                .isEqualTo(HUNDREDTHS.threshold());
    }

    @Test
    void rowsThatChangeMeanwhileAreRefused() {
        FalseDiscoveries found = find(table(10, 1_000, 90, 50), HUNDREDTHS, 0.1);

        found.requireRows(100);
        assertThatThrownBy(() -> found.requireRows(101))
                .hasMessageContaining("gave 100 rows when the threshold was found and 101 when they were scored");
    }

    @Test
    void pValuesOfManyRowsAreNeverTooSmall() {
        double[] reference = IntStream.rangeClosed(1, 100_000).asDoubleStream().toArray();
        Calibration calibration = calibration(reference, QUANTILE);
        for (double score = 1; score <= 100_001; score += 997) {
            double exact = (1 + Math.max(0, 100_001 - score)) / 100_001;
            assertThat(calibration.greatestTailProbability(score)).isGreaterThanOrEqualTo(exact);
            assertThat(calibration.greatestTailProbability(score)).isCloseTo(exact, within(1e-4));
        }
        assertThat(calibration.greatestTailProbability(95_000)).isEqualTo(calibration.tailProbability(95_000));
    }

    @Test
    void aCalibrationOfFewRowsSaysWhyNoneIsFlagged() {
        FalseDiscoveries found = find(table(9, 1_000, 991, 50), HUNDREDTHS, 0.1);

        assertThat(found.tooFew(0))
                .hasValueSatisfying(text -> assertThat(text).contains("of 1,000 rows at least 100 "));
        assertThat(found.tooFew(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void flagsTheRowsThatTheRuleFlagsByItsDefinition(long seed) {
        Random random = new Random(seed);
        for (ThresholdRule rule : new ThresholdRule[] {QUANTILE, TAIL}) {
            for (double share : new double[] {0.01, 0.1, 0.5}) {
                Calibration calibration = calibration(draws(random, 400, 0), rule);
                double[] scores = DoubleStream.concat(
                                Arrays.stream(draws(random, 300, 0)),
                                // Some of them equal to each other.
                                Arrays.stream(draws(random, 60, 4)).map(score -> Math.rint(score * 4) / 4))
                        .toArray();

                FalseDiscoveries found = find(scores, calibration, share);

                double[] byDefinition = byDefinition(scores, calibration, share);
                assertThat(Arrays.stream(scores)
                                .filter(score -> score > found.threshold())
                                .sorted())
                        .as("%s, share %s", rule.words(), share)
                        .containsExactly(Arrays.stream(byDefinition).boxed().toArray(Double[]::new));
            }
        }
    }

    @Test
    void onAverageAtMostTheShareOfFlaggedRowsIsNormal() {
        Random random = new Random(7);
        int tables = 600;
        double share = 0.2;
        double sum = 0;
        double power = 0;
        for (int table = 0; table < tables; table++) {
            Calibration calibration = calibration(draws(random, 500, 0), QUANTILE);
            double[] normal = draws(random, 180, 0);
            double[] strange = draws(random, 20, 4);
            double threshold = find(
                            DoubleStream.concat(Arrays.stream(normal), Arrays.stream(strange))
                                    .toArray(),
                            calibration,
                            share)
                    .threshold();
            double wrong =
                    Arrays.stream(normal).filter(score -> score > threshold).count();
            double right =
                    Arrays.stream(strange).filter(score -> score > threshold).count();
            sum += wrong + right == 0 ? 0 : wrong / (wrong + right);
            power += right / strange.length;
        }
        // 0.2 x 0.9 is what theory gives for p-values without steps; the standard error is about 0.005.
        assertThat(sum / tables).isCloseTo(0.18, within(0.02));
        assertThat(power / tables).isGreaterThan(0.7);
    }

    private static double[] byDefinition(double[] scores, Calibration calibration, double share) {
        double[] descending = Arrays.stream(scores)
                .map(score -> -score)
                .sorted()
                .map(score -> -score)
                .toArray();
        int flagged = 0;
        for (int k = 1; k <= descending.length; k++) {
            double p = calibration.tailProbability(descending[k - 1]);
            flagged = p <= k * share / descending.length * (1 + 1e-13) ? k : flagged;
        }
        double[] found = Arrays.copyOf(descending, flagged);
        Arrays.sort(found);
        return found;
    }

    private static long flagged(double[] scores, Calibration calibration, double share) {
        double threshold = find(scores, calibration, share).threshold();
        return Arrays.stream(scores).filter(score -> score > threshold).count();
    }

    private static FalseDiscoveries find(double[] scores, Calibration calibration, double share) {
        Tally first = new Tally();
        Tally second = new Tally();
        for (int i = 0; i < scores.length; i++) {
            (i % 3 == 0 ? first : second).add(scores[i], calibration, share);
        }
        return FalseDiscoveries.of(
                first.merge(second),
                most -> Arrays.stream(scores)
                        .filter(score -> calibration.tailProbability(score) <= most)
                        .boxed()
                        .toList(),
                calibration,
                share);
    }

    private static double[] table(int many, double score, int others, double other) {
        double[] scores = new double[many + others];
        Arrays.fill(scores, 0, many, score);
        Arrays.fill(scores, many, scores.length, other);
        return scores;
    }

    private static double[] draws(Random random, int count, double mean) {
        return DoubleStream.generate(() -> mean + random.nextGaussian())
                .limit(count)
                .toArray();
    }

    private static Calibration calibration(double[] scores, ThresholdRule rule) {
        return Calibration.of(scores, rule, 1, Optional.empty());
    }
}
