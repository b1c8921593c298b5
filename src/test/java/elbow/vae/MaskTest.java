package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import elbow.math.FloatMemory;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with gaps. That gradients and scores of them are the reference's is held by the tests of engine and scorer. */
@Tag("kernels")
final class MaskTest {
    private static final long SEED = 7;
    private static final long[] KEYS = {3, 1, 4, 1, 5, 9};

    private final Fixture gaps =
            new Fixture(Fixture.mixed().missingColumns(List.of(0, 2, 8, 10, 13)).build());
    private final byte[] observed = Objects.requireNonNull(gaps.observed);

    @ParameterizedTest
    @ValueSource(floats = {0, -7.5f, 1e30f, Float.NaN, Float.NEGATIVE_INFINITY})
    void whatStandsInAGapHasNoInfluence(float garbage) {
        List<Double> expected = results(gaps, gaps.rows, observed);
        float[] rows = gaps.rows.clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = observed[i] == 1 ? rows[i] : garbage;
        }
        assertThat(results(gaps, rows, observed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("elbow.vae.Fixture#specs")
    void aMaskWithoutGapsIsNoMask(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        float[] complete = complete(fixture);
        byte[] all = new byte[complete.length];
        Arrays.fill(all, (byte) 1);
        assertThat(results(fixture, complete, all)).isEqualTo(results(fixture, complete, null));
    }

    @Test
    void completeRowsAreScoredAsWithoutTheInputsForGaps() {
        Fixture fixture = new Fixture(Fixture.mixed().build());
        VaeSpec told = Fixture.mixed().missingColumns(List.of(0, 2, 8, 22)).build();
        float[] parameters = new float[told.layout().length()];
        // The encoder's first weights, then four rows of others, which an input of 0 never reaches; then the rest.
        int first = 23 * 6;
        System.arraycopy(fixture.parameters, 0, parameters, 0, first);
        Arrays.fill(parameters, first, first + 4 * 6, 100f);
        System.arraycopy(fixture.parameters, first, parameters, first + 24, fixture.parameters.length - first);
        RowScores plain = scores(fixture.spec, fixture.parameters, fixture.rows, null);
        RowScores masked = scores(told, parameters, fixture.rows, null);
        for (int row = 0; row < Fixture.ROWS; row++) {
            assertThat(masked.elbo(row)).isCloseTo(plain.elbo(row), within(1e-4));
        }
    }

    @Test
    void gapHasAnEncoderInputOfItsOwn() {
        VaeSpec spec = VaeSpec.builder(2, 1)
                .likelihood(Gaussian.fixed(1))
                .missingColumns(List.of(1))
                .build();
        // Encoder inputs are x_0, x_1 and the gap of x_1; the mean's weights 1, 10 and 100.
        float[] parameters = new float[spec.layout().length()];
        parameters[0] = 1;
        parameters[2] = 10;
        parameters[4] = 100;
        float[] means = new float[4];
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory memory = memory(parameters)) {
            generator.bind(memory);
            float[] rows = {3, 5, 3, 5, 3, 5, 3, 5};
            byte[] mask = {1, 1, 1, 0, 0, 1, 0, 0};
            generator.encode(RowBatch.of(2, rows, mask), SEED);
            generator.copyPosterior(means, new float[4]);
        }
        assertThat(means).containsExactly(53, 103, 50, 100);
    }

    @Test
    void gapWithoutAnInputOfItsOwnIsZeroToTheEncoder() {
        VaeSpec spec = VaeSpec.builder(3, 1)
                .likelihoods(
                        List.of(new LikelihoodGroup(new Categorical(2), 2), new LikelihoodGroup(Gaussian.fixed(1), 1)))
                .build();
        float[] parameters = new float[spec.layout().length()];
        parameters[0] = 1;
        parameters[2] = 10;
        parameters[4] = 100;
        RowScores scores = new RowScores(spec, 3, Set.of(RowScores.Detail.LATENTS));
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory memory = memory(parameters)) {
            scorer.bind(memory);
            float[] rows = {1, 0, 5, 0, 1, 5, 1, 0, 5};
            byte[] mask = {1, 1, 1, 0, 0, 1, 1, 1, 0};
            scorer.score(RowBatch.of(3, rows, mask), SEED, 0, scores);
        }
        assertThat(scores.means()).containsExactly(501, 500, 1);
        // The decoder's outputs are all 0.
        double category = Math.log(0.5);
        double number = -0.5 * (25 + Math.log(2 * Math.PI));
        assertThat(scores.reconstruction(0)).isCloseTo(category + number, within(1e-9));
        assertThat(scores.reconstruction(1)).isCloseTo(number, within(1e-9));
        assertThat(scores.reconstruction(2)).isCloseTo(category, within(1e-9));
    }

