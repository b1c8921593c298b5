package elbow.math.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeds are fixed; each statistic's threshold would reject a perfect generator with probability below 1e-6. */
final class KeyedNoiseStatisticalTest {
    private static final int COUNT = 1 << 20;
    private static final double SIGMAS = 5;

    @Test
    void uniformCellsAreEquallyFull() {
        int[] cells = new int[256];
        for (int bits : draw(1)) {
            cells[(int) (KeyedNoise.uniform(bits) * 256)]++;
        }
        double expected = COUNT / 256.0;
        double chiSquared = Arrays.stream(cells)
                .mapToDouble(cell -> (cell - expected) * (cell - expected) / expected)
                .sum();
        assertThat(Math.abs(chiSquared - 255)).isLessThan(SIGMAS * Math.sqrt(2 * 255.0) + 10);
    }

    @Test
    void normalMomentsAreThoseOfTheNormalDistribution() {
        float[] normal = new float[COUNT];
        KeyedNoise.normal(draw(2), COUNT, normal);
        double[] moments = new double[5];
        for (float value : normal) {
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(value, power) / COUNT;
            }
        }
        // Standard errors of the raw moments: sqrt((E x^2k - (E x^k)^2) / n).
        assertThat(Math.abs(moments[1])).isLessThan(SIGMAS * Math.sqrt(1.0 / COUNT));
        assertThat(Math.abs(moments[2] - 1)).isLessThan(SIGMAS * Math.sqrt(2.0 / COUNT));
        assertThat(Math.abs(moments[3])).isLessThan(SIGMAS * Math.sqrt(15.0 / COUNT));
        assertThat(Math.abs(moments[4] - 3)).isLessThan(SIGMAS * Math.sqrt(96.0 / COUNT));
    }

    @Test
    void normalTailsHoldTheirShare() {
        float[] normal = new float[COUNT];
        KeyedNoise.normal(draw(3), COUNT, normal);
        double beyondThree = 0;
        for (float value : normal) {
            beyondThree += Math.abs(value) > 3 ? 1 : 0;
        }
        double share = 0.0026997960632601866;
        assertThat(Math.abs(beyondThree / COUNT - share)).isLessThan(SIGMAS * Math.sqrt(share * (1 - share) / COUNT));
    }

    @Test
    void neighbouringKeysRowsSamplesAndComponentsAreUncorrelated() {
        int[] bits = new int[4];
        double[] products = new double[4];
        int count = 1 << 18;
        long key = KeyedNoise.key(9, 4, 1);
        for (int row = 0; row < count; row++) {
            double here = at(key, row, 0, 0, bits);
            products[0] += here * at(key, row + 1L, 0, 0, bits);
            products[1] += here * at(key, row, 1, 0, bits);
            products[2] += here * at(key, row, 0, 1, bits);
            products[3] += here * at(KeyedNoise.key(9, 5, 1), row, 0, 0, bits);
        }
        for (double product : products) {
            // The product of two independent uniform variables on (-1/2, 1/2) has variance 1/144.
            assertThat(Math.abs(product / count)).isLessThan(SIGMAS / 12 / Math.sqrt(count));
        }
    }

    @Test
    void keysOfNeighbouringSeedsPassesAndStreamsDiffer() {
        long distinct = IntStream.range(0, 64_000)
                .mapToLong(i -> KeyedNoise.key(i / 1600, i / 40 % 40, i % 40))
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(64_000);
    }

    private static int[] draw(long seed) {
        int[] bits = new int[COUNT];
        KeyedNoise.bits(KeyedNoise.key(seed, 0, 0), 77, 0, COUNT, bits);
        return bits;
    }

    private static double at(long key, long row, int sample, int component, int[] bits) {
        KeyedNoise.bits(key, row, sample, 4, bits);
        return KeyedNoise.uniform(bits[component]) - 0.5;
    }
}
