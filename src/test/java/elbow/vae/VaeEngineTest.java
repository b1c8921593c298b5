package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.math.noise.RowHash;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.input.InputLoader;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
final class VaeEngineTest {
    /** Columns of a row that may be hidden, and units of the layers. */
    private static final int MASKABLE = 6;

    private static final int UNITS = 3;

    static Stream<VaeSpec.Builder> models() {
        return Stream.of(
                Fixture.base()
                        .objective(new Objective(Bound.IMPORTANCE_WEIGHTED, 3, 1, 0, new KlSchedule.LinearWarmup(100))),
                Fixture.base().objective(Fixture.elbo(2, 1, 0.3).withFreeBitsOfMinibatch()),
                Fixture.base().objective(Fixture.elbo(1, 2, 0).withCapacity(new Capacity(5, 100))),
                Fixture.base()
                        .likelihoods(List.of(
                                new LikelihoodGroup(new Bernoulli(), 1),
                                new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.OPTIMAL_SHARED, 1e-3), 3),
                                new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.OPTIMAL_PER_COLUMN, 1e-3), 3))),
                Fixture.base().prior(new TestPriors.LearnedMeans()),
                Fixture.base().prior(new TestPriors.LearnedMeans()).objective(Fixture.importanceWeighted(3, 1)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void stepAllocatesNothing(VaeSpec.Builder model) {
        VaeSpec spec = model.inputTransform(InputTransform.SAMPLE).build();
        Fixture fixture = new Fixture(spec);
        int length = fixture.parameters.length;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (VaeEngine engine = new VaeEngine(spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, adam, parameters, gradients);
            BatchStatistics statistics = new BatchStatistics();
            RowBatch batch = fixture.batch();
            steps(trainer, batch, 200, statistics);
            long before = threads.getCurrentThreadAllocatedBytes();
            steps(trainer, batch, 1000, statistics);
            long after = threads.getCurrentThreadAllocatedBytes();
            // A single byte per step would show as 1000.
            assertThat(after - before).isLessThan(1000);
        }
    }

    private static void steps(LocalTrainer trainer, RowBatch batch, int steps, BatchStatistics statistics) {
        for (int step = 0; step < steps; step++) {
            trainer.step(batch, 1, step, 1e-3, statistics);
        }
    }

    @Test
    void gradientOfFewerRowsIgnoresTheRest() {
        Fixture fixture = new Fixture(Fixture.base().build());
        float[] poisoned = fixture.rows.clone();
        Arrays.fill(poisoned, 2 * 7, poisoned.length, Float.NaN);
        float[] alone = gradient(fixture, Arrays.copyOf(fixture.rows, 2 * 7), 2);
        assertThat(gradient(fixture, poisoned, 2)).isEqualTo(alone);
    }

    private static float[] gradient(Fixture fixture, float[] rows, int rowCount) {
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(fixture.parameters.length)) {
            engine.bind(parameters, gradients);
            RowBatch batch = RowBatch.of(7, rows);
            batch.holdComplete(rowCount);
            engine.gradient(batch.withKeys(fixture.rowKeys), 1, 0, 1, null);
            return gradients.toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientKnowsNothingOfTheMinibatchesBefore(VaeSpec.Builder model) {
        Fixture fixture = new Fixture(model.build());
        RowBatch whole = RowBatch.of(7, fixture.rows).withKeys(fixture.rowKeys);
        byte[] observed = new byte[fixture.rows.length];
        Arrays.fill(observed, (byte) 1);
        observed[1] = 0;
        observed[7 + 5] = 0;
        RowBatch gaps = RowBatch.of(7, fixture.rows, observed).withKeys(fixture.rowKeys);
        RowBatch few = RowBatch.of(7, Arrays.copyOf(fixture.rows, 2 * 7)).withKeys(fixture.rowKeys);
        float[] fresh = gradients(fixture, List.of(new Scaled(whole, 1.0 / 6)));
        assertThat(gradients(fixture, List.of(new Scaled(gaps, 1.0 / 6), new Scaled(whole, 1.0 / 6))))
                .isEqualTo(fresh);
        assertThat(gradients(
                        fixture,
                        List.of(
                                new Scaled(few, 0.5),
                                new Scaled(whole, 1.0 / 6),
                                new Scaled(few, 0.5),
                                new Scaled(gaps, 0.5),
                                new Scaled(whole, 1.0 / 6))))
                .isEqualTo(fresh);
    }

    private record Scaled(RowBatch batch, double scale) {}

    /** The gradients of the last of some minibatches. */
    private static float[] gradients(Fixture fixture, List<Scaled> batches) {
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(fixture.parameters.length)) {
            engine.bind(parameters, gradients);
            for (Scaled next : batches) {
                engine.gradient(next.batch(), 1, 0, next.scale(), null);
            }
            return gradients.toArray();
        }
    }

    /** A weight of the encoder's first layer has a gradient just where its input is not 0. */
    @Test
    void eachStepHidesOtherValuesFromTheEncoder() {
        VaeSpec spec = maskable().objective(Objective.PLAIN.withMaskShare(0.5)).build();
        Fixture fixture = new Fixture(spec);
        RowBatch row = RowBatch.of(MASKABLE, new float[] {0.5f, -1, 1.5f, -2, 2.5f, -3})
                .withKeys(new long[] {5});
        Set<List<Integer>> found = new HashSet<>();
        for (int step = 0; step < 8; step++) {
            float[] gradient = gradient(fixture, row, step);
            List<Integer> hidden = new ArrayList<>();
            for (int column = 0; column < MASKABLE; column++) {
                boolean told = isReached(gradient, MASKABLE + column);
                assertThat(isReached(gradient, column)).isEqualTo(!told);
                if (told) {
                    hidden.add(column);
                }
            }
            found.add(hidden);
            assertThat(gradient(fixture, row, step)).isEqualTo(gradient);
        }
        assertThat(found).hasSizeGreaterThan(4);
    }

    @Test
    void scoresKnowNothingOfHiddenValues() {
        VaeSpec plain = maskable().build();
        VaeSpec masked =
                maskable().objective(Objective.PLAIN.withMaskShare(0.5)).build();
        Fixture fixture = new Fixture(plain);

        assertThat(elbos(masked, fixture)).isEqualTo(elbos(plain, fixture));
    }

    private static List<Double> elbos(VaeSpec spec, Fixture fixture) {
        RowScores scores = new RowScores(Fixture.ROWS);
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            scorer.score(fixture.batch(), 7, 3, scores);
        }
        return IntStream.range(0, Fixture.ROWS).mapToObj(scores::elbo).toList();
    }

    private static VaeSpec.Builder maskable() {
        return VaeSpec.builder(MASKABLE, 2)
                .encoder(UNITS)
                .decoder(UNITS)
                .likelihood(Gaussian.fixed(1))
                .missingColumns(List.of(0, 1, 2, 3, 4, 5));
    }

    private static boolean isReached(float[] gradient, int input) {
        for (int i = input * UNITS; i < (input + 1) * UNITS; i++) {
            if (gradient[i] != 0) {
                return true;
            }
        }
        return false;
    }

    private static float[] gradient(Fixture fixture, RowBatch batch, long step) {
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(fixture.parameters.length)) {
            engine.bind(parameters, gradients);
            engine.gradient(batch, 1, step, 1, null);
            return gradients.toArray();
        }
    }

    @Test
    void badValueLeavesTheGradientsAlone() {
        Fixture fixture =
                new Fixture(Fixture.base().likelihood(Gaussian.fixed(1)).build());
        fixture.rows[9] = Float.NaN;
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(fixture.parameters.length)) {
            engine.bind(parameters, gradients);
            assertThatThrownBy(() -> engine.gradient(fixture.batch(), 1, 0, 1, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows[1][2] must be finite, but is NaN");
            assertThat(gradients.toArray()).containsOnly(0f);
        }
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        Fixture fixture = new Fixture(Fixture.base().build());
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                FloatMemory parameters = fixture.parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(3)) {
            assertThatThrownBy(() -> engine.bind(parameters, gradients))
                    .hasMessage(
                            "gradients' length must be " + fixture.parameters.length + ", as the layout is, but is 3");
            engine.bind(parameters, parameters);
            assertThatThrownBy(() -> engine.gradient(new RowBatch(7, 6), 1, 0, 1, null))
                    .hasMessage("rows of the batch must lie in 1..6, but is 0");
            assertThatThrownBy(() -> engine.gradient(RowBatch.of(7, new float[49]), 1, 0, 1, null))
                    .hasMessage("rows of the batch must lie in 1..6, but is 7");
            assertThatThrownBy(() -> engine.gradient(RowBatch.of(6, new float[12]), 1, 0, 1, null))
                    .hasMessage("columns of the batch must be 7, but is 6");
        }
    }

    @Test
    void aBatchKnowsItsRoom() {
        RowBatch batch = new RowBatch(7, 2);
        assertThatThrownBy(() -> batch.holdComplete(3)).hasMessage("rows must lie in 0..2, but is 3");
        assertThatThrownBy(() -> RowBatch.of(7, new float[13]))
                .hasMessage("values' length must be a multiple of 7, at least one row, but is 13");
        assertThatThrownBy(() -> RowBatch.of(7, new float[14]).withKeys(1))
                .hasMessage("rowKeys' length must be at least 2, but is 1");
    }

    @Test
    void aBatchOfCompleteRowsHasNoRoomForGaps() {
        RowBatch batch = RowBatch.of(7, new float[14]);
        assertThatThrownBy(() -> batch.holdWithGaps(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rows with gaps need a mask, but the batch was made of complete rows");
        assertThat(batch.observed()).isNull();
    }

    @Test
    void aRowsKeyGoesByItsContentAndItsGaps() {
        float[] values = {1, 0, 1, 0, 1, 0};
        long[] complete = RowBatch.of(2, values).keys();
        long[] gaps = RowBatch.of(2, values, new byte[] {1, 1, 1, 0, 1, 1}).keys();
        assertThat(complete[0]).isEqualTo(complete[1]).isEqualTo(gaps[0]).isEqualTo(RowHash.of(values, 0, 2));
        assertThat(gaps[1]).isNotEqualTo(gaps[0]);
    }

    @Test
    void absurdSizesAreRefusedBeforeAnythingIsAllocated() {
        VaeSpec wide = VaeSpec.builder(1 << 20, 2).build();
        assertThatThrownBy(() -> new VaeEngine(wide, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows x widest layer must be at most");
        VaeSpec huge = VaeSpec.builder(1 << 20, 2).encoder(1 << 20).build();
        assertThatThrownBy(() -> huge.layout())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of parameters must be at most");
    }

    @Test
    void binarisedRowsFollowTheProbabilitiesAndTheKeys() {
        // One column of probability 0.3 in 20,000 rows: false-reject rate 1e-6 at 4.9 standard errors.
        VaeSpec spec =
                VaeSpec.builder(1, 1).inputTransform(InputTransform.SAMPLE).build();
        int rowCount = 20_000;
        float[] rows = new float[rowCount];
        Arrays.fill(rows, 0.3f);
        long[] keys = new long[rowCount];
        Arrays.setAll(keys, i -> i);
        RowBatch batch = RowBatch.of(1, rows).withKeys(keys);
        try (FloatMemory memory = FloatMemory.allocate(rowCount)) {
            InputLoader input = new InputLoader(spec.row(), memory, memory);
            input.load(batch, 0, rowCount, NoiseStream.TRAINING_INPUT.key(1, 0));
            float[] first = memory.toArray();
            double ones = 0;
            for (float value : first) {
                assertThat(value).isIn(0f, 1f);
                ones += value;
            }
            assertThat(Math.abs(ones / rowCount - 0.3)).isLessThan(4.9 * Math.sqrt(0.21 / rowCount));
            input.load(batch, 0, rowCount, NoiseStream.TRAINING_INPUT.key(1, 0));
            assertThat(memory.toArray()).isEqualTo(first);
            input.load(batch, 0, rowCount, NoiseStream.TRAINING_INPUT.key(1, 1));
            assertThat(memory.toArray()).isNotEqualTo(first);
        }
    }

    @Test
    void outputBiasStartsAtTheMeans() {
        VaeSpec spec = Fixture.base().build();
        float[] means = {0.1f, 0.2f, 0.5f, 0.9f, 0.75f, 0.4f, 0.6f};
        float[] expected = new float[7];
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = FloatMemory.allocate(spec.layout().length())) {
            // Weights 0: the bias alone decides.
            Initialisation.setOutputMeans(spec, means, parameters);
            generator.bind(parameters);
            generator.put(new float[3], 1);
            generator.expected(expected);
        }
        for (int i = 0; i < means.length; i++) {
            assertThat(expected[i]).isCloseTo(means[i], within(1e-6f));
        }
    }
}
