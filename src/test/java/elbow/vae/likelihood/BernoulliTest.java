package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BernoulliTest {
    @ParameterizedTest
    @ValueSource(floats = {-700, -40, -5, -0.3f, 0, 1e-6f, 0.05f, 2, 36, 700})
    void valuesAreTheDefinitions(float logit) {
        for (float x : new float[] {0, 0.25f, 1}) {
            double expected = ReferenceDensity.BERNOULLI.value(x, logit);
            assertThat(probe(logit).logDensity(x)).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(logit))));
            double slope = ReferenceDensity.BERNOULLI.slope(1, x, logit);
            assertThat(probe(logit).gradient(x)[0]).isCloseTo(slope, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-3, 0, 1.5f})
    void samplesFollowTheDistribution(float logit) {
        probe(logit).assertShare(x -> x, 1 / (1 + Math.exp(-logit)));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.01f, 0.4f, 0.5f, 0.95f})
    void startsAtTheMean(float mean) {
        assertThat(LikelihoodProbe.startedMean(new Bernoulli(), mean)[0]).isCloseTo(mean, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(floats = {-3e38f, -1e10f, 1e10f, 3e38f})
    void extremesStayFinite(float logit) {
        probe(logit).assertFinite(1);
        probe(logit).assertFinite(0);
    }

    private static LikelihoodProbe probe(float logit) {
        return new LikelihoodProbe(new Bernoulli(), outputs(logit));
    }
}
