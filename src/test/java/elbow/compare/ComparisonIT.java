package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.compare.ModelComparison.Changed;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.score.SmallModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ComparisonIT {
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType);
    private static final FeatureEncoder ENCODER =
            TestEncoders.encoder().real("a", 1, 2).real("b", -3, 0.5).gaps("b").build();
    private static final ComparedModel FIRST = model("one", ENCODER, 7, 0);
    private static final ComparedModel SECOND = model("other", ENCODER, 8, 2);

    @Test
    void figuresAreThoseOfTheScoreTables() {
        ModelComparison found = Comparison.of(rows(900, 3), FIRST, SECOND, List.of("id"));

        List<Row> both = scored(FIRST, 900)
                .join(scored(SECOND, 900).toDF("id", "elbo2", "kl2", "score2", "flag2"), "id")
                .collectAsList();
        double[] differences = both.stream()
                .mapToDouble(row -> row.<Double>getAs("elbo2") - row.<Double>getAs("elbo"))
                .toArray();
        double mean = mean(differences);
        double variance = 0;
        for (double difference : differences) {
            variance += Math.pow(difference - mean, 2) / differences.length;
        }
        assertThat(found.rows()).isEqualTo(900);
        assertThat(found.notFinite()).isZero();
        assertThat(found.difference().mean().value()).isCloseTo(mean, within(1e-9));
        assertThat(found.difference().mean().standardError()).isCloseTo(Math.sqrt(variance / 899), within(1e-9));
        assertThat(found.second().elbo().value() - found.first().elbo().value()).isCloseTo(mean, within(1e-9));
        assertThat(found.difference().higher())
                .isEqualTo(Arrays.stream(differences).filter(x -> x > 0).count());
        assertThat(found.first().kl()).isCloseTo(mean(both, "kl"), within(1e-9));
        assertThat(found.flags().both()).isEqualTo(count(both, true, true)).isPositive();
        assertThat(found.flags().onlyFirst())
                .isEqualTo(count(both, true, false))
                .isPositive();
        assertThat(found.flags().onlySecond())
                .isEqualTo(count(both, false, true))
                .isPositive();
        assertThat(found.flags().neither()).isEqualTo(count(both, false, false)).isPositive();
        assertThat(found.onlyFirst()).hasSizeLessThanOrEqualTo(20);
        List<String> strangest = both.stream()
                .filter(row -> row.<Boolean>getAs("is_anomaly") && !row.<Boolean>getAs("flag2"))
                .sorted((one, other) -> Double.compare(other.getAs("anomaly_score"), one.getAs("anomaly_score")))
                .limit(20)
                .map(row -> row.<String>getAs("id"))
                .toList();
        assertThat(found.onlyFirst().stream().map(row -> row.values().get(0))).isEqualTo(strangest);
        assertThat(found.onlySecond())
                .isSortedAccordingTo((one, other) -> Double.compare(other.second(), one.second()));
        assertThat(found.onlySecond().stream().map(Changed::second)).allMatch(score -> score > 2);
    }

    @Test
    void columnsAndTheKlSumToTheDifference() {
        ModelComparison found = Comparison.of(rows(600, 2), FIRST, SECOND, List.of());

        double columns = found.columns().stream()
                .mapToDouble(column -> column.difference().value())
                .sum();
        assertThat(columns - found.kl().value())
                .isCloseTo(found.difference().mean().value(), within(1e-9));
        for (ColumnDifference column : found.columns()) {
            assertThat(column.second() - column.first())
                    .isCloseTo(column.difference().value(), within(1e-9));
        }
        assertThat(found.columns()).extracting(ColumnDifference::column).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theResultIsTheSameForAnyPartitioning() {
        ModelComparison one = Comparison.of(rows(1500, 1), FIRST, SECOND, List.of("id"));

        assertThat(Comparison.of(rows(1500, 7), FIRST, SECOND, List.of("id"))).isEqualTo(one);
    }

    @Test
    void everyRowIsInTheHistogramAndInTheGrid() {
        ModelComparison found = Comparison.of(rows(700, 3), FIRST, SECOND, List.of());

        long inBars = found.difference().bars().inBins().stream()
                .mapToLong(rows -> rows)
                .sum();
        assertThat(inBars
                        + found.difference().bars().below()
                        + found.difference().bars().above())
                .isEqualTo(700);
        assertThat(found.scores().rows().stream().mapToLong(rows -> rows).sum()).isEqualTo(700);
        assertThat(inBars).isGreaterThan(680);
    }

    @Test
    void aModelAgreesWithItself() {
        ModelComparison found = Comparison.of(rows(300, 2), FIRST, FIRST, List.of());

        assertThat(found.difference().mean().value()).isZero();
        assertThat(found.difference().mean().sign()).isZero();
        assertThat(found.difference().higher()).isZero();
        assertThat(found.difference().equal()).isEqualTo(300);
        assertThat(found.rankCorrelation()).isEqualTo(1);
        assertThat(found.flags().overlap()).isEqualTo(1);
        assertThat(found.onlyFirst()).isEmpty();
    }

    @Test
    void modelsOfOtherColumnsAreComparedByTheirScoresAndTheSharedColumns() {
        FeatureEncoder alone =
                TestEncoders.encoder().real("b", -3, 0.5).gaps("b").build();

        ModelComparison found = Comparison.of(rows(200, 2), FIRST, model("b", alone, 9, 0), List.of());

        assertThat(found.comparability().objections()).containsExactly("Only A models column a.");
        assertThat(found.columns()).extracting(ColumnDifference::column).containsExactly("b", "a");
        assertThat(found.columns().get(0).difference().value()).isFinite();
        assertThat(found.columns().get(1).second()).isNaN();
        assertThat(found.columns().get(1).difference().value()).isNaN();
        assertThat(found.rankCorrelation()).isBetween(-1.0, 1.0);
    }

    @Test
    void noRowsCannotBeComparedOn() {
        Dataset<Row> none = rows(5, 1).filter("a > 1e9");

        assertThatThrownBy(() -> Comparison.of(none, FIRST, SECOND, List.of()))
                .hasMessage("the rows to compare models on must be at least one, but there are none");
    }

    private static ComparedModel model(String name, FeatureEncoder encoder, long seed, int samples) {
        return new ComparedModel(
                name,
                SmallModels.trained(
                        encoder,
                        SmallModels.network(SmallModels.spec(encoder, 1), seed),
                        Map.of("scoring.anomaly-score", "encoded"),
                        Optional.empty()),
                samples);
    }

    private static Dataset<Row> rows(int count, int partitions) {
        return SharedSpark.session().createDataFrame(table(count), SCHEMA).repartition(partitions);
    }

    private static List<Row> table(int count) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(RowFactory.create(
                    "row" + i,
                    1 + 2 * random.nextGaussian(),
                    random.nextInt(4) == 0 ? null : -3 + 0.5 * random.nextGaussian()));
        }
        return rows;
    }

    private static Dataset<Row> scored(ComparedModel compared, int rows) {
        ScoringPlan plan = new ScoringPlan(
                List.of("id"),
                compared.samples(),
                compared.model().calibration().threshold(),
                0,
                Instant.EPOCH);
        return RowScoring.score(rows(rows, 2), compared.model(), plan)
                .select("id", "elbo", "kl", "anomaly_score", "is_anomaly");
    }

    private static long count(List<Row> rows, boolean first, boolean second) {
        return rows.stream()
                .filter(row -> row.<Boolean>getAs("is_anomaly") == first && row.<Boolean>getAs("flag2") == second)
                .count();
    }

    private static double mean(List<Row> rows, String column) {
        return rows.stream()
                .mapToDouble(row -> row.<Double>getAs(column))
                .average()
                .orElseThrow();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
