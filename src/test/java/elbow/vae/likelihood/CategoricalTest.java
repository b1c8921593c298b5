package elbow.vae.likelihood;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.ReferenceDensity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CategoricalTest {
    @Test
    void massesSumToOne() {
        probe(0.3f, -1.2f, 5).assertCategoriesSumToOne();
        probe(1000, 0, -1000).assertCategoriesSumToOne();
        probe(-1e30f, -1e30f, -1e30f).assertCategoriesSumToOne();
    }

    @Test
    void valuesAreTheDefinitions() {
        double[] gradient = new double[3];
        Arrays.setAll(gradient, i -> ReferenceDensity.CATEGORICAL.slope(1 + i, 1, 0.3f, -1.2f, 5));
        assertThat(probe(0.3f, -1.2f, 5).logDensity(0, 1, 0))
                .isCloseTo(ReferenceDensity.CATEGORICAL.value(1, 0.3f, -1.2f, 5), within(1e-12));
        assertThat(probe(0.3f, -1.2f, 5).gradient(0, 1, 0)).containsExactly(gradient, within(1e-7));
        // Far beyond what exp holds, the log-density is still the distance of the logits.
        assertThat(probe(800, -700, 0).logDensity(0, 1, 0)).isEqualTo(-1500);
    }

    @Test
    void samplesFollowTheDistribution() {
        float[] samples = probe((float) Math.log(0.2), (float) Math.log(0.5), (float) Math.log(0.3))
                .samples(20_000);
        double[] shares = new double[3];
        for (int i = 0; i < samples.length; i++) {
            shares[i % 3] += samples[i] / 20_000;
        }
        // Five standard errors of a share of one half: rejected at 6e-7.
        assertThat(shares).containsExactly(new double[] {0.2, 0.5, 0.3}, within(5 * Math.sqrt(0.25 / 20_000)));
    }

    @Test
    void startsAtTheFrequencies() {
        float[] frequencies = {0.2f, 0.5f, 0.3f};
        assertThat(LikelihoodProbe.startedMean(new Categorical(3), frequencies))
                .containsExactly(frequencies, within(1e-6f));
        // A category that has not been seen may come.
        assertThat(LikelihoodProbe.startedMean(new Categorical(2), 1, 0)[1]).isCloseTo(1e-3f, within(2e-6f));
    }

    @Test
    void extremesStayFinite() {
        probe(3e38f, -3e38f, 0).assertFinite(0, 1, 0);
        probe(3e38f, -3e38f, 0).assertFinite(1, 0, 0);
    }

    @Test
    void aGroupHasAColumnForEachCategory() {
        assertThatThrownBy(() -> new Categorical(1)).hasMessage("categories must be at least 2, but is 1");
        assertThatThrownBy(() -> new LikelihoodGroup(new Categorical(3), 7))
                .hasMessage("columns must be a multiple of 3 for Categorical[categories=3], but is 7");
    }

    private static LikelihoodProbe probe(float... logits) {
        return new LikelihoodProbe(new Categorical(logits.length), outputs(logits));
    }
}
