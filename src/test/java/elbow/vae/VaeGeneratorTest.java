package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.SmallFamily;
import elbow.math.FloatMemory;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.Poisson;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
final class VaeGeneratorTest {
    private static final long SEED = 17;
    private static final int COLUMNS = 7;

    private static final VaeSpec MIXED = VaeSpec.builder(COLUMNS, 3)
            .encoder(9)
            .decoder(11)
            .likelihoods(List.of(
                    new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3), 2),
                    new LikelihoodGroup(new Poisson(), 1),
                    new LikelihoodGroup(new Bernoulli(), 1),
                    new LikelihoodGroup(new Categorical(3), 3)))
            .build();

    static Stream<VaeSpec> specs() {
        return Stream.concat(Stream.of(MIXED), SmallFamily.specs(COLUMNS).filter(spec -> !spec.isConditional()));
    }

    @Test
    void whatNeedsABlockIsRefusedBeforeThereIsOne() {
        try (VaeGenerator generator = new VaeGenerator(MIXED);
                FloatMemory parameters = parameters(MIXED)) {
            generator.bind(parameters);

            assertThatThrownBy(() -> generator.expected(new float[COLUMNS]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("drawPrior, encode or put must come first");
            assertThatThrownBy(() -> generator.copyLatents(new float[3]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("drawPrior, encode or put must come first");
            generator.drawPrior(SEED, new long[] {1}, 1);
            assertThatThrownBy(() -> generator.drawPosterior(SEED, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("encode must come first");
        }
    }

    static Stream<VaeSpec> conditional() {
        return SmallFamily.specs(COLUMNS).filter(VaeSpec::isConditional);
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void aModelWithConditionsMakesNoRowsWithoutThem(VaeSpec spec) {
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);

            assertThatThrownBy(() -> generator.drawPrior(SEED, new long[] {1}, 1))
                    .hasMessageContaining("conditions must be given to a model that has some, but is none");
            assertThatThrownBy(() -> generator.put(new float[spec.latentSize()], 1))
                    .hasMessageContaining("conditions must be given to a model that has some, but is none");
        }
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void expectedValuesUnderConditionsAreThoseOfTheScorer(VaeSpec spec) {
        int count = 20;
        RowBatch batch = RowBatch.of(COLUMNS, rows(count));
        float[] expected = new float[count * COLUMNS];
        float[] ofScorer = new float[expected.length];
        try (VaeGenerator generator = new VaeGenerator(spec);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);
            scorer.bind(parameters);

            generator.encode(batch, SEED);
            generator.expected(expected);
            scorer.reconstruct(batch, SEED, ofScorer);
            assertThat(expected).isEqualTo(ofScorer);
            float[] means = new float[count * spec.latentSize()];
            generator.copyPosterior(means, new float[means.length]);

            generator.put(means, batch);
            generator.expected(expected);
            assertThat(expected).isEqualTo(ofScorer);
        }
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void aDrawFollowsItsNumberAndItsConditionsWhereverItStands(VaeSpec spec) {
        long[] numbers = new Random(4).longs(40, 0, 1L << 40).toArray();
        float[] together = new float[numbers.length * COLUMNS];
        float[] alone = new float[COLUMNS];
        RowBatch batch = RowBatch.of(COLUMNS, rows(numbers.length));
        double[] densities = new double[numbers.length];
        double[] one = new double[1];
        RowBatch some = RowBatch.of(COLUMNS, row(batch.values(), 3), new byte[] {1, 0, 1, 0, 0, 0, 0});
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);
            generator.drawPrior(SEED, numbers, batch);
            generator.logDensities(some, densities);
            generator.draw(SEED, numbers, 2, together);
            for (int row = 0; row < numbers.length; row += 7) {
                long[] number = {numbers[row]};
                generator.drawPrior(SEED, number, RowBatch.of(COLUMNS, row(batch.values(), row)));
                generator.logDensities(some, one);
                generator.draw(SEED, number, 2, alone);

                assertThat(alone).isEqualTo(row(together, row));
                assertThat(alone[COLUMNS - 1]).isEqualTo(batch.values()[(row + 1) * COLUMNS - 1]);
                assertThat(one[0]).isEqualTo(densities[row]);
            }
        }
    }

    @Test
    void valuesThatTheNetworkCannotComputeAreNotNumbers() {
        float[] latents = {0.5f, -0.3f, 0.1f, Float.NaN, 0, 0};
        float[] expected = new float[2 * COLUMNS];
        float[] drawn = new float[2 * COLUMNS];
        try (VaeGenerator generator = new VaeGenerator(MIXED);
                FloatMemory parameters = parameters(MIXED)) {
            generator.bind(parameters);
            generator.put(latents, 2);
            generator.expected(expected);
            generator.draw(SEED, new long[] {1, 2}, 0, drawn);
        }
        assertThat(row(expected, 0)).doesNotContain(Float.NaN);
        assertThat(row(drawn, 0)).doesNotContain(Float.NaN);
        assertThat(row(expected, 1)).containsOnly(Float.NaN);
        assertThat(row(drawn, 1)).containsOnly(Float.NaN);
    }

    private static FloatMemory parameters(VaeSpec spec) {
        FloatMemory parameters = FloatMemory.allocate(spec.layout().length());
        Initialisation.initialise(spec, 3, parameters);
        return parameters;
    }

    private static float[] rows(int count) {
        Random random = new Random(2);
        float[] rows = new float[count * COLUMNS];
        for (int row = 0; row < count; row++) {
            int at = row * COLUMNS;
            rows[at] = (float) random.nextGaussian();
            rows[at + 1] = (float) random.nextGaussian();
            rows[at + 2] = random.nextInt(4);
            rows[at + 3] = random.nextInt(2);
            rows[at + 4 + random.nextInt(3)] = 1;
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void expectedValuesAreThoseOfTheScorer(VaeSpec spec) {
        int count = 20;
        RowBatch batch = RowBatch.of(COLUMNS, rows(count));
        float[] expected = new float[count * COLUMNS];
        float[] ofScorer = new float[expected.length];
        try (VaeGenerator generator = new VaeGenerator(spec);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);
            scorer.bind(parameters);

            generator.encode(batch, SEED);
            generator.expected(expected);
            scorer.reconstruct(batch, SEED, ofScorer);
            assertThat(expected).isEqualTo(ofScorer);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void drawsFromThePriorDependOnSeedAndNumber(VaeSpec spec) {
        float[] first = new float[3 * COLUMNS];
        float[] again = new float[3 * COLUMNS];
        float[] otherSeed = new float[3 * COLUMNS];
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);
            generator.drawPrior(SEED, new long[] {0, 1, 2}, 3);
            generator.expected(first);
            generator.drawPrior(SEED, new long[] {2, 1, 0}, 3);
            generator.expected(again);
            generator.drawPrior(SEED + 1, new long[] {0, 1, 2}, 3);
            generator.expected(otherSeed);
        }
        assertThat(row(again, 0)).isEqualTo(row(first, 2)).isNotEqualTo(row(first, 0));
        assertThat(row(again, 1)).isEqualTo(row(first, 1));
        assertThat(otherSeed).isNotEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void whatIsMadeOfARowDoesNotDependOnTheRowsBesideIt(VaeSpec spec) {
        long[] numbers = new Random(4).longs(40, 0, 1L << 40).toArray();
        float[] together = new float[numbers.length * COLUMNS];
        float[] alone = new float[COLUMNS];
        RowBatch batch = RowBatch.of(COLUMNS, rows(numbers.length));
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = parameters(spec)) {
            generator.bind(parameters);
            generator.drawPrior(SEED, numbers, numbers.length);
            generator.draw(SEED, numbers, 2, together);
            for (int row = 0; row < numbers.length; row += 7) {
                long[] one = {numbers[row]};
                generator.drawPrior(SEED, one, 1);
                generator.draw(SEED, one, 2, alone);
                assertThat(alone).isEqualTo(row(together, row));
            }

            generator.encode(batch, SEED);
            generator.drawPosterior(SEED, 1);
            generator.draw(SEED, batch.keys(), 1, together);
            for (int row = 0; row < numbers.length; row += 7) {
                RowBatch one = RowBatch.of(COLUMNS, row(batch.values(), row));
                generator.encode(one, SEED);
                generator.drawPosterior(SEED, 1);
                generator.draw(SEED, one.keys(), 1, alone);
                assertThat(alone).isEqualTo(row(together, row));
            }
        }
    }

    private static float[] row(float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * COLUMNS, (row + 1) * COLUMNS);
    }

    @Test
    void densitiesOfSomeColumnsAreThoseOfTheScorer() {
        float[] values = rows(1);
        byte[] observed = {1, 0, 1, 0, 1, 1, 1};
        values[1] = 0;
        values[3] = 0;
        RowBatch batch = RowBatch.of(COLUMNS, values, observed);
        RowScores scores = new RowScores(1);
        double[] densities = new double[1];
        try (VaeGenerator generator = new VaeGenerator(MIXED);
                VaeScorer scorer = new VaeScorer(MIXED);
                FloatMemory parameters = parameters(MIXED)) {
            generator.bind(parameters);
            scorer.bind(parameters);
            scorer.score(batch, SEED, 0, scores);
            generator.encode(batch, SEED);
            float[] means = new float[3];
            generator.copyPosterior(means, new float[3]);
            generator.put(means, 1);
            generator.logDensities(batch, densities);
        }
        assertThat(densities[0]).isCloseTo(scores.reconstruction(0), within(1e-12));
    }

    @Test
    void drawsHaveTheDecodersMoments() {
        int count = 30_000;
        double sum = 0;
        double ones = 0;
        float[] expected = new float[COLUMNS];
        float[] latents = {0.5f, -0.3f, 0.1f};
        try (VaeGenerator generator = new VaeGenerator(MIXED);
                FloatMemory parameters = parameters(MIXED)) {
            generator.bind(parameters);
            generator.put(latents, 1);
            generator.expected(expected);
            float[] drawn = new float[COLUMNS];
            for (int sample = 0; sample < count; sample++) {
                generator.draw(SEED, new long[] {5}, sample, drawn);
                sum += drawn[2];
                ones += drawn[4];
            }
        }
        // Five standard errors.
        assertThat(sum / count).isCloseTo(expected[2], within(5 * Math.sqrt(expected[2] / count)));
        double p = expected[4];
        assertThat(ones / count).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / count)));
    }
}
