package elbow.vae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.vae.latent.PlanarFlows;
import elbow.vae.layer.LayerContext;
import elbow.vae.layer.LayerContext.Use;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Priors with parameters of their own are densities, and what they draw is distributed as they say. */
@Tag("kernels")
class TrainedPriorsTest {
    private static final List<Arguments> PRIORS = List.of(
            Arguments.of(new GaussianMixture(1), 1),
            Arguments.of(new GaussianMixture(5), 1),
            Arguments.of(new GaussianMixture(5), 2),
            Arguments.of(new FlowPrior(1, 4), 2),
            Arguments.of(new FlowPrior(4, 8), 2));

    static Stream<Arguments> priors() {
        return PRIORS.stream();
    }

    @ParameterizedTest
    @MethodSource("priors")
    void densityIntegratesToOne(Prior prior, int latentSize) {
        for (Use use : Use.values()) {
            try (PriorProbe probe = new PriorProbe(prior, latentSize, use, 3)) {
                assertThat(probe.integral(25, latentSize == 1 ? 20_000 : 1_000, point -> 1))
                        .isCloseTo(1, within(1e-5));
            }
        }
    }

    /** Mean and second moment of 40,000 draws, within 5 standard errors: false-reject rate below 1e-5. */
    @ParameterizedTest
    @MethodSource("priors")
    void drawsHaveTheDensitysMoments(Prior prior, int latentSize) {
        int count = 40_000;
        try (PriorProbe probe = new PriorProbe(prior, latentSize, Use.SCORING, 3)) {
            double[] draws = probe.draws(count);
            for (int power = 1; power <= 2; power++) {
                int exponent = power;
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < count; i++) {
                    double value = Math.pow(draws[i * latentSize + latentSize - 1], exponent);
                    sum += value;
                    squares += value * value;
                }
                double mean = sum / count;
                double standardError = Math.sqrt((squares / count - mean * mean) / count);
                double expected = probe.integral(
                        25, latentSize == 1 ? 20_000 : 1_000, point -> Math.pow(point[latentSize - 1], exponent));
                assertThat(mean).as("power %d", power).isCloseTo(expected, within(5 * standardError));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void mixtureOfOneComponentAtTheStandardNormalIsTheStandardNormal(Use use) {
        try (PriorProbe probe = new PriorProbe(new GaussianMixture(1), 3, use, 3)) {
            probe.parameters.clear();
            probe.density.begin();
            assertThat(probe.logDensity(0.3, -1.2, 2.5))
                    .isCloseTo(-0.5 * (0.09 + 1.44 + 6.25) - 1.5 * Math.log(2 * Math.PI), within(1e-12));
        }
    }

    @Test
    void flowStartsAsTheStandardNormal() {
        try (PriorProbe probe = new PriorProbe(new FlowPrior(4, 8), 3, Use.SCORING, 3)) {
            ParameterLayout.Builder builder = new ParameterLayout.Builder();
            new FlowPrior(4, 8).declare("prior", 3, 0, builder);
            builder.build().start(1, probe.parameters);
            PriorDensity density = probe.rebound();
            double[] logDensities = new double[1];
            density.logDensities(1, new double[] {0.3, -1.2, 2.5}, logDensities);
            assertThat(logDensities[0])
                    .isCloseTo(-0.5 * (0.09 + 1.44 + 6.25) - 1.5 * Math.log(2 * Math.PI), within(1e-12));
            float[] drawn = new float[3];
            float[] normal = new float[3];
            density.draw(1, 5, 1, drawn);
            new StandardNormal()
                    .create("prior", 3, 0, new LayerContext(builder.build(), 1, Use.SCORING, new Workspace(1)))
                    .draw(1, 5, 1, normal);
            assertThat(drawn).isEqualTo(normal);
        }
    }

    @Test
    void flowsNeedTwoLatents() {
        assertThatThrownBy(() -> new FlowPrior(2, 2).requireFits(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("latentSize must be at least 2 with a flow prior, whose couplings part them, but is 1");
    }

    @Test
    void pseudoInputsNeedAPosteriorWhoseDensityIsKnown() {
        assertThatThrownBy(() -> new PlanarFlows(1).requireFits(new VampPrior(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "posterior must be diagonalGaussian with vampPrior, a prior that needs its density at any point,"
                                + " but is planarFlows");
    }
}