    @Test
    void gapsAreLeftOutOfTheSumAndCounted() {
        RowScores scores = new RowScores(gaps.spec, Fixture.ROWS, Set.of(RowScores.Detail.COLUMNS));
        try (VaeScorer scorer = new VaeScorer(gaps.spec);
                FloatMemory memory = memory(gaps.parameters)) {
            scorer.bind(memory);
            scorer.score(gaps.batch(gaps.rows, observed, gaps.rowKeys), SEED, 2, scores);
        }
        double[] columns = scores.columnReconstructions();
        int[] firstColumns = {0, 1, 2, 5, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22};
        for (int row = 0; row < Fixture.ROWS; row++) {
            int count = 0;
            for (int column : firstColumns) {
                int at = row * 23 + column;
                count += observed[at];
                assertThat(columns[at] != 0).isEqualTo(observed[at] == 1);
            }
            assertThat(scores.observed(row)).isEqualTo(count).isLessThan(17);
            double sum = Arrays.stream(columns, row * 23, row * 23 + 23).sum();
            assertThat(scores.reconstruction(row)).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
        }
        assertThat(scores(gaps.spec, gaps.parameters, complete(gaps), null).observed(0))
                .isEqualTo(17);
    }

    @Test
    void rowsWithNothingObservedScoreNothingButTheirDivergence() {
        byte[] nothing = new byte[gaps.rows.length];
        RowScores scores = scores(gaps.spec, gaps.parameters, gaps.rows, nothing);
        assertThat(scores.reconstruction(3)).isZero();
        assertThat(scores.elbo(3)).isEqualTo(-scores.kl(3));
        assertThat(scores.observed(3)).isZero();
    }

    @Test
    void scoresOfRowsWithGapsDoNotDependOnTheRowsBesideThem() {
        RowScores together = scores(gaps.spec, gaps.parameters, gaps.rows, observed);
        for (int row = 0; row < Fixture.ROWS; row++) {
            RowScores alone = new RowScores(1);
            try (VaeScorer scorer = new VaeScorer(gaps.spec);
                    FloatMemory memory = memory(gaps.parameters)) {
                scorer.bind(memory);
                float[] own = Arrays.copyOfRange(gaps.rows, row * 23, row * 23 + 23);
                byte[] mask = Arrays.copyOfRange(observed, row * 23, row * 23 + 23);
                scorer.score(gaps.batch(own, mask, new long[] {KEYS[row]}), SEED, 2, alone);
            }
            assertThat(alone.elbo(0)).isEqualTo(together.elbo(row));
        }
    }

    @Test
    void anInvalidMaskIsRefused() {
        assertRefused(new byte[137], "observed's length must be that of the values, 138, but is 137");
        byte[] two = observed.clone();
        two[23 + 1] = 2;
        assertRefused(two, "observed[1][1] must be 0 or 1, but is 2");
        byte[] half = new byte[138];
        half[46 + 6] = 1;
        assertRefused(half, "observed[2][6] must be that of the variable's first column, 5: 0, but is 1");
    }

