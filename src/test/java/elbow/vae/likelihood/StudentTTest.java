package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StudentTTest {
    private static final StudentT LIKELIHOOD = new StudentT(0.1, 2);

    @Test
    void densityIntegratesToOne() {
        probe(0.7f, -1, 2).assertIntegratesToOne(-100, 100);
        probe(-3, 0.5f, 3).assertIntegratesToOne(-200, 200);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e6f, -3, 0.2f, 0.5f, 40, 1e20f})
    void valuesAreTheDefinitions(float x) {
        double logScale = Math.log(0.1 + Math.exp(0.3));
        double logDegrees = Math.log(2 + Math.exp(1.2));
        double[] arguments = {x, 0.5, logScale, logDegrees};
        LikelihoodProbe probe = probe(0.5f, 0.3f, 1.2f);
        double expected = ReferenceDensity.STUDENT_T.value(arguments);
        assertThat(probe.logDensity(x)).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        double[] gradient = probe.gradient(x);
        assertThat(gradient[0]).isCloseTo(ReferenceDensity.STUDENT_T.slope(1, arguments), within(1e-5));
        double scaleShare = Math.exp(0.3) / Math.exp(logScale);
        double slope = ReferenceDensity.STUDENT_T.slope(2, arguments);
        assertThat(gradient[1]).isCloseTo(slope * scaleShare, within(1e-5));
        double degreesShare = Math.exp(1.2) / Math.exp(logDegrees);
        double tail = ReferenceDensity.STUDENT_T.slope(3, arguments) * degreesShare;
        assertThat(gradient[2]).isCloseTo(tail, within(1e-5 * Math.max(1, Math.abs(tail))));
    }

    @Test
    void samplesFollowTheDistribution() {
        // Near 3 degrees of freedom, scale near 1: the distribution function at 1 is 1/2 + (a + s) / pi with a =
        // atan(1/sqrt 3) and s = sin a cos a = sqrt 3 / 4.
        LikelihoodProbe probe = new LikelihoodProbe(new StudentT(0, 2), outputs(5), 0, 0);
        double below = 0.5 + (Math.PI / 6 + Math.sqrt(3) / 4) / Math.PI;
        probe.assertShare(x -> x <= 6 ? 1 : 0, below);
        probe.assertShare(x -> x <= 4 ? 1 : 0, 1 - below);
    }

    @Test
    void scaleAndDegreesKeepTheirFloors() {
        double atCentre = ReferenceDensity.STUDENT_T.value(0, 0, Math.log(0.1), Math.log(2));
        assertThat(probe(0, -90, -90).logDensity(0)).isCloseTo(atCentre, within(1e-5));
    }

    @Test
    void manyDegreesOfFreedomAreAGaussian() {
        LikelihoodProbe probe = new LikelihoodProbe(new StudentT(0, 2), outputs(0), 0, 500);
        assertThat(probe.logDensity(1.5f)).isCloseTo(ReferenceDensity.GAUSSIAN.value(1.5, 0, 0), within(1e-5));
        // Beyond the limit only a way back has a gradient.
        assertThat(probe.gradient(1.5f)[2]).isZero();
    }

    @Test
    void extremesStayFinite() {
        for (float extreme : new float[] {-100, 0, 100}) {
            probe(-3e38f, extreme, extreme).assertFinite(3e38f);
            new LikelihoodProbe(new StudentT(0, 1), outputs(0), extreme, extreme).assertFinite(1e-30f);
        }
    }

    @Test
    void startsAtTheMean() {
        assertThat(LikelihoodProbe.startedMean(LIKELIHOOD, 3.5f)).containsExactly(3.5f);
    }

    @Test
    void floorsMustBeSensible() {
        assertThatThrownBy(() -> new StudentT(-1, 2))
                .hasMessage("scaleFloor must be finite and at least 0, but is -1.0");
        assertThatThrownBy(() -> new StudentT(0, 0.5))
                .hasMessage("degreesFloor must be finite and at least 1, but is 0.5");
    }

    private static LikelihoodProbe probe(float location, float scale, float degrees) {
        return new LikelihoodProbe(LIKELIHOOD, outputs(location), scale, degrees);
    }
}
