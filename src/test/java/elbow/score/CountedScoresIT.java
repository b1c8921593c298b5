package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.data.reference.ColumnTallies;
import elbow.model.Calibration;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done on the way while rows are scored: counts, and contributions of flagged rows alone. */
class CountedScoresIT {
    private static final int ROWS = 2_500;

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void rowsAreCountedAsTheyAreScored(int partitions) {
        TrainedModel model = model();
        Dataset<Row> rows = rows(partitions);
        double threshold = threshold(model, rows);
        ScoringTally tally = tally(model);

        List<Row> scored = RowScoring.score(rows, model, plan(threshold, 0, ExplainedRows.ALL), tally)
                .collectAsList();

        ScoredCounts counts = tally.counts();
        assertThat(counts.rows()).isEqualTo(ROWS);
        assertThat(counts.flagged())
                .isEqualTo(scored.stream()
                        .filter(row -> row.<Boolean>getAs("is_anomaly"))
                        .count())
                .isBetween(1L, ROWS - 1L);
        ColumnTallies read =
                ColumnTallies.of(rows, model.encoder(), ColumnTallies.of(model.encoder(), Optional.empty()));
        assertThat(counts.columns().columns(model.encoder()))
                .isEqualTo(read.columns(model.encoder()))
                .anySatisfy(column -> assertThat(column.missing()).isPositive())
                .anySatisfy(column -> assertThat(column.beyond()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void flaggedRowsAloneAreExplainedAsAllAreAndTheirOrderStays(int partitions) {
        TrainedModel model = model();
        Dataset<Row> rows = rows(partitions);
        double threshold = threshold(model, rows);

        List<Row> all = RowScoring.score(rows, model, plan(threshold, 2, ExplainedRows.ALL))
                .collectAsList();
        List<Row> flagged = RowScoring.score(rows, model, plan(threshold, 2, ExplainedRows.FLAGGED))
                .collectAsList();

        int contributions = all.get(0).fieldIndex(ScoreColumns.CONTRIBUTIONS);
        assertThat(flagged).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Row row = flagged.get(i);
            for (int field = 0; field < row.length(); field++) {
                boolean left = field == contributions && !row.<Boolean>getAs("is_anomaly");
                assertThat(row.get(field)).isEqualTo(left ? null : all.get(i).get(field));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void falseDiscoveriesAreFoundInScoredRows(int partitions) {
        Dataset<Row> rows = rows(partitions);
        TrainedModel model = calibratedOnTheLower(rows);
        List<Row> scored =
                RowScoring.score(rows, model, plan(0, 0, ExplainedRows.ALL)).collectAsList();
        List<Double> p = scored.stream()
                .map(row -> row.<Double>getAs("tail_probability"))
                .sorted()
                .toList();
        double share = 0.3;
        long expected = IntStream.rangeClosed(1, ROWS)
                .filter(k -> p.get(k - 1) <= k * share / ROWS)
                .max()
                .orElse(0);

        FalseDiscoveries found = FalseDiscoveries.of(rows, model, 2, share);

        assertThat(found.rows()).isEqualTo(ROWS);
        assertThat(expected).isBetween(1L, ROWS - 1L);
        assertThat(scored.stream().filter(row -> row.<Double>getAs("anomaly_score") > found.threshold()))
                .hasSize((int) expected);
    }

    @Test
    void microBatchesAreTakenOnceEach() {
        TrainedModel model = model();
        ScoringTally tally = tally(model);

        RowScoring.score(rows(2), model, plan(0, 0, ExplainedRows.ALL), tally).collectAsList();

        assertThat(tally.take(0)).isEmpty();
        assertThat(tally.take(ScoringTally.NO_MICRO_BATCH))
                .hasValueSatisfying(counts -> assertThat(counts.rows()).isEqualTo(ROWS));
        assertThat(tally.take(ScoringTally.NO_MICRO_BATCH)).isEmpty();
    }

    /** On the rows but for the highest tenth, which are anomalies then. */
    private static TrainedModel calibratedOnTheLower(Dataset<Row> rows) {
        TrainedModel model = model();
        double[] scores = RowScoring.score(rows, model, plan(0, 0, ExplainedRows.ALL)).collectAsList().stream()
                .mapToDouble(row -> row.<Double>getAs("anomaly_score"))
                .sorted()
                .limit(ROWS - ROWS / 10)
                .toArray();
        Calibration calibration = Calibration.of(scores, new ThresholdRule.Quantile(0.99), 2, Optional.empty());
        return new TrainedModel(
                model.manifest(),
                model.encoder(),
                model.network(),
                calibration,
                model.recalibration(),
                model.tails(),
                model.nearest(),
                model.history(),
                Optional.empty());
    }

    private static ScoringTally tally(TrainedModel model) {
        return new ScoringTally(SharedSpark.session(), model.encoder(), Optional.empty());
    }

    private static ScoringPlan plan(double threshold, int explained, ExplainedRows which) {
        return new ScoringPlan(List.of("id"), 2, threshold, explained, which, Instant.EPOCH);
    }

    /** Above it is about a twentieth. */
    private static double threshold(TrainedModel model, Dataset<Row> rows) {
        return RowScoring.score(rows, model, plan(0, 0, ExplainedRows.ALL))
                .stat()
                .approxQuantile("anomaly_score", new double[] {0.95}, 0)[0];
    }

    private static Dataset<Row> rows(int partitions) {
        return SharedSpark.session()
                .createDataFrame(SmallModels.mixedRows(ROWS, 11), SmallModels.MIXED_SCHEMA)
                .repartition(partitions);
    }

    private static TrainedModel model() {
        return SmallModels.mixed();
    }
}
