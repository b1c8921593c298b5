package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.noise.NormalQuantile;
import elbow.math.noise.RowHash;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row hash, log-sum-exp, normal quantile. */
final class SmallMathTest {
    @Test
    void rowHashSeesContentOnly() {
        float[] row = {1, 2, 3, 4, 5};
        assertThat(RowHash.of(row, 1, 3)).isEqualTo(RowHash.of(new float[] {2, 3, 4}, 0, 3));
        assertThat(RowHash.of(new float[] {-0f, 1}, 0, 2)).isEqualTo(RowHash.of(new float[] {0f, 1}, 0, 2));
        assertThat(RowHash.of(new float[] {1, 2}, 0, 2)).isNotEqualTo(RowHash.of(new float[] {2, 1}, 0, 2));
        assertThat(RowHash.of(new float[] {0}, 0, 1)).isNotEqualTo(RowHash.of(new float[] {0, 0}, 0, 2));
    }

    @Test
    void rowHashNeverChanges() {
        // Stored splits and seeded scores depend on it.
        assertThat(RowHash.of(new float[] {0.5f, -1f, 3f}, 0, 3)).isEqualTo(ROW_HASH);
    }

    @Test
    void rowHashSpreadsNeighbouringRows() {
        float[] row = new float[3];
        long distinct = IntStream.range(0, 100_000)
                .mapToLong(i -> {
                    int thousands = i / 1000;
                    row[0] = i % 10;
                    row[1] = i % 1000;
                    row[2] = thousands;
                    return RowHash.of(row, 0, 3) >>> 24;
                })
                .distinct()
                .count();
        // 40 bits: 100,000 random values collide 0.005 times on average.
        assertThat(distinct).isGreaterThan(99_997);
    }

    @Test
    void rowHashRefusesARangeOutside() {
        assertThatThrownBy(() -> RowHash.of(new float[3], 2, 2))
                .hasMessage("offset must leave room for the row, but is 2");
    }

    @Test
    void logSumExpSurvivesExtremes() {
        assertThat(LogSumExp.of(new double[] {1000, 1000}, 0, 1, 2)).isCloseTo(1000 + Math.log(2), within(1e-12));
        assertThat(LogSumExp.of(new double[] {-1000, -2000}, 0, 1, 2)).isEqualTo(-1000);
        assertThat(LogSumExp.of(new double[] {1, 9, 2, 9, 3}, 0, 2, 3))
                .isCloseTo(Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)), within(1e-14));
        assertThat(LogSumExp.of(new double[] {Double.NEGATIVE_INFINITY}, 0, 1, 1))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void normalQuantilesAreThePublishedOnes() {
        // AS 241's own test values, and a far tail.
        assertThat(NormalQuantile.of(0.25)).isCloseTo(-0.6744897501960817, within(1e-15));
        assertThat(NormalQuantile.of(0.001)).isCloseTo(-3.090232306167814, within(1e-14));
        assertThat(NormalQuantile.of(1e-20)).isCloseTo(-9.262340089798409, within(1e-13));
        assertThat(NormalQuantile.of(0.5)).isZero();
        assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-14));
        assertThatThrownBy(() -> NormalQuantile.of(1)).hasMessage("probability must lie in (0, 1), but is 1.0");
    }

    @Test
    void sumsTakeEveryElementOnce() {
        double[] x = {1e9, 1, 2, 4, 8, 16, 32, 64, 128, 1e9};
        for (int count = 0; count <= 8; count++) {
            assertThat(DoubleLoops.sum(x, 1, count)).isEqualTo((1 << count) - 1);
        }
    }

    private static final long ROW_HASH = -1657944930398407080L;
}
