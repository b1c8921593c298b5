package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference holds the kernel; {@link ReferenceGradientTest} holds the reference. */
@Tag("kernels")
final class VaeEngineGradientTest {
    /** Of a block's largest gradient: float rounding over the sums of these small networks, and the rational tanh. */
    private static final double GRADIENT_TOLERANCE = 1e-5;

    private static final double VALUE_TOLERANCE = 1e-5;

    static Stream<VaeSpec> specs() {
        return Stream.of(
                        Fixture.specs(),
                        Fixture.priorSpecs(),
                        Fixture.posteriorSpecs(),
                        ConditionalSpecs.specs(),
                        ConvolutionSpecs.all())
                .flatMap(specs -> specs);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void kernelGradientIsTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        float[] kernel = fixture.kernelGradient(new BatchStatistics());
        List<Double> expected = reference(fixture).gradient();
        Fixture.assertGradient(spec, kernel, expected, GRADIENT_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void kernelStatisticsAreTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        BatchStatistics statistics = new BatchStatistics();
        fixture.kernelGradient(statistics);
        ReferenceVae.Result expected = reference(fixture);
        assertThat(statistics.rows()).isEqualTo(Fixture.ROWS);
        assertThat(statistics.reconstruction())
                .isCloseTo(expected.reconstruction(), relative(expected.reconstruction()));
        assertThat(statistics.kl()).isCloseTo(expected.kl(), relative(expected.kl()));
        assertThat(statistics.elbo())
                .isCloseTo(expected.reconstruction() - expected.kl(), relative(expected.reconstruction()));
        assertThat(statistics.importanceWeightedBound()).isCloseTo(expected.bound(), relative(expected.bound()));
        assertThat(statistics.loss()).isCloseTo(expected.loss(), relative(expected.loss()));
    }

    /** Otherwise their gradients would be compared on one side only, or at a kink. */
    @Test
    void objectivesByMinibatchAreComparedOnBothSidesOfTheirKinks() {
        double[] kls = meanKlByLatent(new Fixture(Fixture.base().build()));
        double sum = Arrays.stream(kls).sum();
        int below = 0;
        int above = 0;
        for (Objective objective : Fixture.minibatchObjectives().toList()) {
            boolean capacity = objective.capacity().isPresent();
            double kink = capacity ? objective.capacity().get().at(Fixture.STEP) : objective.freeBits();
            for (double kl : capacity ? new double[] {sum} : kls) {
                assertThat(Math.abs(kl - kink)).isGreaterThan(1e-3);
                below += kl < kink ? 1 : 0;
                above += kl > kink ? 1 : 0;
            }
        }
        assertThat(below).isGreaterThan(1);
        assertThat(above).isGreaterThan(1);
    }

    private static double[] meanKlByLatent(Fixture fixture) {
        int size = fixture.spec.latentSize();
        double[] means = new double[size];
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(fixture.spec, Fixture.ROWS, Set.of(RowScores.Detail.KL_BY_LATENT));
            scorer.score(fixture.batch(), 1, 0, scores);
            for (int row = 0; row < Fixture.ROWS; row++) {
                double sum = 0;
                for (int latent = 0; latent < size; latent++) {
                    double kl = scores.klByLatent()[row * size + latent];
                    sum += kl;
                    means[latent] += kl / Fixture.ROWS;
                }
                assertThat(sum).isCloseTo(scores.kl(row), within(1e-12));
            }
        }
        return means;
    }

    @Test
    void gradientScaleMultipliesTheGradient() {
        Fixture fixture = new Fixture(Fixture.base().build());
        float[] sum = fixture.kernelGradient(new BatchStatistics());
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                var values = fixture.parameterMemory();
                var gradients = FloatMemory.allocate(sum.length)) {
            engine.bind(values, gradients);
            engine.gradient(fixture.batch(), Fixture.SEED, Fixture.STEP, 0.25, null);
            float[] quarter = gradients.toArray();
            for (int i = 0; i < sum.length; i++) {
                // A power of two changes no digit.
                assertThat(quarter[i]).isEqualTo(sum[i] / 4);
            }
        }
    }

    private static ReferenceVae.Result reference(Fixture fixture) {
        return new ReferenceVae(fixture.spec)
                .evaluate(fixture.wideParameters(), fixture.wideRows(), fixture.noise(), fixture.klWeight());
    }

    private static Offset<Double> relative(double value) {
        return within(VALUE_TOLERANCE * Math.max(1, Math.abs(value)));
    }
}
