package elbow.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class MarginTest {
    @Test
    void sharesAreThoseOfTheNumbers() {
        ShareCurve curve = ShareCurve.of(new double[] {3, -0.0, 0, 1});

        assertThat(curve.numbers()).containsExactly(0, 1, 3);
        assertThat(curve.below()).containsExactly(0, 2, 3);
        assertThat(curve.upTo()).containsExactly(2, 3, 4);
        assertThat(curve.shareBelow(0)).isZero();
        assertThat(curve.shareUpTo(0)).isEqualTo(0.5);
        assertThat(curve.shareBelow(2)).isEqualTo(0.75);
        assertThat(curve.shareUpTo(-1)).isZero();
        assertThat(curve.shareBelow(9)).isEqualTo(1);
        assertThat(curve.at(0.49)).isZero();
        assertThat(curve.at(0.74)).isEqualTo(1);
        assertThat(curve.at(1)).isEqualTo(3);
    }

    @Test
    void ofManyNumbersSomeAreKeptAndThoseThatManyHave() {
        Random random = new Random(3);
        double[] numbers = DoubleStream.concat(
                        random.doubles(5_000),
                        DoubleStream.generate(() -> 0.123).limit(500))
                .toArray();
        ShareCurve curve = ShareCurve.of(numbers);

        assertThat(curve.numbers()).hasSizeLessThan(260).contains(0.123);
        assertThat(curve.shareUpTo(0.123) - curve.shareBelow(0.123)).isCloseTo(500 / 5500.0, within(1e-12));
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i += 7) {
            double exact = (double) i / sorted.length;
            if (sorted[i] != 0.123) {
                assertThat(curve.shareBelow(sorted[i])).isCloseTo(exact, within(1e-2));
            }
        }
    }

    @Test
    void drawsGetTheStepsOfTheTrainingRows() {
        Random random = new Random(1);
        double[] drawn = random.doubles(20_000).map(u -> Math.log(u / (1 - u))).toArray();
        double[] training = random.doubles(20_000)
                .map(u -> u < 0.9 ? 0 : Math.rint(1000 * u))
                .toArray();
        Margin margin = new Margin(ShareCurve.of(drawn), ShareCurve.of(training));
        double[] moved = Arrays.stream(drawn)
                .map(number -> margin.moved(number, random.nextDouble()))
                .toArray();

        assertThat(ShareCurve.of(moved).distance(ShareCurve.of(training))).isLessThan(0.01);
        assertThat(margin.moved(-1, 0.5)).isZero();
        assertThat(margin.moved(6, 0.5)).isGreaterThan(900);
        assertThat(margin.drawn().distance(margin.training())).isGreaterThan(0.4);
    }

    @Test
    void ofDrawsOfOneNumberEachHasItsShare() {
        Margin margin = new Margin(ShareCurve.of(new double[] {5, 5}), ShareCurve.of(new double[] {1, 2}));

        assertThat(margin.moved(5, 0.25)).isEqualTo(1);
        assertThat(margin.moved(5, 0.75)).isEqualTo(2);
    }

    @Test
    void countsThatDoNotAscendAreRefused() {
        assertThatThrownBy(() -> new ShareCurve(new double[] {1, 2}, new double[] {0, 1}, new double[] {2, 3}))
                .hasMessage("counts must be whole and ascend, but is 1.0, 3.0");
        assertThatThrownBy(() -> new ShareCurve(new double[] {2, 1}, new double[] {0, 1}, new double[] {1, 2}))
                .hasMessage("numbers must be finite and ascend, but is 1.0");
    }

    @Test
    void theNumberWithTheFewestDigitsIsFound() {
        NumberScale scale = NumberScale.standard(1_234.5, 987);
        NumberWriter writer = new NumberWriter(DataTypes.DoubleType, false, List.of());
        NumberCell cell = new NumberCell(scale, writer);

        for (double number : new double[] {0, 40, -3.25, 0.1, 1e5, 99_999}) {
            float encoded = NumberSlot.encoded(scale, number);
            assertThat(cell.shortest(encoded)).isEqualTo(number);
        }
        ShareCurve drawn = ShareCurve.of(new double[] {scale.decode(-1), scale.decode(1)});
        NumberCell moving = cell.with(new Margin(drawn, ShareCurve.of(new double[] {7, 8})));
        assertThat(moving.value(new float[] {2}, 0, Cell.Form.DRAWN, 0)).isEqualTo(8.0);
        assertThat(moving.value(new float[] {0}, 0, Cell.Form.EXPECTED, 0)).isEqualTo(1_234.5);
        assertThat(moving.leavesChoice()).isTrue();
    }

    @Test
    void numbersThatAreKnownAreFoundWithAllTheirDigits() {
        NumberScale scale = NumberScale.standard(0.5, 2);
        NumberWriter writer = new NumberWriter(DataTypes.DoubleType, false, List.of());
        double common = -0.06140064449540183;
        double lowest = -0.20364048566636067;
        double highest = 19.90038690536899;
        NumberCell cell = new NumberCell(scale, new CommonValues(List.of(common), List.of(0.9)), -1, 20, writer)
                .knowing(lowest, highest);

        for (double number : new double[] {common, lowest, highest}) {
            assertThat(cell.shortest(NumberSlot.encoded(scale, number))).isEqualTo(number);
        }
        assertThat(cell.shortest(NumberSlot.encoded(scale, 0.1))).isEqualTo(0.1);
    }
}
