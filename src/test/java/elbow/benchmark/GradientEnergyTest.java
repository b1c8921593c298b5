package elbow.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientEnergyTest {
    @Test
    void isZeroWithoutAnEdgeAndOneWhereAllNeighboursDiffer() {
        assertThat(GradientEnergy.of(List.of(pixels(77, 77, 77, 77)), 2)).isZero();
        assertThat(GradientEnergy.of(List.of(pixels(0, 255, 0, 255, 0, 255)), 3))
                .isEqualTo(1);
    }

    @Test
    void countsNeighboursAsideAndBelowButNoneAcrossTheBorder() {
        // 0 0 1 / 0 0 1: two of four pairs aside differ, none of three below; the ends of lines are no neighbours.
        assertThat(GradientEnergy.of(List.of(pixels(0, 0, 255, 0, 0, 255)), 3)).isEqualTo(2.0 / 7);
        // 0 0 / 1 1: both of two pairs below, none of two aside.
        assertThat(GradientEnergy.of(List.of(pixels(0, 0, 255, 255)), 2)).isEqualTo(0.5);
    }

    @Test
    void isLowerForABlurredEdge() {
        double sharp = GradientEnergy.of(List.of(pixels(0, 0, 255, 255)), 4);
        double blurred = GradientEnergy.of(List.of(pixels(0, 85, 170, 255)), 4);
        assertThat(blurred).isEqualTo(sharp / 3);
    }

    private static byte[] pixels(int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return pixels;
    }
}
