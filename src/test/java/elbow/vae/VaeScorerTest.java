package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernels")
final class VaeScorerTest {
    private static final long SEED = 17;

    static Stream<VaeSpec> specs() {
        return Stream.of(Fixture.specs(), Fixture.priorSpecs(), ConditionalSpecs.specs())
                .flatMap(specs -> specs);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void scoresAreTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        int samples = 5;
        RowScores scores = new RowScores(spec, Fixture.ROWS, Set.of(RowScores.Detail.COLUMNS));
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            scorer.score(fixture.batch(), SEED, samples, scores);
        }
        double[] columns = scores.columnReconstructions();
        double[][][] noise = fixture.noise(NoiseStream.SCORING_LATENT.key(SEED, 0), samples);
        for (int row = 0; row < Fixture.ROWS; row++) {
            double[][] one = {fixture.wideRows()[row]};
            double[][][] own = {noise[row]};
            ReferenceVae.Result expected = new ReferenceVae(spec).evaluatePlain(fixture.wideParameters(), one, own, 1);
            double tolerance = 1e-5 * Math.max(1, Math.abs(expected.reconstruction()));
            assertThat(scores.reconstruction(row)).isCloseTo(expected.reconstruction(), within(tolerance));
            assertThat(scores.kl(row)).isCloseTo(expected.kl(), within(tolerance));
            assertThat(scores.elbo(row)).isEqualTo(scores.reconstruction(row) - scores.kl(row));
            assertThat(scores.importanceWeightedBound(row)).isCloseTo(expected.bound(), within(tolerance));
            double sum = Arrays.stream(columns, row * spec.inputSize(), (row + 1) * spec.inputSize())
                    .sum();
            assertThat(sum).isCloseTo(scores.reconstruction(row), within(1e-10 * Math.max(1, Math.abs(sum))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void scoresDoNotDependOnTheRowsBesideThem(int samples) {
        // Sizes that are no multiple of any vector width, and every way a row can stand in a block.
        VaeSpec spec = VaeSpec.builder(37, 5)
                .encoder(61, 19)
                .decoder(23, 67)
                .likelihoods(List.of(
                        new LikelihoodGroup(new Bernoulli(), 20),
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 1e-3), 17)))
                .inputTransform(InputTransform.SAMPLE)
                .build();
        assertIndependence(spec, samples, 301);
    }

    @Test
    void scoresOfWideLayersDoNotDependOnTheRowsBesideThem() {
        assertIndependence(VaeSpec.builder(784, 20).encoder(512).decoder(512).build(), 1, 200);
    }

    private static void assertIndependence(VaeSpec spec, int samples, int rowCount) {
        Random random = new Random(2);
        int columns = spec.inputSize();
        float[] rows = new float[rowCount * columns];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
        }
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(scorer.layout().length())) {
            Initialisation.initialise(spec, 3, parameters);
            scorer.bind(parameters);
            RowScores together = score(scorer, rows, rowCount, samples);
            List<Integer> order = IntStream.range(0, rowCount).boxed().toList();
            order = new ArrayList<>(order);
            Collections.shuffle(order, random);
            float[] shuffled = new float[rows.length];
            for (int i = 0; i < rowCount; i++) {
                System.arraycopy(rows, order.get(i) * columns, shuffled, i * columns, columns);
            }
            RowScores apart = score(scorer, shuffled, rowCount, samples);
            for (int i = 0; i < rowCount; i++) {
                int original = order.get(i);
                assertThat(apart.elbo(i)).isEqualTo(together.elbo(original));
                // Boxed: NaN, the bound without samples, equals itself.
                assertThat((Double) apart.importanceWeightedBound(i))
                        .isEqualTo((Double) together.importanceWeightedBound(original));
            }
            float[] last = Arrays.copyOfRange(rows, rows.length - columns, rows.length);
            assertThat(score(scorer, last, 1, samples).elbo(0)).isEqualTo(together.elbo(rowCount - 1));
        }
    }

    private static RowScores score(VaeScorer scorer, float[] rows, int rowCount, int samples) {
        RowScores scores = new RowScores(rowCount);
        scorer.score(RowBatch.of(scorer.spec().inputSize(), rows), SEED, samples, scores);
        return scores;
    }

    @Test
    void boundGrowsWithTheNumberOfSamplesAndIsTheElboSampleForOne() {
        Fixture fixture = new Fixture(Fixture.base().build());
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            double few = meanBound(scorer, fixture, 1);
            double many = meanBound(scorer, fixture, 500);
            // The noise of one sample on six rows is far smaller than this gap for these parameters.
            assertThat(many).isGreaterThan(few);
        }
    }

    private static double meanBound(VaeScorer scorer, Fixture fixture, int samples) {
        RowScores scores = new RowScores(Fixture.ROWS);
        scorer.score(fixture.batch(), SEED, samples, scores);
        return IntStream.range(0, Fixture.ROWS)
                .mapToDouble(scores::importanceWeightedBound)
                .average()
                .orElseThrow();
    }

    @Test
    void reconstructionIsTheDecodedPosteriorMean() {
        Fixture fixture = new Fixture(Fixture.base().build());
        float[] means = new float[Fixture.ROWS * 3];
        float[] logVariances = new float[Fixture.ROWS * 3];
        float[] decoded = new float[fixture.rows.length];
        float[] reconstructed = new float[fixture.rows.length];
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                VaeGenerator generator = new VaeGenerator(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            generator.bind(parameters);
            generator.encode(fixture.batch(), SEED);
            generator.copyPosterior(means, logVariances);
            generator.put(means, Fixture.ROWS);
            generator.expected(decoded);
            scorer.reconstruct(fixture.batch(), SEED, reconstructed);
        }
        assertThat(reconstructed).isEqualTo(decoded);
        assertThat(decoded).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.5f, 1.5f})
    void valueOutsideTheSupportIsRefusedByRowAndColumn(float value) {
        Fixture fixture = new Fixture(Fixture.base().build());
        fixture.rows[2 * 7 + 4] = value;
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(Fixture.ROWS);
            assertThatThrownBy(() -> scorer.score(fixture.batch(), SEED, 0, scores))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows[2][4] must lie in [0.0, 1.0] for bernoulli, but is " + value);
        }
    }

    @Test
    void roomForTheDetailsOfAnotherModelIsRefused() {
        Fixture fixture = new Fixture(Fixture.base().build());
        VaeSpec narrow = VaeSpec.builder(6, 3).build();
        VaeSpec flat = VaeSpec.builder(7, 2).build();
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            for (RowScores.Detail detail : Set.of(RowScores.Detail.COLUMNS, RowScores.Detail.EXPECTATIONS)) {
                RowScores columns = new RowScores(narrow, Fixture.ROWS, Set.of(detail));
                assertThatThrownBy(() -> scorer.score(fixture.batch(), SEED, 0, columns))
                        .hasMessage("scores' columns must be 7, but is 6");
            }
            RowScores latents = new RowScores(flat, Fixture.ROWS, Set.of(RowScores.Detail.LATENTS));
            assertThatThrownBy(() -> scorer.score(fixture.batch(), SEED, 0, latents))
                    .hasMessage("scores' latents must be 3, but is 2");
            assertThatThrownBy(() -> scorer.score(fixture.batch(), SEED, 0, new RowScores(Fixture.ROWS - 1)))
                    .hasMessage("scores' rows must be at least 6, but is 5");
        }
    }
}
