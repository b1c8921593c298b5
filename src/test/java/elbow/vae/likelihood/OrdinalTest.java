package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import org.junit.jupiter.api.Test;

final class OrdinalTest {
    // Thresholds -1.5, -1.5 + exp(0.2), that + exp(-0.4).
    private static final float[] FREE = {-1.5f, 0.2f, -0.4f};

    @Test
    void massesSumToOne() {
        for (float location : new float[] {-40, -1, 0, 2.5f, 40}) {
            new LikelihoodProbe(new Ordinal(4), outputs(location), FREE).assertCategoriesSumToOne();
        }
        new LikelihoodProbe(new Ordinal(2), outputs(0.3f), 1).assertCategoriesSumToOne();
    }

    @Test
    void valuesAreTheDefinitions() {
        double second = FREE[0] + Math.exp(FREE[1]);
        double third = second + Math.exp(FREE[2]);
        LikelihoodProbe probe = new LikelihoodProbe(new Ordinal(4), outputs(0.7f), FREE);
        for (int category = 0; category < 4; category++) {
            float[] value = new float[4];
            value[category] = 1;
            assertThat(probe.logDensity(value))
                    .isCloseTo(ReferenceDensity.ORDINAL.value(category, 0.7f, FREE[0], second, third), within(1e-12));
            double[] gradient = probe.gradient(value);
            assertThat(gradient[0])
                    .isCloseTo(ReferenceDensity.ORDINAL.slope(1, category, 0.7f, FREE[0], second, third), within(1e-6));
            double[] slopes = new double[3];
            for (int k = 0; k < 3; k++) {
                slopes[k] = ReferenceDensity.ORDINAL.slope(2 + k, category, 0.7f, FREE[0], second, third);
            }
            assertThat(gradient[1]).isCloseTo(slopes[0] + slopes[1] + slopes[2], within(1e-6));
            assertThat(gradient[2]).isCloseTo(Math.exp(FREE[1]) * (slopes[1] + slopes[2]), within(1e-6));
            assertThat(gradient[3]).isCloseTo(Math.exp(FREE[2]) * slopes[2], within(1e-6));
        }
    }

    @Test
    void samplesFollowTheDistribution() {
        LikelihoodProbe probe = new LikelihoodProbe(new Ordinal(4), outputs(0.7f), FREE);
        float[] samples = probe.samples(20_000);
        double[] shares = new double[4];
        for (int i = 0; i < samples.length; i++) {
            shares[i % 4] += samples[i] / 20_000;
        }
        for (int category = 0; category < 4; category++) {
            // Five standard errors of a share of one half: rejected at 6e-7.
            assertThat(shares[category]).isCloseTo(probe.mean()[category], within(5 * Math.sqrt(0.25 / 20_000)));
        }
    }

    @Test
    void startsAtTheFrequencies() {
        float[] frequencies = {0.1f, 0.6f, 0.05f, 0.25f};
        assertThat(LikelihoodProbe.startedMean(new Ordinal(4), frequencies))
                .containsExactly(frequencies, within(1e-5f));
        assertThat(LikelihoodProbe.startedMean(new Ordinal(3), 0.5f, 0, 0.5f)[1])
                .isCloseTo(1e-3f, within(2e-6f));
    }

    @Test
    void extremesStayFinite() {
        for (float location : new float[] {-3e38f, -1e4f, 1e4f, 3e38f}) {
            for (float free : new float[] {-3e38f, -100, 100, 3e38f}) {
                LikelihoodProbe probe = new LikelihoodProbe(new Ordinal(3), outputs(location), free / 10, free);
                probe.assertFinite(1, 0, 0);
                probe.assertFinite(0, 1, 0);
                probe.assertFinite(0, 0, 1);
            }
        }
    }
}
