package elbow.data.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.CommonValues;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CommonValueSearchTest {
    private static final int ROWS = 2000;

    private final Random random = new Random(4);

    private static Optional<CommonValues> found(IntToDoubleFunction value) {
        NumberSummary numbers = new NumberSummary();
        for (int i = 0; i < ROWS; i++) {
            numbers.add(value.applyAsDouble(i), 1);
        }
        return CommonValueSearch.of(numbers, 0.1);
    }

    private static List<Double> values(IntToDoubleFunction value) {
        return found(value).map(CommonValues::values).orElse(List.of());
    }

    @Test
    void valuesThatStandOutAreFoundWithTheirShares() {
        // Hours of a week: half 40, a twentieth 20, the others anything from 1 to 80.
        CommonValues common = found(i -> i % 2 == 0 ? 40 : i % 20 == 1 ? 20 : 1 + random.nextInt(80))
                .orElseThrow();

        assertThat(common.values()).containsExactly(40.0, 20.0);
        assertThat(common.shares().get(0)).isCloseTo(0.5, within(0.01));
        assertThat(common.shares().get(1)).isCloseTo(0.05, within(0.01));
    }

    @Test
    void whatChanceGivesStandsOutNowhere() {
        assertThat(values(i -> Math.rint(40 + 10 * random.nextGaussian()))).isEmpty();
        assertThat(values(i -> Math.floor(-3 * Math.log(random.nextDouble())))).isEmpty();
        assertThat(values(i -> random.nextInt(200))).isEmpty();
        assertThat(values(i -> Math.rint(10 * random.nextGaussian()) / 10)).isEmpty();
        assertThat(values(i -> random.nextGaussian())).isEmpty();
    }

    @Test
    void ofManyValuesZeroAndTheEndsAreFound() {
        // Amounts of which half are 0, cut off at 10.
        assertThat(values(i -> i % 2 == 0 ? 0 : Math.min(10, 30 * random.nextDouble())))
                .containsExactly(0.0, 10.0);
        assertThat(values(i -> i % 3 == 0 ? 0 : random.nextGaussian())).containsExactly(0.0);
        // Neither at an end nor 0.
        assertThat(values(i -> i % 3 == 0 ? 0.5 : random.nextGaussian())).isEmpty();
    }

    @Test
    void partsOfTheRowsGiveWhatAllOfThemGive() {
        NumberSummary whole = new NumberSummary();
        NumberSummary merged = new NumberSummary();
        NumberSummary part = new NumberSummary();
        for (int i = 0; i < ROWS; i++) {
            double value = i % 4 == 0 ? 0 : i % 4 == 1 ? 7 : 7 * random.nextDouble();
            whole.add(value, 1);
            (i < ROWS / 3 ? merged : part).add(value, 1);
        }
        whole.seal();
        merged.seal();
        part.seal();
        merged.merge(part);

        assertThat(CommonValueSearch.of(merged, 0.1)).isEqualTo(CommonValueSearch.of(whole, 0.1));
        assertThat(CommonValueSearch.of(merged, 0.1).orElseThrow().values()).containsExactly(0.0, 7.0);
    }

    @Test
    void fewOtherValuesAreNoDistributionOfNumbers() {
        assertThat(values(i -> i % 10 < 8 ? 0 : 100 * (1 + i % 3))).isEmpty();
        assertThat(values(i -> i % 10 < 8 ? 0 : 100 * (1 + random.nextInt(30)))).containsExactly(0.0);
    }

    @Test
    void byTheOtherRuleAllOfFewValuesAreCommonButRarities() {
        // Ages: 40 of as many rows each, one of 10 and ten of 1.
        CommonValues common =
                all(1620, i -> i < 1600 ? i % 40 : i < 1610 ? 50 : i).orElseThrow();

        assertThat(common.values()).hasSize(40).startsWith(0.0, 1.0, 2.0).doesNotContain(50.0);
        assertThat(common.shares()).containsOnly(40.0 / 1620);
        assertThat(all(1000, i -> i % 257)).isEmpty();
        assertThat(all(1000, i -> i < 400 ? 0 : i % 200)).isEmpty();
    }

    @Test
    void whereAllRowsHaveCommonValuesOthersAreNotImpossible() {
        CommonValues common = all(100, i -> i % 2).orElseThrow();

        assertThat(common.values()).containsExactly(0.0, 1.0);
        // A quarter of a row is left for others, and the rows of each are what they were once rounded.
        assertThat(1 - common.shares().get(0) - common.shares().get(1)).isCloseTo(0.0025, within(1e-12));
        assertThat(Math.round(100 * common.shares().get(0))).isEqualTo(50);
    }

    private static Optional<CommonValues> all(int rows, IntToDoubleFunction value) {
        NumberSummary numbers = new NumberSummary();
        for (int i = 0; i < rows; i++) {
            numbers.add(value.applyAsDouble(i), 1);
        }
        return CommonValueSearch.all(numbers);
    }

    @Test
    void theMostFrequentValueMustHaveTheShare() {
        IntToDoubleFunction value = i -> i % 11 == 0 ? 500 : 1 + random.nextInt(100);

        assertThat(values(value)).isEmpty();
        NumberSummary numbers = new NumberSummary();
        for (int i = 0; i < ROWS; i++) {
            numbers.add(value.applyAsDouble(i), 1);
        }
        assertThat(CommonValueSearch.of(numbers, 0.05).orElseThrow().values()).containsExactly(500.0);
    }
}
