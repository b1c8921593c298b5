package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinsTest {
    @Test
    void aNumberAtAnEdgeBelongsBelowIt() {
        Bins bins = new Bins(-1, 0.5, 4);

        assertThat(bins.of(-0.5)).isZero();
        assertThat(bins.of(-0.499)).isEqualTo(1);
        assertThat(bins.of(0)).isEqualTo(1);
        assertThat(bins.of(1)).isEqualTo(3);
    }

    @Test
    void theFirstBinHasItsLowerEndAndWhatIsBeyondIsToldApart() {
        Bins bins = new Bins(-1, 0.5, 4);

        assertThat(bins.of(-1)).isZero();
        assertThat(bins.of(-1.001)).isEqualTo(-1);
        assertThat(bins.of(1.001)).isEqualTo(4);
        assertThat(bins.nearest(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(bins.nearest(Double.POSITIVE_INFINITY)).isEqualTo(3);
    }

    @Test
    void theEdgeThatIsAskedForIsOne() {
        Bins bins = Bins.around(0, ValueSketchTest.sketch(-0.7, 0.1, 1.3), 10);

        double place = -bins.first() / bins.width();
        assertThat(place).isEqualTo(Math.rint(place));
        assertThat(bins.first()).isLessThanOrEqualTo(-0.7);
        assertThat(bins.end()).isGreaterThanOrEqualTo(1.3);
        assertThat(bins.count()).isBetween(10, 12);
    }

    @Test
    void numbersFarFromTheEdgeAreNotSquashedForIt() {
        Bins bins = Bins.around(0, ValueSketchTest.sketch(1000, 1001, 1002), 10);

        assertThat(bins.first()).isGreaterThan(900);
    }

    @Test
    void aThresholdBeyondAllNumbersHasRoomBehindIt() {
        Bins bins = Bins.beyond(50, ValueSketchTest.sketch(10, 20, 30), 36);

        assertThat(bins.first()).isLessThanOrEqualTo(10);
        assertThat(bins.end()).isGreaterThan(53);
    }

    @Test
    void equalNumbersAndNoneHaveBinsToo() {
        for (Bins bins : new Bins[] {
            Bins.around(0, ValueSketchTest.sketch(0, 0), 40),
            Bins.around(0, ValueSketchTest.sketch(7, 7), 40),
            Bins.around(0, new ValueSketch(), 40),
            Bins.beyond(5, new ValueSketch(), 40),
            Bins.beyond(5, ValueSketchTest.sketch(5), 40)
        }) {
            assertThat(bins.width()).isPositive();
            assertThat(bins.count()).isBetween(1, 100);
        }
    }
}
