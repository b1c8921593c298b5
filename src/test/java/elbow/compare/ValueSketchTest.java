package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSketchTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.005, 0.25, 0.5, 0.9, 1})
    void quantilesLieBetweenItsBounds(double share) {
        double[] values = new Random(3)
                .doubles(1001)
                .map(u -> 50 * Math.tan(3 * (u - 0.5)))
                .toArray();
        ValueSketch sketch = sketch(values);
        Arrays.sort(values);
        double quantile = values[(int) Math.floor(share * 1000)];

        assertThat(sketch.atOrBelow(share)).isLessThanOrEqualTo(quantile);
        assertThat(sketch.atOrAbove(share)).isGreaterThanOrEqualTo(quantile);
        assertThat(sketch.atOrAbove(share) - sketch.atOrBelow(share)).isLessThanOrEqualTo(Math.abs(quantile) / 64);
    }

    @Test
    void numbersOfEitherSignAndBothZerosHaveTheirOrder() {
        ValueSketch sketch = sketch(-2e300, -1, -0.0, 0.0, 1e-300);

        assertThat(sketch.atOrAbove(0)).isLessThan(-1.9e300);
        assertThat(sketch.atOrBelow(0.25)).isBetween(-1.01, -1.0);
        assertThat(sketch.atOrBelow(0.5)).isZero();
        assertThat(sketch.atOrBelow(0.75)).isZero();
        assertThat(sketch.atOrAbove(1)).isBetween(1e-300, 1.01e-300);
    }

    @Test
    void partsTogetherAreTheWhole() {
        ValueSketch parts = sketch(3, 1);
        parts.merge(sketch(2, 4, 1));

        for (double share : new double[] {0, 0.3, 0.5, 1}) {
            assertThat(parts.atOrBelow(share)).isEqualTo(sketch(1, 1, 2, 3, 4).atOrBelow(share));
        }
    }

    static ValueSketch sketch(double... values) {
        ValueSketch sketch = new ValueSketch();
        Arrays.stream(values).forEach(sketch::add);
        return sketch;
    }
}
