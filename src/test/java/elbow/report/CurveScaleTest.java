package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveScaleTest {
    @Test
    void anUntrainedStartFarFromTheRestIsLeftOutsideTheScale() {
        List<Curve> curves = curve(-543, -150, -120, -110, -105, -103);
        assertThat(CurveScale.firstInScale(curves)).isEqualTo(1);
        assertThat(CurveScale.of(curves, 1).getLowerBound()).isBetween(-160.0, -150.0);
    }

    @Test
    void aStartNearTheRestStaysInTheScale() {
        assertThat(CurveScale.firstInScale(curve(-30, -24, -22, -20, -18))).isZero();
    }

    @Test
    void theLaterCourseIsNeverLeftOut() {
        assertThat(CurveScale.firstInScale(curve(-1e9, -1e6, -1e3, -100, -10, -1)))
                .isEqualTo(2);
    }

    @Test
    void oneOrTwoEntriesAreShownWhole() {
        assertThat(CurveScale.firstInScale(curve(-50))).isZero();
        assertThat(CurveScale.firstInScale(curve(-500, -50))).isZero();
    }

    @Test
    void aConstantCurveHasAScale() {
        assertThat(CurveScale.of(curve(-50, -50), 0).getLength()).isPositive();
    }

    @Test
    void valuesThatAreNotFiniteDoNotCount() {
        assertThat(CurveScale.of(curve(Double.NaN, 1, Double.NEGATIVE_INFINITY, 2), 0)
                        .getLowerBound())
                .isBetween(0.9, 1.0);
    }

    private static List<Curve> curve(double... values) {
        return List.of(new Curve("validation rows", ChartColour.BLUE, false, values));
    }
}
