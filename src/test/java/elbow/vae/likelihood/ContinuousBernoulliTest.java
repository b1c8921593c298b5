package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContinuousBernoulliTest {
    @ParameterizedTest
    @ValueSource(floats = {-30, -2, -0.02f, -0.009f, 0, 1e-4f, 0.011f, 0.5f, 8})
    void densityIntegratesToOne(float logit) {
        probe(logit).assertIntegratesToOne(0, 1);
    }

    @ParameterizedTest
    @ValueSource(floats = {-800, -39, -2, -0.02f, -0.0101f, -0.0099f, 0, 1e-6f, 0.0099f, 0.0101f, 0.5f, 8, 45, 800})
    void valuesAreTheDefinitions(float logit) {
        for (float x : new float[] {0, 0.25f, 1}) {
            double expected = value(x, logit);
            assertThat(probe(logit).logDensity(x)).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            assertThat(probe(logit).gradient(x)[0]).isCloseTo(slope(x, logit), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-5, 0, 1e-7f, 0.3f, 6})
    void samplesFollowTheDistribution(float logit) {
        // P(x <= 0.3) = (exp(0.3 l) - 1) / (exp(l) - 1).
        double below = Math.abs(logit) < 1e-3 ? 0.3 : Math.expm1(0.3 * logit) / Math.expm1(logit);
        probe(logit).assertShare(x -> x <= 0.3f ? 1 : 0, below);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.001f, 0.1f, 0.4999f, 0.5f, 0.9f, 0.999f})
    void startsAtTheMean(float mean) {
        assertThat(LikelihoodProbe.startedMean(new ContinuousBernoulli(), mean)[0])
                .isCloseTo(mean, within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(floats = {-3e38f, -1e10f, 1e10f, 3e38f})
    void extremesStayFinite(float logit) {
        probe(logit).assertFinite(0.5f);
    }

    // By the limit at a logit of 0: 0 / 0.
    private static double value(float x, float logit) {
        return logit == 0 ? 0 : ReferenceDensity.CONTINUOUS_BERNOULLI.value(x, logit);
    }

    private static double slope(float x, float logit) {
        return logit == 0 ? x - 0.5 : ReferenceDensity.CONTINUOUS_BERNOULLI.slope(1, x, logit);
    }

    private static LikelihoodProbe probe(float logit) {
        return new LikelihoodProbe(new ContinuousBernoulli(), outputs(logit));
    }
}
