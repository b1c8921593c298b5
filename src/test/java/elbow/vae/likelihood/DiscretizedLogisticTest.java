package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscretizedLogisticTest {
    private static final DiscretizedLogistic PIXEL = new DiscretizedLogistic(256, 0.001);

    @ParameterizedTest
    @ValueSource(floats = {-30, -4, -1, 0, 3})
    void massesSumToOne(float scale) {
        for (float location : new float[] {-0.3f, 0, 0.41f, 1}) {
            float[][] levels = new float[256][1];
            for (int level = 0; level < 256; level++) {
                levels[level][0] = level / 255f;
            }
            LikelihoodProbe probe = probe(location, scale);
            double[] logMasses = probe.logDensities(levels);
            double sum = 0;
            double mean = 0;
            for (int level = 0; level < 256; level++) {
                sum += Math.exp(logMasses[level]);
                mean += Math.exp(logMasses[level]) * level / 255;
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            // Half a level.
            assertThat((double) probe.mean()[0]).isCloseTo(mean, within(0.5 / 255));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 104, 105, 128, 254, 255})
    void valuesAreTheDefinitions(int level) {
        float x = level / 255f;
        double logScale = Math.log(255 * (0.001 + 0.125 * Math.exp(-2)));
        double location = 255 * (double) 0.41f;
        LikelihoodProbe probe = probe(0.41f, -2);
        assertThat(probe.logDensity(x))
                .isCloseTo(ReferenceDensity.DISCRETIZED_LOGISTIC.value(level, 256, location, logScale), within(1e-9));
        double slope = 255 * ReferenceDensity.DISCRETIZED_LOGISTIC.slope(2, level, 256, location, logScale);
        assertThat(probe.gradient(x)[0]).isCloseTo(slope, within(1e-4));
        double learnedShare = 0.125 * Math.exp(-2) / (0.001 + 0.125 * Math.exp(-2));
        double scaleSlope = ReferenceDensity.DISCRETIZED_LOGISTIC.slope(3, level, 256, location, logScale);
        assertThat(probe.gradient(x)[1]).isCloseTo(scaleSlope * learnedShare, within(1e-4));
    }

    @Test
    void valuesBetweenLevelsCountAsTheNearerOne() {
        assertThat(probe(0.4f, -2).logDensity(100.4f / 255))
                .isEqualTo(probe(0.4f, -2).logDensity(100f / 255));
    }

    @Test
    void samplesFollowTheDistribution() {
        // All that lies up to half a level above level 100.
        double below = 1 / (1 + Math.exp((0.4f - 100.5 / 255) / (0.001 + 0.125 * Math.exp(-1))));
        probe(0.4f, -1).assertShare(x -> x <= 100.1f / 255 ? 1 : 0, below);
        double lowest = 1 / (1 + Math.exp((0.1f - 0.5 / 255) / (0.001 + 0.125)));
        probe(0.1f, 0).assertShare(x -> x == 0 ? 1 : 0, lowest);
    }

    @Test
    void startsAtTheMean() {
        assertThat(LikelihoodProbe.start(PIXEL, 0.3f)[0]).containsExactly(0.3f);
    }

    @Test
    void extremesStayFinite() {
        for (float scale : new float[] {-3e38f, -100, 0, 100, 3e38f}) {
            for (float location : new float[] {-3e38f, -5, 0.5f, 5, 3e38f}) {
                LikelihoodProbe sharp = new LikelihoodProbe(
                        new DiscretizedLogistic(256, Math.abs(location) > 10 ? 1e-3 : 0), outputs(location), scale);
                sharp.assertFinite(0);
                sharp.assertFinite(0.5f);
                sharp.assertFinite(1);
            }
        }
    }

    @Test
    void settingsMustBeInRange() {
        assertThatThrownBy(() -> new DiscretizedLogistic(1, 0)).hasMessage("levels must lie in 2..65536, but is 1");
        assertThatThrownBy(() -> new DiscretizedLogistic(256, Double.NaN))
                .hasMessage("scaleFloor must be finite and at least 0, but is NaN");
    }

    private static LikelihoodProbe probe(float location, float scale) {
        return new LikelihoodProbe(PIXEL, outputs(location), scale);
    }
}
