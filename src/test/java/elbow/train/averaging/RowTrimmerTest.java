package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.OneFactorRows;
import elbow.SmallFamily;
import elbow.math.FloatMemory;
import elbow.vae.BatchStatistics;
import elbow.vae.VaeEngine;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Gaussian;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
final class RowTrimmerTest {
    private static final int COLUMNS = 5;
    private static final int ROWS = 20;
    private static final long SEED = 5;
    private static final long STEP = 3;
    private static final VaeSpec SPEC = VaeSpec.builder(COLUMNS, 2)
            .encoder(8)
            .decoder(8)
            .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
            .build();

    private final FloatMemory gradients = FloatMemory.allocate(SPEC.layout().length());

    @AfterEach
    void close() {
        gradients.close();
    }

    static Stream<VaeSpec> family() {
        return Stream.concat(Stream.of(SPEC), SmallFamily.specs(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("family")
    void lossesAreThoseThatAStepAddsUp(VaeSpec spec) {
        int length = spec.layout().length();
        try (VaeEngine engine = new VaeEngine(spec, ROWS);
                FloatMemory parameters = parameters(spec);
                FloatMemory untouched = FloatMemory.allocate(length)) {
            engine.bind(parameters, untouched);
            double[] losses = new double[ROWS];
            engine.losses(batch(), SEED, STEP, losses);
            assertThat(untouched.toArray()).containsOnly(0);

            BatchStatistics statistics = new BatchStatistics();
            engine.gradient(batch(), SEED, STEP, 1, statistics);
            assertThat(Arrays.stream(losses).sum()).isEqualTo(statistics.loss(), within(1e-9 * ROWS));
        }
    }

    // The gradient of a sum over rows is the sum of theirs: what is left of all after those left out are taken off,
    // over the number of the others.
    @Test
    void rowsLeftOutHaveNoGradientAndTheOthersWeighOneOverTheirNumber() {
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS);
                FloatMemory parameters = parameters(SPEC);
                RowTrimmer trimmer = trimmer(0.25)) {
            engine.bind(parameters, gradients);
            double[] losses = new double[ROWS];
            engine.losses(batch(), SEED, STEP, losses);
            int[] worst = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted((one, other) -> Double.compare(losses[other], losses[one]))
                    .limit(5)
                    .mapToInt(Integer::intValue)
                    .toArray();

            engine.gradient(batch(), SEED, STEP, 1, null);
            float[] all = gradients.toArray();
            engine.gradient(rows(worst), SEED, STEP, 1, null);
            float[] leftOut = gradients.toArray();
            RowBatch kept = trimmer.trim(batch(), SEED, STEP);
            assertThat(kept.count()).isEqualTo(15);
            engine.gradient(kept, SEED, STEP, 1.0 / kept.count(), null);
            float[] found = gradients.toArray();

            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).isCloseTo((all[i] - leftOut[i]) / 15.0, within(1e-4));
            }
            assertThat(found).isNotEqualTo(new float[found.length]);
        }
    }

    @Test
    void rowsAreKeptInTheirOrderWithTheirKeysAndGaps() {
        RowBatch gaps = batch();
        RowBatch batch = new RowBatch(COLUMNS, ROWS);
        System.arraycopy(gaps.values(), 0, batch.values(), 0, ROWS * COLUMNS);
        Arrays.fill(batch.mask(), (byte) 1);
        for (int row = 0; row < ROWS; row++) {
            batch.values()[row * COLUMNS + row % COLUMNS] = 0;
            batch.mask()[row * COLUMNS + row % COLUMNS] = 0;
        }
        // Far from all others.
        batch.values()[7 * COLUMNS] = 40;
        batch.holdWithGaps(ROWS);
        batch.keyByContent();
        try (RowTrimmer trimmer = trimmer(0.05)) {
            RowBatch kept = trimmer.trim(batch, SEED, STEP);

            assertThat(kept.count()).isEqualTo(ROWS - 1);
            assertThat(kept.observed()).isNotNull();
            for (int row = 0; row < ROWS - 1; row++) {
                int from = row < 7 ? row : row + 1;
                assertThat(kept.keys()[row]).isEqualTo(batch.keys()[from]);
                assertThat(Arrays.copyOfRange(kept.values(), row * COLUMNS, (row + 1) * COLUMNS))
                        .isEqualTo(Arrays.copyOfRange(batch.values(), from * COLUMNS, (from + 1) * COLUMNS));
                assertThat(Arrays.copyOfRange(kept.mask(), row * COLUMNS, (row + 1) * COLUMNS))
                        .isEqualTo(Arrays.copyOfRange(batch.mask(), from * COLUMNS, (from + 1) * COLUMNS));
            }
        }
    }

    @Test
    void amongCopiesTheShareIsKeptToAndTheFirstStay() {
        float[] copies = new float[ROWS * COLUMNS];
        Arrays.fill(copies, 0.5f);
        try (RowTrimmer trimmer = trimmer(0.25)) {
            assertThat(trimmer.trim(RowBatch.of(COLUMNS, copies), SEED, STEP).count())
                    .isEqualTo(15);
        }
    }

    @Test
    void aShareOfLessThanARowLeavesNoneOut() {
        RowBatch batch = batch();
        try (RowTrimmer trimmer = trimmer(0.049)) {
            assertThat(trimmer.trim(batch, SEED, STEP)).isSameAs(batch);
        }
    }

    @Test
    void theTeacherFollowsByAHundredth() {
        int length = SPEC.layout().length();
        try (RowTrimmer trimmer = new RowTrimmer(SPEC, ROWS, 0.1, gradients);
                FloatMemory parameters = FloatMemory.allocate(length)) {
            float[] ones = new float[length];
            Arrays.fill(ones, 1);
            parameters.put(0, ones, length);
            trimmer.follow(parameters);
            trimmer.follow(parameters);

            for (float element : trimmer.teacher().toArray()) {
                assertThat((double) element).isCloseTo(1 - 0.99 * 0.99, within(1e-6));
            }
        }
    }

    private RowTrimmer trimmer(double share) {
        RowTrimmer trimmer = new RowTrimmer(SPEC, ROWS, share, gradients);
        try (FloatMemory parameters = parameters(SPEC)) {
            trimmer.teacher().put(parameters);
        }
        return trimmer;
    }

    private static RowBatch batch() {
        return rows(IntStream.range(0, ROWS).toArray());
    }

    private static RowBatch rows(int[] chosen) {
        List<float[]> rows = OneFactorRows.of(ROWS, COLUMNS);
        float[] values = new float[chosen.length * COLUMNS];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows.get(chosen[i]), 0, values, i * COLUMNS, COLUMNS);
        }
        return RowBatch.of(COLUMNS, values);
    }

    private static FloatMemory parameters(VaeSpec spec) {
        int length = spec.layout().length();
        float[] values = new float[length];
        Random random = new Random(4);
        for (int i = 0; i < length; i++) {
            values[i] = 0.3f * (float) random.nextGaussian();
        }
        FloatMemory parameters = FloatMemory.allocate(length);
        parameters.put(0, values, length);
        return parameters;
    }
}
