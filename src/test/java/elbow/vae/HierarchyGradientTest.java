package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several layers of latents: central differences hold the reference, and the reference the kernel. */
@Tag("kernels")
final class HierarchyGradientTest {
    /** Of a block's largest gradient: float rounding over the sums of these small networks, and the rational tanh. */
    private static final double GRADIENT_TOLERANCE = 3e-5;

    private static final double VALUE_TOLERANCE = 1e-5;

    @ParameterizedTest
    @MethodSource("elbow.vae.HierarchySpecs#specs")
    void kernelGradientIsTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        float[] kernel = fixture.kernelGradient(new BatchStatistics());
        List<Double> expected = reference(fixture).gradient();
        Fixture.assertGradient(spec, kernel, expected, GRADIENT_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("elbow.vae.HierarchySpecs#specs")
    void kernelStatisticsAreTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        BatchStatistics statistics = new BatchStatistics();
        fixture.kernelGradient(statistics);
        ReferenceVae.Result expected = reference(fixture);
        assertThat(statistics.reconstruction())
                .isCloseTo(expected.reconstruction(), relative(expected.reconstruction()));
        assertThat(statistics.kl()).isCloseTo(expected.kl(), relative(expected.kl()));
        assertThat(statistics.importanceWeightedBound()).isCloseTo(expected.bound(), relative(expected.bound()));
        assertThat(statistics.loss()).isCloseTo(expected.loss(), relative(expected.loss()));
    }

    @ParameterizedTest
    @MethodSource("elbow.vae.HierarchySpecs#specs")
    void referenceGradientIsTheCentralDifference(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        ReferenceHierarchy reference = new ReferenceHierarchy(spec);
        double[] parameters = fixture.wideParameters();
        // Two rows: the rest is as the first.
        double[][] rows = {fixture.wideRows()[0], fixture.wideRows()[1]};
        double[][][][] noise =
                reference.noise(trainingKey(), fixture.rowKeys, spec.objective().samples());
        List<Double> gradient =
                reference.evaluate(parameters, rows, noise, fixture.klWeight()).gradient();
        double epsilon = 1e-6;
        // Every seventh, and in all blocks.
        for (int i = 0; i < parameters.length; i += 7) {
            double value = parameters[i];
            parameters[i] = value + epsilon;
            double above = reference
                    .evaluate(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value - epsilon;
            double below = reference
                    .evaluate(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value;
            assertThat(gradient.get(i))
                    .as("parameter %d", i)
                    .isCloseTo((above - below) / (2 * epsilon), within(1e-6 * Math.max(1, Math.abs(gradient.get(i)))));
        }
    }

    @ParameterizedTest
    @MethodSource("elbow.vae.HierarchySpecs#specs")
    void scoresAreTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        ReferenceHierarchy reference = new ReferenceHierarchy(spec);
        int samples = 3;
        double[][][][] noise =
                reference.noise(NoiseStream.SCORING_LATENT.key(Fixture.SEED, 0), fixture.rowKeys, samples);
        ReferenceVae.Result expected =
                reference.evaluate(fixture.wideParameters(), fixture.wideRows(), noise, fixture.klWeight());
        RowScores scores = new RowScores(Fixture.ROWS);
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            scorer.score(fixture.batch(), Fixture.SEED, samples, scores);
        }
        double reconstruction = 0;
        double kl = 0;
        double bound = 0;
        for (int row = 0; row < Fixture.ROWS; row++) {
            reconstruction += scores.reconstruction(row);
            kl += scores.kl(row);
            bound += scores.importanceWeightedBound(row);
        }
        assertThat(reconstruction).isCloseTo(expected.reconstruction(), relative(expected.reconstruction()));
        assertThat(kl).isCloseTo(expected.kl(), relative(expected.kl()));
        assertThat(bound).isCloseTo(expected.bound(), relative(expected.bound()));
    }

    private static long trainingKey() {
        return NoiseStream.TRAINING_LATENT.key(Fixture.SEED, Fixture.STEP);
    }

    private static ReferenceVae.Result reference(Fixture fixture) {
        ReferenceHierarchy reference = new ReferenceHierarchy(fixture.spec);
        double[][][][] noise = reference.noise(
                trainingKey(), fixture.rowKeys, fixture.spec.objective().samples());
        return reference.evaluate(fixture.wideParameters(), fixture.wideRows(), noise, fixture.klWeight());
    }

    private static Offset<Double> relative(double value) {
        return within(VALUE_TOLERANCE * Math.max(1, Math.abs(value)));
    }
}
