package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElboBinsTest {
    @Test
    void theLowestAreLeftOut() {
        assertThat(bins(-1e6, 3, -2, 1, -4).trimmed(0.4)).isEqualTo((3 - 2 + 1) / 3.0);
        assertThat(bins(-1e6, 3, -2, 1, -4).trimmed(0.2)).isEqualTo((3 - 2 + 1 - 4) / 4.0);
    }

    @Test
    void withoutAShareItIsTheMean() {
        assertThat(bins(-8, 3, 0, -0.0, 1).trimmed(0)).isEqualTo(-4 / 5.0);
        assertThat(bins(-8, 3).trimmed(0.4)).isEqualTo(-2.5);
    }

    @Test
    void ofABinThatIsCutWhatRemainsCountsByItsMean() {
        // Both bins are cut at a 64th of 1.
        assertThat(bins(1, 1 + 1.0 / 256, 1 + 2.0 / 256).trimmed(0.34)).isEqualTo(1 + 1.0 / 256);
    }

    @Test
    void itIsWithinAHundredthOfTheMeanOfTheSortedOnes() {
        double[] elbos = new Random(3)
                .doubles(10_000)
                .map(uniform -> -20 - 30 * Math.log(uniform))
                .map(value -> -value)
                .toArray();
        double[] sorted = elbos.clone();
        Arrays.sort(sorted);
        double expected = Arrays.stream(sorted, 1_000, sorted.length).average().orElseThrow();

        assertThat(bins(elbos).trimmed(0.1)).isCloseTo(expected, within(0.01));
    }

    @Test
    void partsAddUp() {
        ElboBins all = bins(-3, 5, -1e9);
        all.merge(bins(7, -2));

        assertThat(all.trimmed(0.3)).isEqualTo((-3 + 5 + 7 - 2) / 4.0);
    }

    @Test
    void ofNoneThereIsNoMean() {
        assertThat(bins().trimmed(0.1)).isNaN();
    }

    private static ElboBins bins(double... elbos) {
        ElboBins bins = new ElboBins();
        Arrays.stream(elbos).forEach(bins::add);
        return bins;
    }
}
