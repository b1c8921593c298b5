package elbow.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AurocTest {
    @Test
    void theAreaIsTheShareOfPairsInOrderAndTiesCountHalf() {
        // Of the six pairs 4 > 1, 4 > 2, 4 > 3 and 2 > 1 are in order, 2 = 2 is a tie.
        Auroc auroc = Auroc.of(new double[] {4, 2}, new double[] {1, 2, 3});

        assertThat(auroc.area()).isEqualTo(4.5 / 6, within(1e-15));
        // Placements 1 and 1/2 of the anomalies, 0, 1/4 and 1/2 of the others: variances 1/8 and 1/16.
        assertThat(auroc.standardError()).isEqualTo(Math.sqrt(0.125 / 2 + 0.0625 / 3), within(1e-15));
    }

    @Test
    void perfectAndReversedOrderAreOneAndZero() {
        assertThat(Auroc.of(new double[] {5, 6}, new double[] {1, 2})).isEqualTo(new Auroc(1, 0));
        assertThat(Auroc.of(new double[] {1, 2}, new double[] {5, 6})).isEqualTo(new Auroc(0, 0));
        assertThat(Auroc.of(new double[] {0.0, -0.0}, new double[] {-0.0, 0.0})).isEqualTo(new Auroc(0.5, 0));
    }

    @Test
    void aScoreThatIsNoNumberIsTheStrangest() {
        assertThat(Auroc.of(new double[] {Double.NaN, 2}, new double[] {1, Double.POSITIVE_INFINITY})
                        .area())
                .isEqualTo(0.75);
    }

    @Test
    void oneRowHasNoStandardError() {
        assertThat(Auroc.of(new double[] {5}, new double[] {1, 2}).standardError())
                .isNaN();
    }
}
