package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.reference.ColumnCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnDriftTest {
    private static final List<String> NAMES = List.of("low", "high");

    @Test
    void handComputed() {
        // With half a row in each of the three bins: p = (60.5, 40.5, 0.5) / 101.5, q = (30.5, 70.5, 0.5) / 101.5.
        double expected = (30.0 / 101.5) * Math.log(60.5 / 30.5) + (-30.0 / 101.5) * Math.log(40.5 / 70.5);

        ColumnDrift drift = ColumnDrift.between(counts(0, 60, 40), counts(0, 30, 70), NAMES);

        assertThat(drift.psi()).isCloseTo(expected, within(1e-12));
        assertThat(drift.chance()).isCloseTo(2 * (1 / 100.0 + 1 / 100.0), within(1e-15));
        assertThat(drift.widest()).isEqualTo("low");
        assertThat(drift.widestBefore()).isEqualTo(0.6);
        assertThat(drift.widestNow()).isEqualTo(0.3);
    }

    @Test
    void equalSharesHaveNoDrift() {
        ColumnDrift drift = ColumnDrift.between(counts(10, 50, 40), counts(10, 50, 40), NAMES);

        assertThat(drift.psi()).isZero();
    }

    @Test
    void missingValuesHaveTheirOwnBin() {
        ColumnDrift drift = ColumnDrift.between(counts(0, 500, 500), counts(400, 300, 300), NAMES);

        assertThat(drift.psi()).isGreaterThan(0.25);
        assertThat(drift.widest()).isEqualTo("no value");
        assertThat(drift.missingBefore()).isZero();
        assertThat(drift.missing()).isEqualTo(0.4);
    }

    @Test
    void emptyBinGivesAFiniteIndex() {
        assertThat(ColumnDrift.between(counts(0, 100, 0), counts(0, 0, 100), NAMES)
                        .psi())
                .isFinite()
                .isGreaterThan(1);
    }

    private static ColumnCounts counts(long missing, long low, long high) {
        return new ColumnCounts("a", new double[] {0}, new long[] {low, high}, missing);
    }
}
