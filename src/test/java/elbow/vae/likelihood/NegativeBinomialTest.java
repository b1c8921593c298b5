package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegativeBinomialTest {
    @ParameterizedTest
    @ValueSource(floats = {-8, -1, 0, 1.5f, 3})
    void massesSumToOne(float logMean) {
        probe(logMean, 0.7f).assertCountsSumToOne(5000);
        probe(logMean, -1).assertCountsSumToOne(20_000);
        probe(logMean, 9).assertCountsSumToOne(5000);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1, 12, 13, 300, 1e6f, 0x1p50f})
    void valuesAreTheDefinitions(float count) {
        for (float logSize : new float[] {-9, -1, 0.7f, 13}) {
            LikelihoodProbe probe = probe(1.3f, logSize);
            double expected = ReferenceDensity.NEGATIVE_BINOMIAL.value(count, 1.3f, logSize);
            assertThat(probe.logDensity(count)).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            double[] gradient = probe.gradient(count);
            double mean = ReferenceDensity.NEGATIVE_BINOMIAL.slope(1, count, 1.3f, logSize);
            assertThat(gradient[0]).isCloseTo(mean, within(1e-6 * Math.max(1, Math.abs(mean))));
            double size = ReferenceDensity.NEGATIVE_BINOMIAL.slope(2, count, 1.3f, logSize);
            assertThat(gradient[1]).isCloseTo(size, within(1e-5 * Math.max(1, Math.abs(size))));
        }
    }

    @Test
    void aHugeSizeIsPoisson() {
        assertThat(probe(0.4f, 80).logDensity(3)).isCloseTo(ReferenceDensity.POISSON.value(3, 0.4f), within(1e-5));
        // Beyond the limits only a way back has a gradient: a mean far from the count asks for a smaller size.
        assertThat(probe(0.4f, 80).gradient(1)[1]).isZero();
        assertThat(probe(0.4f, 80).gradient(90)[1]).isNegative();
    }

    @ParameterizedTest
    @ValueSource(floats = {-2, 0, 3})
    void samplesFollowTheDistribution(float logSize) {
        double upTo = 0;
        for (int count = 0; count <= 4; count++) {
            upTo += Math.exp(ReferenceDensity.NEGATIVE_BINOMIAL.value(count, 1.5f, logSize));
        }
        probe(1.5f, logSize).assertShare(x -> x <= 4 ? 1 : 0, upTo);
    }

    @Test
    void startsAtTheMean() {
        assertThat(LikelihoodProbe.startedMean(new NegativeBinomial(), 170)[0]).isCloseTo(170f, within(1e-3f));
    }

    @Test
    void extremesStayFinite() {
        for (float extreme : new float[] {-3e38f, -100, 0, 100, 3e38f}) {
            for (float logSize : new float[] {-3e38f, -100, 0, 100, 3e38f}) {
                probe(extreme, logSize).assertFinite(0);
                probe(extreme, logSize).assertFinite(1e30f);
            }
        }
    }

    private static LikelihoodProbe probe(float logMean, float logSize) {
        return new LikelihoodProbe(new NegativeBinomial(), outputs(logMean), logSize);
    }
}
