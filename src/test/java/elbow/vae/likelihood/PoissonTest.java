package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoissonTest {
    @ParameterizedTest
    @ValueSource(floats = {-30, -1, 0, 2.3f, 6})
    void massesSumToOne(float logRate) {
        probe(logRate).assertCountsSumToOne(2000);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1, 255, 256, 1e6f, 1e20f})
    void valuesAreTheDefinitions(float count) {
        for (float logRate : new float[] {-20, 0.5f, 13.8f}) {
            double expected = ReferenceDensity.POISSON.value(count, logRate);
            assertThat(probe(logRate).logDensity(count))
                    .isCloseTo(expected, within(1e-11 * Math.max(Math.exp(logRate), 1 + count * Math.log(count + 1))));
            double slope = ReferenceDensity.POISSON.slope(1, count, logRate);
            assertThat(probe(logRate).gradient(count)[0]).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-2, 1.5f, 5})
    void samplesFollowTheDistribution(float logRate) {
        double upTo = 0;
        int mode = (int) Math.exp(logRate);
        for (int count = 0; count <= mode; count++) {
            upTo += Math.exp(ReferenceDensity.POISSON.value(count, logRate));
        }
        probe(logRate).assertShare(x -> x <= mode ? 1 : 0, upTo);
    }

    @Test
    void samplesOfHugeRatesFollowTheNormalDistribution() {
        for (float logRate : new float[] {16, 20, 35}) {
            double rate = Math.exp(logRate);
            // One deviation above the rate; a float holds a count to 6e-8 of itself, far less than the deviation.
            double limit = rate + Math.sqrt(rate);
            if (logRate < 30) {
                probe(logRate).assertShare(x -> x <= limit ? 1 : 0, 0.841344746);
            }
            assertThat((double) probe(logRate).samples(1)[0]).isCloseTo(rate, within(1e-3 * rate));
        }
    }

    @Test
    void startsAtTheMean() {
        assertThat(LikelihoodProbe.startedMean(new Poisson(), 17)[0]).isCloseTo(17f, within(1e-4f));
        assertThat(LikelihoodProbe.startedMean(new Poisson(), 0)[0]).isCloseTo(1e-3f, within(1e-8f));
    }

    @Test
    void extremesStayFinite() {
        for (float logRate : new float[] {-3e38f, -100, 100, 3e38f}) {
            probe(logRate).assertFinite(0);
            probe(logRate).assertFinite(3e38f);
        }
    }

    private static LikelihoodProbe probe(float logRate) {
        return new LikelihoodProbe(new Poisson(), outputs(logRate));
    }
}
