package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GaussianTest {
    private static final Gaussian LEARNED = Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01);
    private static final Gaussian TWO_OUTPUTS = Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01);

    @ParameterizedTest
    @ValueSource(floats = {-1e6f, -31.7f, -0.25f, 1e-8f, 0.3f, 1.5f, 4e4f})
    void valuesAreTheDefinitions(float x) {
        for (float free : new float[] {-40, -3, 0.7f, 9, 40}) {
            double learned = Math.exp(free);
            double logVariance = Math.log(0.01 + learned);
            double share = learned / (0.01 + learned);
            assertValues(new LikelihoodProbe(LEARNED, outputs(0.3f), free), x, logVariance, share);
            assertValues(new LikelihoodProbe(TWO_OUTPUTS, outputs(0.3f, free)), x, logVariance, share);
        }
        LikelihoodProbe fixed = new LikelihoodProbe(Gaussian.fixed(0.5), outputs(0.3f));
        double expected = ReferenceDensity.GAUSSIAN.value(x, 0.3f, Math.log(0.5));
        assertThat(fixed.logDensity(x)).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }

    private static void assertValues(LikelihoodProbe probe, float x, double logVariance, double share) {
        double expected = ReferenceDensity.GAUSSIAN.value(x, 0.3f, logVariance);
        assertThat(probe.logDensity(x)).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
        double byMean = ReferenceDensity.GAUSSIAN.slope(1, x, 0.3f, logVariance);
        assertThat(probe.gradient(x)[0]).isCloseTo(byMean, within(1e-6 * Math.max(1, Math.abs(byMean))));
        double byVariance = share * ReferenceDensity.GAUSSIAN.slope(2, x, 0.3f, logVariance);
        assertThat(probe.gradient(x)[1]).isCloseTo(byVariance, within(1e-5 * Math.max(1, Math.abs(byVariance))));
    }

    @Test
    void densityIntegratesToOne() {
        new LikelihoodProbe(LEARNED, outputs(0.4f), -1).assertIntegratesToOne(-20, 20);
        new LikelihoodProbe(TWO_OUTPUTS, outputs(-3, 0.5f)).assertIntegratesToOne(-30, 30);
    }

    @Test
    void samplesFollowTheDistribution() {
        LikelihoodProbe probe = new LikelihoodProbe(LEARNED, outputs(2), 0);
        probe.assertShare(x -> x <= 2 ? 1 : 0, 0.5);
        probe.assertShare(x -> x <= 2 + 2 * Math.sqrt(1.01) ? 1 : 0, 0.977249868);
    }

    @Test
    void startsAtTheMean() {
        assertThat(LikelihoodProbe.startedMean(LEARNED, 3.5f)).containsExactly(3.5f);
    }

    @Test
    void extremesStayFinite() {
        for (float extreme : new float[] {-3e38f, -100, 0, 100, 3e38f}) {
            new LikelihoodProbe(LEARNED, outputs(1), extreme).assertFinite(1e6f);
            new LikelihoodProbe(TWO_OUTPUTS, outputs(-1, extreme)).assertFinite(-1e6f);
        }
    }
}
