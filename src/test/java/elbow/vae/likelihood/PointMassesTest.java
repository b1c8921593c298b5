package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PointMassesTest {
    private static final Gaussian REST = Gaussian.fixed(0.25);
    private static final PointMasses LIKELIHOOD = new PointMasses(List.of(-2.0, 0.5), List.of(0.2, 0.3), REST);

    /** q = 2 / 8 and 5 / 8 at the points, and 1 / 8 elsewhere. */
    private static final LikelihoodProbe PROBE =
            new LikelihoodProbe(LIKELIHOOD, outputs(1, (float) Math.log(2), (float) Math.log(5)));

    @Test
    void pointsHaveProbabilitiesAndOthersADensity() {
        assertThat(PROBE.logDensity(-2)).isCloseTo(Math.log(2 / 8.0), within(1e-6));
        assertThat(PROBE.logDensity(0.5f)).isCloseTo(Math.log(5 / 8.0), within(1e-6));
        for (float x : new float[] {-1.999999f, 0.5000001f, 1, 7}) {
            assertThat(PROBE.logDensity(x))
                    .isCloseTo(Math.log(1 / 8.0) + ReferenceDensity.GAUSSIAN.value(x, 1, Math.log(0.25)), within(1e-5));
        }
    }

    @Test
    void aPointMovesTheOddsAlone() {
        assertThat(PROBE.gradient(0.5f)).containsExactly(new double[] {0, -2 / 8.0, 3 / 8.0}, within(1e-6));
        assertThat(PROBE.gradient(2)).containsExactly(new double[] {1 / 0.25, -2 / 8.0, -5 / 8.0}, within(1e-6));
        LikelihoodProbe learned = new LikelihoodProbe(
                new PointMasses(List.of(0.0), List.of(0.5), Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0)),
                outputs(1, 0),
                0.3f);
        assertThat(learned.gradient(0)).containsExactly(new double[] {0, 0.5, 0}, within(1e-6));
        assertThat(learned.gradient(3)[2]).isPositive();
    }

    @Test
    void theMeanIsThatOfPointsAndRest() {
        assertThat((double) PROBE.mean()[0]).isCloseTo((2 * -2 + 5 * 0.5 + 1) / 8, within(1e-6));
    }

    @Test
    void drawsAreThePointsThemselvesAsOftenAsTheyAreLikely() {
        PROBE.assertShare(x -> x == -2 ? 1 : 0, 2 / 8.0);
        PROBE.assertShare(x -> x == 0.5 ? 1 : 0, 5 / 8.0);
        // Of the rest half lies on either side of its mean.
        PROBE.assertShare(x -> x > 1 ? 1 : 0, 1 / 16.0);
    }

    @Test
    void trainingStartsAtTheShares() {
        float[][] start = new float[3][1];
        LIKELIHOOD.start(new float[] {0.7f}, start, new float[0][]);

        assertThat(start[0]).containsExactly(0.7f);
        LikelihoodProbe probe = new LikelihoodProbe(LIKELIHOOD, outputs(start[0][0], start[1][0], start[2][0]));
        assertThat(Math.exp(probe.logDensity(-2))).isCloseTo(0.2, within(1e-6));
        assertThat(Math.exp(probe.logDensity(0.5f))).isCloseTo(0.3, within(1e-6));
    }

    @Test
    void anOptimalVarianceBecomesALearnedOne() {
        assertThat(LIKELIHOOD.withLearnedVariance(Gaussian.Variance.OPTIMAL_SHARED, 0.1))
                .isEqualTo(new PointMasses(
                        LIKELIHOOD.points(), LIKELIHOOD.shares(), Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.1)));
    }

    @Test
    void extremesStayFinite() {
        for (float extreme : new float[] {-1e6f, -100, 100, 1e6f}) {
            LikelihoodProbe probe = new LikelihoodProbe(LIKELIHOOD, outputs(0, extreme, -extreme));
            probe.assertFinite(0.5f);
            probe.assertFinite(3);
        }
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new PointMasses(List.of(), List.of(), REST))
                .hasMessage("points must have at least one entry, but is []");
        assertThatThrownBy(() -> new PointMasses(List.of(0.1), List.of(0.5), REST))
                .hasMessage("points must be finite floats, but is 0.1");
        assertThatThrownBy(() -> new PointMasses(List.of(0.0, 1.0), List.of(0.5, 0.5), REST))
                .hasMessage("shares must have a sum below 1, but is [0.5, 0.5]");
        assertThatThrownBy(() -> new PointMasses(
                        List.of(0.0), List.of(0.5), Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 0.1)))
                .hasMessageStartingWith("rest must have no optimal variance");
    }
}
