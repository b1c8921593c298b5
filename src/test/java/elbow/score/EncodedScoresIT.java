package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.data.feature.FeatureEncoder;
import elbow.data.shard.PackedRows;
import elbow.model.LatentUse;
import elbow.model.NormalParts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores of packed rows, and their means. */
class EncodedScoresIT {
    private static final FeatureEncoder ENCODER = TwoNumbers.ENCODER;
    private static final AnomalyScoring SCORING = AnomalyScoring.of(AnomalyScoring.Formula.ELBO, ENCODER);

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

    @ParameterizedTest
    @CsvSource({"1, 1, 100", "511, 1, 511", "513, 3, 100", "1024, 1, 600", "3000, 2, 700"})
    void scoresAreThoseOnPaperInTheOrderOfRows(int count, int partitions, int blockRows) {
        List<Row> rows = TwoNumbers.rows(count);
        EncodedScores scores = scores(packed(rows, partitions, blockRows), 0);
        double[] anomaly = scores.anomalyScores();
        assertThat(scores.rows()).isEqualTo(count);
        assertThat(anomaly).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(anomaly[i]).isCloseTo(-TwoNumbers.elbo(rows.get(i)), within(3e-5));
        }
        double kl = rows.stream().mapToDouble(TwoNumbers::kl).average().orElseThrow();
        double elbo = rows.stream().mapToDouble(TwoNumbers::elbo).average().orElseThrow();
        assertThat(scores.meanKl()).isCloseTo(kl, within(1e-5));
        assertThat(scores.meanElbo() + TwoNumbers.LOG_JACOBIAN).isCloseTo(elbo, within(1e-5));
        assertThat(scores.meanReconstruction()).isCloseTo(scores.meanElbo() + scores.meanKl(), within(1e-9));
    }

    @Test
    void scoresDoNotDependOnPartitionsAndBlocks() {
        List<Row> rows = TwoNumbers.rows(1500);
        double[] scores = scores(packed(rows, 1, 1500), 2).anomalyScores();
        assertThat(scores(packed(rows, 3, 100), 2).anomalyScores()).isEqualTo(scores);
        assertThat(scores(packed(rows, 7, 513), 2).anomalyScores()).isEqualTo(scores);
        AnomalyScoring encoded = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, ENCODER);
        assertThat(EncodedScores.anomalyScores(
                        spark, packed(rows, 3, 100), TwoNumbers.model(2), List.of(SCORING, encoded, SCORING)))
                .satisfies(found -> assertThat(found.get(0)).isEqualTo(scores))
                .satisfies(found -> assertThat(found.get(1)).hasSize(1500).isNotEqualTo(scores))
                .satisfies(found -> assertThat(found.get(2)).isEqualTo(scores));
    }

    @Test
    void normalPartsAreMeansOverTheRowsThatSumToTheMeanScore() {
        List<Row> rows = TwoNumbers.rows(1100);
        EncodedScores scores = scores(packed(rows, 2, 300), 0);
        NormalParts normal = scores.normalParts();
        double a = rows.stream().mapToDouble(TwoNumbers::logDensityA).average().orElseThrow();
        // A row without b adds 0, its share of the log-Jacobian with it.
        double b = rows.stream()
                .mapToDouble(row -> row.isNullAt(1) ? 0 : TwoNumbers.logDensityB(row) - Math.log(0.5))
                .average()
                .orElseThrow();
        assertThat(normal.columns()).containsExactly("a", "b");
        assertThat(normal.mean(0)).isCloseTo(-a + Math.log(2), within(1e-5));
        assertThat(normal.mean(1)).isCloseTo(-b, within(1e-5));
        assertThat(normal.latent()).isEqualTo(scores.meanKl());
        double mean = Arrays.stream(scores.anomalyScores()).average().orElseThrow();
        assertThat(normal.total()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void noRowsHaveNoMean() {
        EncodedScores scores = scores(spark.parallelize(List.of(), 2), 0);
        assertThat(scores.rows()).isZero();
        assertThat(scores.meanElbo()).isNaN();
        assertThat(scores.anomalyScores()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "513, 2", "1024, 3"})
    void meansAreThoseOfTheScores(int count, int partitions) {
        JavaRDD<PackedRows> blocks = packed(TwoNumbers.rows(count), partitions, 200);
        EncodedScores scores = scores(blocks, 2);
        EncodedMeans means = EncodedMeans.of(spark, blocks, TwoNumbers.model(2));
        assertThat(means.rows()).isEqualTo(count);
        assertThat(means.elbo()).isCloseTo(scores.meanElbo(), within(1e-9));
        assertThat(means.reconstruction()).isCloseTo(scores.meanReconstruction(), within(1e-9));
        assertThat(means.kl()).isCloseTo(scores.meanKl(), within(1e-9));
    }

    @Test
    void theUseOfLatentsIsThatOnPaperAndDoesNotDependOnPartitions() {
        List<Row> rows = TwoNumbers.rows(1500);
        LatentUse whole = EncodedMeans.of(spark, packed(rows, 1, 1500), TwoNumbers.model(1))
                .latents();
        double kl = rows.stream().mapToDouble(TwoNumbers::kl).average().orElseThrow();
        double mean =
                rows.stream().mapToDouble(TwoNumbers::posteriorMean).average().orElseThrow();
        double variance = rows.stream()
                .mapToDouble(row -> Math.pow(TwoNumbers.posteriorMean(row) - mean, 2))
                .average()
                .orElseThrow();
        assertThat(whole.kl())
                .singleElement()
                .satisfies(value -> assertThat(value).isCloseTo(kl, within(1e-6)));
        assertThat(whole.variances())
                .singleElement()
                .satisfies(value -> assertThat(value).isCloseTo(variance, within(1e-5)));
        for (int partitions = 2; partitions < 6; partitions++) {
            JavaRDD<PackedRows> blocks = packed(rows, partitions, 100 * partitions);
            assertThat(EncodedMeans.of(spark, blocks, TwoNumbers.model(1)).latents())
                    .isEqualTo(whole);
        }
    }

    @Test
    void meansOfNoRowsAreNone() {
        EncodedMeans means = EncodedMeans.of(spark, spark.parallelize(List.of(), 2), TwoNumbers.model(0));
        assertThat(means.rows()).isZero();
        assertThat(means.elbo()).isNaN();
        assertThat(means.latents().activeUnits()).isZero();
    }

    @Test
    void aLatentIsActiveIfItsPosteriorMeanHasAVarianceAboveAHundredth() {
        // The numbers a alternate; the posterior mean is 0.5 x (a - 1) / 2 and a constant, whose variance over both
        // halves is (0.5 x step / 2 / 2)^2: 0.01 for a step of 0.8.
        assertThat(activeUnits(0.81)).isEqualTo(1);
        assertThat(activeUnits(0.79)).isZero();
    }

    private int activeUnits(double step) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(TwoNumbers.row(5 + (i % 2) * step, -3.0));
        }
        return EncodedMeans.of(spark, packed(rows, 2, 100), TwoNumbers.model(0))
                .latents()
                .activeUnits();
    }

    private EncodedScores scores(JavaRDD<PackedRows> blocks, int samples) {
        return EncodedScores.of(spark, blocks, TwoNumbers.model(samples), ENCODER.layout(), SCORING);
    }

    private JavaRDD<PackedRows> packed(List<Row> rows, int partitions, int blockRows) {
        return spark.parallelize(rows, partitions).mapPartitions(partition -> {
            List<Row> own = new ArrayList<>();
            partition.forEachRemaining(own::add);
            return TwoNumbers.packed(own, blockRows);
        });
    }
}
