package elbow.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatentMixtureTest {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    /** Covariances 4, and {{1, 0.6}, {0.6, 1}}. */
    private static final LatentMixture TWO = new LatentMixture(
            new double[] {0.25, 0.75}, new double[][] {{3, 0}, {-1, 1}}, new double[][] {{2, 0, 2}, {1, 0.6, 0.8}});

    @Test
    void logDensityIsThatOfCorrelatedGaussians() {
        // x' S^-1 x = (x0^2 - 1.2 x0 x1 + x1^2) / 0.64, |S| = 0.64.
        double first = Math.exp(-0.5 * (4 + 0.25) / 4 - Math.log(4) - LOG_2_PI);
        double second = Math.exp(-0.5 * (4 - 1.2 * 2 * -0.5 + 0.25) / 0.64 - 0.5 * Math.log(0.64) - LOG_2_PI);

        assertThat(TWO.logDensity(new double[] {1, 0.5}))
                .isCloseTo(Math.log(0.25 * first + 0.75 * second), within(1e-12));
    }

    @Test
    void drawsHaveItsMomentsAndDependOnSeedAndNumberAlone() {
        int count = 40_000;
        float[] drawn = new float[2 * count];
        LatentMixture.Draws draws = TWO.draws(7);
        for (int i = 0; i < count; i++) {
            draws.draw(i, drawn, 2 * i);
        }
        double[] sums = new double[5];
        for (int i = 0; i < count; i++) {
            double x = drawn[2 * i];
            double y = drawn[2 * i + 1];
            sums[0] += x / count;
            sums[1] += y / count;
            sums[2] += x * x / count;
            sums[3] += y * y / count;
            sums[4] += x * y / count;
        }
        // Means 0 and 0.75; E x^2 = 0.25 (9 + 4) + 0.75 (1 + 1), E y^2 = 0.25 x 4 + 0.75 x 2, E xy = 0.75 (0.6 - 1).
        // Five standard errors: false once in a million.
        assertThat(sums[0]).isCloseTo(0, within(0.06));
        assertThat(sums[1]).isCloseTo(0.75, within(0.04));
        assertThat(sums[2]).isCloseTo(4.75, within(0.2));
        assertThat(sums[3]).isCloseTo(2.5, within(0.1));
        assertThat(sums[4]).isCloseTo(-0.3, within(0.15));
        float[] again = new float[2];
        TWO.draws(7).draw(99, again, 0);
        assertThat(again).containsExactly(drawn[198], drawn[199]);
    }

    @Test
    void numbersThatAreNoMixtureAreRefused() {
        double[][] means = {{0}};
        double[][] factors = {{1}};
        assertThatThrownBy(() -> new LatentMixture(new double[] {0.5}, means, factors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sum of weights must be 1, but is 0.5");
        assertThatThrownBy(() -> new LatentMixture(new double[] {1}, means, new double[][] {{0}}))
                .hasMessage("diagonal of a factor must be above 0, but is 0.0");
        assertThatThrownBy(() -> new LatentMixture(new double[] {1}, means, new double[][] {{1, 2}}))
                .hasMessage("factors must have 1 numbers a component, but is 2");
        assertThatThrownBy(() -> TWO.logDensity(new double[1])).hasMessage("latents must be 2, but is 1");
    }
}
