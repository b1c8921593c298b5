package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogNormalTest {
    private static final LogNormal LIKELIHOOD = new LogNormal(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01));

    @Test
    void densityIntegratesToOne() {
        probe(0.4f, -1.5f).assertIntegratesToOne(1e-6, 60);
        probe(3, -3).assertIntegratesToOne(1e-6, 200);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-40f, 1e-6f, 0.5f, 1, 1e5f, 3e38f})
    void valuesAreTheDefinitions(float x) {
        double logVariance = Math.log(0.01 + Math.exp(-1.5));
        double expected = ReferenceDensity.LOG_NORMAL.value(x, 0.4f, logVariance);
        assertThat(probe(0.4f, -1.5f).logDensity(x))
                .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        double slope = ReferenceDensity.LOG_NORMAL.slope(1, x, 0.4f, logVariance);
        assertThat(probe(0.4f, -1.5f).gradient(x)[0]).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        double learnedShare = Math.exp(-1.5) / (0.01 + Math.exp(-1.5));
        double byVariance = learnedShare * ReferenceDensity.LOG_NORMAL.slope(2, x, 0.4f, logVariance);
        assertThat(probe(0.4f, -1.5f).gradient(x)[1])
                .isCloseTo(byVariance, within(1e-5 * Math.max(1, Math.abs(byVariance))));
    }

    @Test
    void samplesFollowTheDistribution() {
        // log x is normal with mean 2 and variance 1.01; half lies below exp(2), and 97.725 % below two deviations.
        probe(2, 0).assertShare(x -> x <= Math.exp(2) ? 1 : 0, 0.5);
        probe(2, 0).assertShare(x -> x <= Math.exp(2 + 2 * Math.sqrt(1.01)) ? 1 : 0, 0.977249868);
    }

    @Test
    void startsAtTheMeanOfTheLogarithms() {
        assertThat(LikelihoodProbe.start(LIKELIHOOD, 2.5f)[0]).containsExactly(2.5f);
    }

    @Test
    void extremesStayFinite() {
        for (float extreme : new float[] {-500, 0, 500}) {
            probe(extreme, extreme).assertFinite(Float.MIN_VALUE);
            probe(-extreme, extreme).assertFinite(Float.MAX_VALUE);
        }
    }

    private static LikelihoodProbe probe(float mean, float logVariance) {
        return new LikelihoodProbe(LIKELIHOOD, outputs(mean), logVariance);
    }
}
