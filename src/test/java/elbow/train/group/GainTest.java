package elbow.train.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class GainTest {
    @Test
    void theGainIsTheMeanDifferenceWithItsStandardError() {
        Gain gain = Gain.of(new double[] {-1, -2, -3, -4}, new double[] {0, -2, -1, -1}, 0);

        // Differences 1, 0, 2, 3: mean 1.5, squares 0.25 + 2.25 + 0.25 + 2.25 = 5, of three degrees of freedom.
        assertThat(gain.mean()).isEqualTo(1.5);
        assertThat(gain.standardError()).isEqualTo(Math.sqrt(5.0 / 3 / 4));
        assertThat(gain.isClear()).isTrue();
    }

    @Test
    void aFewRowsThatAreFarOffDoNotDecideWhereTheyAreTrimmed() {
        double[] first = new double[10];
        double[] second = {1, 1, 1, 1, 1, 1, 1, 1, 1.5, -1000};

        assertThat(Gain.of(first, second, 0).isClear()).isFalse();
        Gain trimmed = Gain.of(first, second, 0.1);
        assertThat(trimmed.mean()).isEqualTo(1);
        assertThat(trimmed.standardError()).isEqualTo(0, offset(0.0));
    }

    @Test
    void aNetworkThatHasDivergedOnOneRowIsNoneWhateverIsTrimmed() {
        double[] second = {1, 1, 1, 1, 1, 1, 1, 1, 1, Double.NEGATIVE_INFINITY};

        assertThat(Gain.of(new double[10], second, 0.2).isFinite()).isFalse();
    }

    @Test
    void oneRowTellsNothing() {
        assertThat(Gain.of(new double[] {0}, new double[] {5}, 0).isClear()).isFalse();
    }

    @Test
    void aGainWithinItsErrorIsNotClear() {
        assertThat(Gain.of(new double[2], new double[] {3, -1}, 0).isClear()).isFalse();
    }
}
