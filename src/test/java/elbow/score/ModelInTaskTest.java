package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.shard.PackedRows;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInTaskTest {
    @Test
    void scoresAreThoseOnPaper() {
        List<Row> rows = TwoNumbers.rows(300);
        EncodedRows encoded = SmallModels.encoded(TwoNumbers.ENCODER, TwoNumbers.SCHEMA, rows);
        RowScores scores;
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(0))) {
            scores = used.newScores(Set.of(Detail.COLUMNS));
            used.score(encoded, scores);
        }
        double[] logDensities = scores.columnReconstructions();
        for (int i = 0; i < 300; i++) {
            Row row = rows.get(i);
            assertThat(scores.kl(i)).isCloseTo(TwoNumbers.kl(row), within(2e-6));
            assertThat(scores.reconstruction(i)).isCloseTo(TwoNumbers.reconstruction(row), within(2e-5));
            assertThat(scores.elbo(i)).isEqualTo(scores.reconstruction(i) - scores.kl(i));
            assertThat(scores.importanceWeightedBound(i)).isNaN();
            assertThat(scores.observed(i)).isEqualTo(row.isNullAt(1) ? 1 : 2);
            assertThat(logDensities[2 * i]).isCloseTo(TwoNumbers.logDensityA(row), within(2e-5));
            assertThat(logDensities[2 * i + 1]).isCloseTo(TwoNumbers.logDensityB(row), within(2e-5));
        }
    }

    @Test
    void latentsAndExpectationsAreThoseOnPaper() {
        List<Row> rows = TwoNumbers.rows(300);
        EncodedRows encoded = SmallModels.encoded(TwoNumbers.ENCODER, TwoNumbers.SCHEMA, rows);
        RowScores scores;
        float[] expected = new float[600];
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(0))) {
            assertThat(used.columns()).isEqualTo(2);
            assertThat(used.latentSize()).isEqualTo(1);
            scores = used.newScores(Set.of(Detail.LATENTS, Detail.EXPECTATIONS));
            used.score(encoded, scores);
            used.reconstruct(encoded, expected);
        }
        assertThat(Arrays.copyOf(scores.expected(), 600)).isEqualTo(expected);
        float[] means = scores.means();
        float[] logVariances = scores.logVariances();
        for (int i = 0; i < 300; i++) {
            assertThat((double) means[i]).isCloseTo(TwoNumbers.posteriorMean(rows.get(i)), within(1e-6));
            assertThat(logVariances[i]).isEqualTo(-1);
            assertThat((double) expected[2 * i]).isCloseTo(TwoNumbers.expectedA(rows.get(i)), within(1e-6));
            assertThat((double) expected[2 * i + 1]).isCloseTo(TwoNumbers.expectedB(rows.get(i)), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void theBoundOfTheExactPosteriorIsTheLogProbability(int samples) {
        // x = 1.5 z - 0.25 + noise of variance 0.5, z standard normal: x is normal around -0.25 with variance 2.75, and
        // z given x normal around 1.5 (x + 0.25) / 2.75 with variance 0.5 / 2.75.
        FeatureEncoder encoder = TestEncoders.encoder().real("x", 0, 1).build();
        StructType schema = new StructType().add("x", DataTypes.DoubleType);
        double variance = 1.5 * 1.5 + 0.5;
        float[] parameters = {
            (float) (1.5 / variance),
            0,
            (float) (0.25 * 1.5 / variance),
            (float) Math.log(0.5 / variance),
            1.5f,
            -0.25f,
            (float) Math.log(0.5)
        };
        ScoringModel model =
                SmallModels.scoring(SmallModels.network(SmallModels.spec(encoder, 1), parameters, 7), samples);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rows.add(RowFactory.create(i / 8.0 - 3));
        }
        RowScores scores = new RowScores(50);
        try (ModelInTask used = new ModelInTask(model)) {
            used.score(SmallModels.encoded(encoder, schema, rows), scores);
        }
        for (int i = 0; i < 50; i++) {
            double residual = i / 8.0 - 3 + 0.25;
            double logProbability = -0.5 * (residual * residual / variance + Math.log(2 * Math.PI * variance));
            assertThat(scores.importanceWeightedBound(i)).isCloseTo(logProbability, within(2e-5));
        }
    }

    @Test
    void sharesOfVariablesSumToTheReconstruction() {
        EncodedRows rows =
                SmallModels.encoded(SmallModels.MIXED, SmallModels.MIXED_SCHEMA, SmallModels.mixedRows(100, 2));
        int width = SmallModels.MIXED.width();
        RowScores scores;
        RowScores alone = new RowScores(100);
        try (ModelInTask used = new ModelInTask(SmallModels.scoring(SmallModels.mixedNetwork(), 4))) {
            scores = used.newScores(EnumSet.allOf(Detail.class));
            used.score(rows, scores);
            used.score(rows, alone);
        }
        double[] logDensities = scores.columnReconstructions();
        for (int row = 0; row < 100; row++) {
            double sum =
                    Arrays.stream(logDensities, row * width, (row + 1) * width).sum();
            assertThat(sum).isCloseTo(scores.reconstruction(row), within(1e-9));
            assertThat(SmallModels.scoresOf(scores, row)).isEqualTo(SmallModels.scoresOf(alone, row));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 575, 576, 577, 1152})
    void aRowScoresAsItDoesAlone(int count) {
        List<Row> rows = TwoNumbers.rows(count);
        List<List<Double>> together = new ArrayList<>();
        List<List<Double>> alone = new ArrayList<>();
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(2))) {
            used.scoreAll(TwoNumbers.packed(rows, count), Set.of(), collector(together));
            used.scoreAll(TwoNumbers.packed(rows, 1), Set.of(), collector(alone));
        }
        assertThat(together).hasSize(count).isEqualTo(alone);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 575, 576, 577, 1152})
    void variablesOfARowScoreAsTheyDoAlone(int count) {
        List<Row> rows = TwoNumbers.rows(count);
        List<Double> together = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        Set<Detail> columns = Set.of(Detail.COLUMNS);
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(2))) {
            used.scoreAll(
                    TwoNumbers.packed(rows, count),
                    columns,
                    (chunk, scores) -> copy(scores.columnReconstructions(), chunk.count(), together));
            used.scoreAll(
                    TwoNumbers.packed(rows, 1),
                    columns,
                    (chunk, scores) -> copy(scores.columnReconstructions(), chunk.count(), alone));
        }
        assertThat(together).hasSize(2 * count).isEqualTo(alone);
    }

    @Test
    void chunksAreFullAcrossBlocksButTheLast() {
        List<Integer> counts = new ArrayList<>();
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(0))) {
            int room = used.chunkRows();
            Iterator<PackedRows> blocks = TwoNumbers.packed(TwoNumbers.rows(3 * room - 10), room + 90);
            used.scoreAll(blocks, Set.of(), (rows, scores) -> counts.add(rows.count()));
            used.scoreAll(Collections.emptyIterator(), Set.of(), (rows, scores) -> counts.add(-1));
            assertThat(counts).containsExactly(room, room, room - 10);
        }
    }

    @Test
    void equalRowsScoreEquallyWhereverTheyStand() {
        List<Row> rows = new ArrayList<>(TwoNumbers.rows(400));
        rows.add(rows.get(5));
        List<List<Double>> scores = new ArrayList<>();
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(1))) {
            used.scoreAll(TwoNumbers.packed(rows, 1000), Set.of(), collector(scores));
        }
        assertThat(scores.get(400)).isEqualTo(scores.get(5));
        assertThat(scores.subList(0, 400)).doesNotHaveDuplicates();
    }

    @Test
    void noiseHasTheSeedOfTheNetwork() {
        List<List<Double>> first = new ArrayList<>();
        List<List<Double>> second = new ArrayList<>();
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(1));
                ModelInTask other = new ModelInTask(SmallModels.scoring(TwoNumbers.network(8), 1))) {
            used.scoreAll(TwoNumbers.packed(TwoNumbers.rows(10), 10), Set.of(), collector(first));
            other.scoreAll(TwoNumbers.packed(TwoNumbers.rows(10), 10), Set.of(), collector(second));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(first.get(i).get(2)).isEqualTo(second.get(i).get(2));
            assertThat(first.get(i).get(1)).isNotEqualTo(second.get(i).get(1));
        }
    }

    private static ModelInTask.ChunkConsumer collector(List<List<Double>> target) {
        return (rows, scores) -> {
            for (int row = 0; row < rows.count(); row++) {
                target.add(SmallModels.scoresOf(scores, row));
            }
        };
    }

    private static void copy(double[] room, int count, List<Double> target) {
        for (int i = 0; i < 2 * count; i++) {
            target.add(room[i]);
        }
    }
}
