package elbow.math.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
final class NormalNoiseTest {
    private static final long KEY = KeyedNoise.key(7, 11, 3);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8, 9, 20, 600})
    void eachRowsNoiseIsThatOfTheRowAlone(int components) {
        int rows = 300;
        long[] rowKeys = new Random(components).longs(rows + 2).toArray();
        rowKeys[5] = -1;
        NormalNoise noise = new NormalNoise(components);
        float[] drawn = new float[rows * components];
        for (int sample : new int[] {0, 4}) {
            noise.draw(KEY, rowKeys, 2, rows, sample, drawn, 0);
            for (int row = 0; row < rows; row++) {
                int[] bits = new int[components + 3];
                float[] alone = new float[components];
                KeyedNoise.bits(KEY, rowKeys[2 + row], sample, components, bits);
                KeyedNoise.normal(bits, components, alone);
                assertThat(Arrays.copyOfRange(drawn, row * components, (row + 1) * components))
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void onlyThePlacesAskedForAreWritten() {
        float[] drawn = new float[10];
        new NormalNoise(5).draw(KEY, new long[] {1, 2}, 1, 1, 0, drawn, 2);
        assertThat(Arrays.copyOfRange(drawn, 0, 2)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(drawn, 2, 7)).doesNotContain(0f);
        assertThat(Arrays.copyOfRange(drawn, 7, 10)).containsOnly(0f);
    }

    @Test
    void quantilesOfManyAreThoseOfEachAlone() {
        double[] edges = {0.5, 0.0749999, 0.075, 0.3, 0.925, 0.9250001, 1e-11, 1e-20, Double.MIN_VALUE, 0.99999, 0.2};
        double[] probabilities = Arrays.copyOf(edges, 5000);
        Random random = new Random(1);
        for (int i = edges.length; i < probabilities.length; i++) {
            probabilities[i] = KeyedNoise.uniform(random.nextInt());
        }
        double[] quantiles = new double[probabilities.length];
        new NormalQuantiles(probabilities.length).of(probabilities, quantiles, probabilities.length);
        for (int i = 0; i < probabilities.length; i++) {
            assertThat(quantiles[i]).isEqualTo(NormalQuantile.of(probabilities[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, 1, -0.1, 1.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoProbabilityIsRefused(double probability) {
        NormalQuantiles quantiles = new NormalQuantiles(2);
        assertThatThrownBy(() -> quantiles.of(new double[] {0.5, probability}, new double[2], 2))
                .hasMessage("probability must lie in (0, 1), but is " + probability);
    }
}
