package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ExactMomentsTest {
    private static final BigDecimal UNITS_PER_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(ExactSum.UNIT_EXPONENT));

    @Property(tries = 500)
    void sumEqualsTheSumOfDecimals(@ForAll @Size(max = 40) double[] values) {
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (double value : values) {
            Assume.that(Double.isFinite(value));
            sum.add(value);
            expected = expected.add(new BigDecimal(value));
        }
        assertThat(new BigDecimal(sum.units())).isEqualByComparingTo(expected.multiply(UNITS_PER_ONE));
    }

    @Property(tries = 500)
    void momentsDoNotDependOnPartitioning(
            @ForAll @Size(min = 1, max = 40) double[] values, @ForAll @IntRange(max = 40) int split) {
        ExactMoments whole = new ExactMoments();
        ExactMoments first = new ExactMoments();
        ExactMoments second = new ExactMoments();
        for (int i = 0; i < values.length; i++) {
            Assume.that(Double.isFinite(values[i]));
            whole.add(values[i], 1);
            (i < split ? second : first).add(values[i], 1);
        }
        first.seal();
        second.seal();
        first.merge(second);
        assertThat(first.mean()).isEqualTo(whole.mean());
        assertThat(first.standardDeviation()).isEqualTo(whole.standardDeviation());
    }

    @Test
    void theMomentsAreThoseOfTheNumbers() {
        ExactMoments moments = new ExactMoments();
        moments.add(1e9 + 4, 1);
        moments.add(1e9 + 7, 1);
        moments.add(1e9 + 13, 1);
        moments.add(1e9 + 16, 1);
        assertThat(moments.mean()).isEqualTo(1e9 + 10);
        // Squared differences 36, 9, 9, 36.
        assertThat(moments.standardDeviation()).isEqualTo(Math.sqrt(22.5));
    }

    @Test
    void aNumberThatComesUpOftenIsThatManyNumbers() {
        ExactMoments often = new ExactMoments();
        ExactMoments oneByOne = new ExactMoments();
        often.add(-0.1, 5);
        often.add(3, 1);
        for (int i = 0; i < 5; i++) {
            oneByOne.add(-0.1, 1);
        }
        oneByOne.add(3, 1);
        assertThat(often.mean()).isEqualTo(oneByOne.mean());
        assertThat(often.standardDeviation()).isEqualTo(oneByOne.standardDeviation());
    }

    @Test
    void noNumbersAndHugeOnesHaveMoments() {
        assertThat(new ExactMoments().mean()).isZero();
        assertThat(new ExactMoments().standardDeviation()).isZero();
        ExactMoments huge = new ExactMoments();
        huge.add(1e200, 1);
        huge.add(-1e200, 1);
        assertThat(huge.mean()).isZero();
        assertThat(huge.standardDeviation()).isInfinite();
    }
}