    @Test
    void aNanThatIsNoGapIsRefused() {
        byte[] mask = observed.clone();
        for (int i = 0; i < 23; i++) {
            mask[i] = 1;
        }
        float[] rows = gaps.rows.clone();
        System.arraycopy(complete(gaps), 0, rows, 0, 23);
        rows[14] = Float.NaN;
        assertThatThrownBy(() -> results(gaps, rows, mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows[0][14] must be finite and above 0 for logNormal, but is NaN");
    }

    @Test
    void aStepOfRowsWithGapsAllocatesNothing() {
        int length = gaps.parameters.length;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (VaeEngine engine = new VaeEngine(gaps.spec, Fixture.ROWS);
                FloatMemory parameters = memory(gaps.parameters);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, adam, parameters, gradients);
            BatchStatistics statistics = new BatchStatistics();
            RowBatch batch = gaps.batch(gaps.rows, observed, gaps.rowKeys);
            steps(trainer, batch, 2000, statistics);
            long before = threads.getCurrentThreadAllocatedBytes();
            steps(trainer, batch, 1000, statistics);
            long after = threads.getCurrentThreadAllocatedBytes();
            // A single byte per step would show as 1000.
            assertThat(after - before).isLessThan(1000);
        }
    }

    private static void steps(LocalTrainer trainer, RowBatch batch, int steps, BatchStatistics statistics) {
        for (int step = 0; step < steps; step++) {
            trainer.step(batch, 1, step, 1e-4, statistics);
        }
    }

    private void assertRefused(byte[] mask, String message) {
        assertThatThrownBy(() -> results(gaps, gaps.rows, mask))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** The fixture's rows with values in the gaps. */
    private static float[] complete(Fixture fixture) {
        float[] rows = fixture.rows.clone();
        Random random = new Random(4);
        int at = 0;
        while (at < rows.length) {
            for (LikelihoodGroup group : fixture.spec.likelihoods()) {
                for (int i = 0; i < group.variables(); i++) {
                    int width = group.likelihood().columnsPerVariable();
                    if (Float.isNaN(rows[at])) {
                        Arrays.fill(rows, at, at + width, 0f);
                        Fixture.fill(group.likelihood(), random, rows, at);
                    }
                    at += width;
                }
            }
        }
        return rows;
    }

    /** Everything that rows have an influence on: gradient, loss, scores, latents, expected values. */
    private static List<Double> results(Fixture fixture, float[] rows, byte @Nullable [] mask) {
        VaeSpec spec = fixture.spec;
        BatchStatistics statistics = new BatchStatistics();
        float[] gradient;
        try (VaeEngine engine = new VaeEngine(spec, Fixture.ROWS);
                FloatMemory parameters = memory(fixture.parameters);
                FloatMemory gradients = FloatMemory.allocate(fixture.parameters.length)) {
            engine.bind(parameters, gradients);
            engine.gradient(fixture.batch(rows, mask, fixture.rowKeys), SEED, 2, 1, statistics);
            gradient = gradients.toArray();
        }
        RowScores scores =
                new RowScores(spec, Fixture.ROWS, Set.of(RowScores.Detail.COLUMNS, RowScores.Detail.LATENTS));
        float[] expected = new float[rows.length];
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = memory(fixture.parameters)) {
            scorer.bind(parameters);
            RowBatch batch = fixture.batch(rows, mask, fixture.rowKeys);
            scorer.score(batch, SEED, 3, scores);
            scorer.reconstruct(batch, SEED, expected);
        }
        List<Double> results = new ArrayList<>();
        addAll(results, gradient);
        results.add(statistics.loss());
        for (int row = 0; row < Fixture.ROWS; row++) {
            results.add(scores.elbo(row));
        }
        for (double column : scores.columnReconstructions()) {
            results.add(column);
        }
        addAll(results, scores.means());
        addAll(results, expected);
        return results;
    }

    private static void addAll(List<Double> results, float[] values) {
        for (float value : values) {
            results.add((double) value);
        }
    }

    private static RowScores scores(VaeSpec spec, float[] parameters, float[] rows, byte @Nullable [] mask) {
        RowScores scores = new RowScores(Fixture.ROWS);
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory memory = memory(parameters)) {
            scorer.bind(memory);
            RowBatch batch =
                    mask == null ? RowBatch.of(spec.inputSize(), rows) : RowBatch.of(spec.inputSize(), rows, mask);
            scorer.score(batch.withKeys(KEYS), SEED, 2, scores);
        }
        return scores;
    }

    private static FloatMemory memory(float[] values) {
        FloatMemory memory = FloatMemory.allocate(values.length);
        memory.put(0, values, values.length);
        return memory;
    }
}
