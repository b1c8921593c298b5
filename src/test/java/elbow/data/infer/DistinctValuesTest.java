package elbow.data.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctValuesTest {
    /** On either side of the numbers at which the sketch changes its form. */
    @ParameterizedTest
    @ValueSource(ints = {5, 384, 385, 20_000})
    void estimateDoesNotDependOnOrderAndPartitioning(int count) {
        List<Integer> values = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        double ordered = estimate(values, 1);
        Collections.shuffle(values, new Random(3));

        assertThat(ordered).isCloseTo(count, within(0.05 * count));
        assertThat(estimate(values, 1)).isEqualTo(ordered);
        assertThat(estimate(values, 3)).isEqualTo(ordered);
        assertThat(estimate(values, 7)).isEqualTo(ordered);
    }

    private static double estimate(List<Integer> values, int parts) {
        DistinctValues merged = new DistinctValues();
        for (int part = 0; part < parts; part++) {
            DistinctValues some = new DistinctValues();
            for (int i = part; i < values.size(); i += parts) {
                some.add(values.get(i) * 7L);
            }
            some.seal();
            merged.merge(some);
        }
        return merged.estimate();
    }
}
