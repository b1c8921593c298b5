package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.table.Label;
import elbow.model.Calibration;
import elbow.model.NormalParts;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model makes of a whole table: its evaluation, and its calibration on it. */
class EvaluationIT {
    private static final Optional<Label> NO_LABEL = Optional.empty();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void meansAreThoseOnPaperWhateverThePartitioning(int partitions) {
        List<Row> rows = TwoNumbers.rows(1100);
        Evaluation evaluation = Evaluation.of(table(rows, partitions), model(), NO_LABEL, 0);
        double elbo = mean(rows, TwoNumbers::elbo);
        double kl = mean(rows, TwoNumbers::kl);
        double squares = 1100 * mean(rows, row -> Math.pow(TwoNumbers.elbo(row) - elbo, 2));
        assertThat(evaluation.rows()).isEqualTo(1100);
        assertThat(evaluation.elbo()).isCloseTo(elbo, within(1e-5));
        assertThat(evaluation.kl()).isCloseTo(kl, within(1e-5));
        assertThat(evaluation.reconstruction()).isCloseTo(evaluation.elbo() + evaluation.kl(), within(1e-9));
        assertThat(evaluation.elboStandardError()).isCloseTo(Math.sqrt(squares / 1099 / 1100), within(1e-6));
        assertThat(evaluation.ranking()).isEmpty();
    }

    @Test
    void theRootMeanSquaredErrorIsOverAllEncodedColumns() {
        List<Row> rows = TwoNumbers.rows(60);
        double squares = mean(rows, row -> {
            double a = TwoNumbers.encodedA(row) - TwoNumbers.expectedA(row);
            double b = row.isNullAt(1) ? 0 : TwoNumbers.encodedB(row) - TwoNumbers.expectedB(row);
            return a * a + b * b;
        });
        assertThat(Evaluation.of(table(rows, 2), model(), NO_LABEL, 0).rootMeanSquaredError())
                .isCloseTo(Math.sqrt(squares / 2), within(1e-5));
    }

    @Test
    void boundNeedsMoreThanOneSample() {
        Dataset<Row> table = table(TwoNumbers.rows(500), 2);
        assertThat(Evaluation.of(table, model(), NO_LABEL, 0).importanceWeightedBound())
                .isNaN();
        assertThat(Evaluation.of(table, model(), NO_LABEL, 1).importanceWeightedBound())
                .isNaN();
        Evaluation two = Evaluation.of(table, model(), NO_LABEL, 2);
        Evaluation fifty = Evaluation.of(table, model(), NO_LABEL, 50);
        assertThat(two.importanceWeightedBound()).isGreaterThan(two.elbo());
        assertThat(fifty.importanceWeightedBound()).isGreaterThan(two.importanceWeightedBound());
    }

    @Test
    void theStandardErrorOfTwoRowsIsHalfTheirDistanceAndThatOfOneIsNotKnown() {
        List<Row> rows = TwoNumbers.rows(2);
        double distance = Math.abs(TwoNumbers.elbo(rows.get(0)) - TwoNumbers.elbo(rows.get(1)));

        assertThat(Evaluation.of(table(rows, 1), model(), NO_LABEL, 0).elboStandardError())
                .isCloseTo(distance / 2, within(1e-5));
        Evaluation evaluation = Evaluation.of(table(TwoNumbers.rows(1), 1), model(), NO_LABEL, 0);
        assertThat(evaluation.rows()).isEqualTo(1);
        assertThat(evaluation.elboStandardError()).isNaN();
    }

    @Test
    void strangeRowsRankFirstWhateverTheirLabelsAreMadeOf() {
        assertRanking(DataTypes.BooleanType, false, true);
        assertRanking(DataTypes.IntegerType, 0, 1);
        assertRanking(DataTypes.DoubleType, 0.0, 1.0);
        assertRanking(DataTypes.StringType, "0", "1");
        assertRanking(DataTypes.StringType, "false", "true");
        assertRanking(DataTypes.StringType, "no", "yes");
        assertRanking(DataTypes.StringType, " No", "YES ");
        assertRanking(DataTypes.StringType, "0.0", "1.0");
    }

