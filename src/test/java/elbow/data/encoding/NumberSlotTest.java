package elbow.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class NumberSlotTest {
    private static final NumberScale PLAIN = NumberScale.standard(10, 2);
    private static final NumberScale STRETCHED = new NumberScale(true, 10, 2, 0, 1);

    @Test
    void plainScaleHasTheSameJacobianEverywhere() {
        NumberSlot slot = slot(PLAIN, CommonValues.NONE);
        assertThat(slot.hasConstantJacobian()).isTrue();
        assertThat(slot.logJacobian(-3f))
                .isEqualTo(slot.logJacobian(40f))
                .isEqualTo(slot.usualLogJacobian())
                .isCloseTo(-Math.log(2), within(1e-15));
    }

    @Test
    void longTailsAndCommonValuesHaveAJacobianOfTheirOwn() {
        NumberSlot stretched = slot(STRETCHED, CommonValues.NONE);
        assertThat(stretched.hasConstantJacobian()).isFalse();
        assertThat(stretched.logJacobian(3f)).isLessThan(stretched.usualLogJacobian());
        NumberSlot common = slot(PLAIN, new CommonValues(List.of(12.0), List.of(0.5)));
        assertThat(common.hasConstantJacobian()).isFalse();
        assertThat(common.logJacobian(1f)).isZero();
    }

    @Test
    void encodersAddUpOnlyWhatARowHasOverTheUsualJacobian() {
        RowEncoder encoder = new RowEncoder(
                new ImageSlot[0], new Slot[] {slot(PLAIN, CommonValues.NONE), slot(STRETCHED, CommonValues.NONE)});
        float[] encoded = new float[2];
        double excess = encoder.encode(RowFactory.create(14.0, 10 + 2 * Math.sinh(3)), encoded, new byte[2], 0);
        assertThat(encoded).containsExactly(2f, 3f);
        assertThat(excess).isCloseTo(-Math.log(Math.cosh(3)), within(1e-12));
        double missing = encoder.encode(RowFactory.create(null, 10.0), encoded, new byte[2], 0);
        assertThat(missing).isCloseTo(Math.log(2), within(1e-15));
    }

    private static NumberSlot slot(NumberScale scale, CommonValues common) {
        int field = scale.stretched() ? 1 : 0;
        return new NumberSlot(
                "x" + field,
                field,
                FieldKind.NUMBER,
                new Markers(List.of()),
                NumberDomain.REAL,
                scale,
                common,
                Double.NEGATIVE_INFINITY,
                false);
    }
}