    private static void assertRanking(DataType type, Object normal, Object anomaly) {
        assertRanking(type, normal, anomaly, Label.of("anomaly"));
    }

    private static void assertRanking(DataType type, Object normal, Object anomaly, Label label) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(RowFactory.create(1.0 + i / 20.0, -3.0, normal));
        }
        rows.add(RowFactory.create(400.0, -3.0, anomaly));
        rows.add(RowFactory.create(1.0, 50.0, anomaly));
        RankingMetrics ranking = labelled(rows, type, label).ranking().orElseThrow();
        assertThat(ranking.positives()).isEqualTo(2);
        assertThat(ranking.negatives()).isEqualTo(20);
        assertThat(ranking.auroc()).isEqualTo(1);
        assertThat(ranking.averagePrecision()).isCloseTo(1, within(1e-12));
    }

    @Test
    void equallyStrangeRowsRankEqually() {
        List<Row> rows = List.of(
                RowFactory.create(1.0, -3.0, 1), RowFactory.create(1.0, -3.0, 0), RowFactory.create(1.0, -3.0, 0));
        RankingMetrics ranking = labelled(rows, DataTypes.IntegerType).ranking().orElseThrow();
        assertThat(ranking.auroc()).isEqualTo(0.5);
        assertThat(ranking.averagePrecision()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void invalidLabelsAreRefused() {
        Row normal = RowFactory.create(1.0, -3.0, "0");
        for (String text : new @Nullable String[] {"2", "maybe", null}) {
            assertThatThrownBy(
                            () -> labelled(List.of(normal, RowFactory.create(1.0, -3.0, text)), DataTypes.StringType))
                    .isInstanceOf(ElbowException.class)
                    .hasMessageContaining("label column anomaly must hold 1 and 0, true and false, or yes and no, but"
                            + " holds " + (text == null ? "no value" : "\"" + text + "\""));
        }
        List<Row> many = new ArrayList<>(List.of(normal));
        for (String text : List.of("legit", "fraud", "no", "1")) {
            many.add(RowFactory.create(1.0, -3.0, text));
        }
        assertThatThrownBy(() -> labelled(many, DataTypes.StringType))
                .hasMessageContaining("but holds \"fraud\", \"legit\": say which value is that of an anomaly, as label"
                        + " anomaly=VALUE");
        assertThatThrownBy(() -> labelled(List.of(normal, normal), DataTypes.StringType))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining(
                        "must name a column with both anomalies and normal rows, but by anomaly there are 0 anomalies"
                                + " and 2 normal rows")
                .extracting(e -> ((ElbowException) e).category())
                .isEqualTo(ErrorCategory.INPUT);
        assertThatThrownBy(
                        () -> Evaluation.of(table(TwoNumbers.rows(3), 1), model(), Optional.of(Label.of("fraud")), 0))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("must name a column of the input, but fraud is none; there are a, b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCalibrationHoldsTheScoresOfTheTableAndTheMeansOfTheirParts(int partitions) {
        List<Row> rows = TwoNumbers.rows(1300);
        Calibration calibration =
                ReferenceScores.calibrate(table(rows, partitions), model(), new ThresholdRule.Quantile(0.25), 0);
        double[] sorted =
                rows.stream().mapToDouble(row -> -TwoNumbers.elbo(row)).sorted().toArray();
        assertThat(calibration.rows()).isEqualTo(1300);
        assertThat(calibration.samples()).isZero();
        assertThat(calibration.scores()).containsExactly(sorted, within(3e-5));
        // Rank 324.75 of 0 to 1299.
        assertThat(calibration.threshold()).isCloseTo(sorted[324] + 0.75 * (sorted[325] - sorted[324]), within(3e-5));
        NormalParts normal = calibration.normal().orElseThrow();
        double b = mean(rows, row -> row.isNullAt(1) ? 0 : TwoNumbers.logDensityB(row) - Math.log(0.5));
        assertThat(normal.columns()).containsExactly("a", "b");
        assertThat(normal.mean(0)).isCloseTo(-mean(rows, TwoNumbers::logDensityA) + Math.log(2), within(1e-5));
        assertThat(normal.mean(1)).isCloseTo(-b, within(1e-5));
        assertThat(normal.latent()).isCloseTo(mean(rows, TwoNumbers::kl), within(1e-5));
        assertThat(normal.total())
                .isCloseTo(Arrays.stream(calibration.scores()).average().orElseThrow(), within(1e-9));
    }

    @Test
    void aCalibrationDoesNotDependOnThePartitioning() {
        List<Row> rows = TwoNumbers.rows(1300);
        ThresholdRule rule = new ThresholdRule.Quantile(0.9);
        Calibration one = ReferenceScores.calibrate(table(rows, 1), model(), rule, 3);
        Calibration five = ReferenceScores.calibrate(table(rows, 5), model(), rule, 3);
        assertThat(five.scores()).isEqualTo(one.scores());
        assertThat(five.samples()).isEqualTo(3);
        assertThat(five.normal().orElseThrow().total())
                .isCloseTo(one.normal().orElseThrow().total(), within(1e-9));
    }

    @Test
    void aCalibrationNeedsRowsWithFiniteScores() {
        ThresholdRule rule = new ThresholdRule.Quantile(0.5);
        // What the network expects of the second row is beyond all floats.
        List<Row> far = List.of(RowFactory.create(1.0, -3.0), RowFactory.create(6.8e38, 1.7e38));
        assertThatThrownBy(() -> ReferenceScores.calibrate(table(far, 1), model(), rule, 0))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("must be finite, but one is Infinity");
        Dataset<Row> none = table(TwoNumbers.rows(3), 1).filter("a > 1e9");
        assertThatThrownBy(() -> ReferenceScores.calibrate(none, model(), rule, 0))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessage("the rows to calibrate on must be at least one, but there are none");
    }

    @Test
    void aColumnThatTheModelNeedsMustBeThere() {
        Dataset<Row> table = table(TwoNumbers.rows(3), 1).drop("b");
        assertThatThrownBy(() -> ReferenceScores.calibrate(table, model(), new ThresholdRule.Quantile(0.5), 0))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("column b must be a number, but is missing");
    }

    @Test
    void anomaliesMayHaveAnyValueThatIsNamed() {
        assertRanking(DataTypes.StringType, "legit", "fraud", Label.of("anomaly", "fraud"));
        assertRanking(DataTypes.IntegerType, 3, 7, Label.of("anomaly", "7.0"));
        assertRanking(DataTypes.BooleanType, true, false, Label.of("anomaly", "False"));
        List<Row> rows = List.of(RowFactory.create(1.0, -3.0, "legit"), RowFactory.create(1.0, -3.0, null));
        assertThatThrownBy(() -> labelled(rows, DataTypes.StringType, Label.of("anomaly", "fraud")))
                .hasMessageContaining("label column anomaly must have a value in every row, but holds no value");
    }

    private static Evaluation labelled(List<Row> rows, DataType type) {
        return labelled(rows, type, Label.of("anomaly"));
    }

    private static Evaluation labelled(List<Row> rows, DataType type, Label label) {
        Dataset<Row> table = SharedSpark.session().createDataFrame(rows, TwoNumbers.SCHEMA.add("anomaly", type));
        return Evaluation.of(table, model(), Optional.of(label), 0);
    }

    private static Dataset<Row> table(List<Row> rows, int partitions) {
        return SharedSpark.session().createDataFrame(rows, TwoNumbers.SCHEMA).repartition(partitions);
    }

    private static TrainedModel model() {
        return SmallModels.trained(TwoNumbers.ENCODER, TwoNumbers.network(7), Map.of(), Optional.empty());
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).average().orElseThrow();
    }
}
