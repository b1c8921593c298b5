package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.data.feature.TestEncoders;
import elbow.data.reference.KeptColumn;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.MarginalTails.Tail;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NearestRows.Kind;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnPartsTest {
    /**
     * Log-densities are -1.5, -2.5 and -0.75 in the first row, 10 less in each further one, 0 for what is missing; of a
     * category's columns the first has it.
     */
    private static final RowScores SCORES =
            scores(-1.5, -2.5, -0.75, 0, 0, -11.5, -12.5, -10.75, 0, 0, -21.5, 0, 0, 0, 0);

    private static RowScores scores(double... logDensities) {
        RowScores scores = new RowScores(VaeSpec.builder(5, 1).build(), 3, Set.of(Detail.COLUMNS));
        System.arraycopy(logDensities, 0, scores.columnReconstructions(), 0, logDensities.length);
        return scores;
    }

    private static final FeatureEncoder ENCODER = TestEncoders.encoder()
            .stretched("tailed", 3, 0.5, 0.25, 2)
            .positive("price", 2, 0.5)
            .categorical("colour", "red", "blue")
            .gaps("tailed", "price", "colour")
            .build();
    private static final StructType SCHEMA = new StructType()
            .add("colour", DataTypes.StringType)
            .add("tailed", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType);
    private static final List<Row> ROWS = List.of(
            RowFactory.create("red", 3.0, Math.exp(2)),
            RowFactory.create("blue", 8.0, 20.0),
            RowFactory.create(null, 8.0, null));

    @Test
    void aPartIsMinusTheLogDensityInTheColumnsOwnUnit() {
        ColumnParts parts = parts(AnomalyScoring.Formula.ELBO);
        EncodedRows rows = SmallModels.encoded(ENCODER, SCHEMA, ROWS);
        // One unit of tailed is one encoded one at its centre, and 1 / sqrt(101) at 8; one of price 1 / e^2.
        assertThat(parts.columns()).isEqualTo(3);
        assertThat(parts.of(rows, SCORES, 0)[0]).isCloseTo(1.5, within(1e-6));
        assertThat(parts.of(rows, SCORES, 0)[1]).isCloseTo(2.5 + 2, within(1e-6));
        assertThat(parts.of(rows, SCORES, 0)[2]).isEqualTo(0.75);
        assertThat(parts.of(rows, SCORES, 1)[0]).isCloseTo(11.5 + 0.5 * Math.log(101), within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[1]).isCloseTo(12.5 + 2, within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[2]).isEqualTo(10.75);
    }

    @Test
    void encodedScalesLeaveOutTheLogJacobian() {
        ColumnParts parts = parts(AnomalyScoring.Formula.ENCODED);
        EncodedRows rows = SmallModels.encoded(ENCODER, SCHEMA, ROWS);
        assertThat(parts.of(rows, SCORES, 0)[0]).isCloseTo(1.5, within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[0]).isCloseTo(11.5, within(1e-6));
        // The density per unit of x / e^2 becomes that of log x.
        assertThat(parts.of(rows, SCORES, 0)[1]).isCloseTo(2.5, within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[1]).isCloseTo(12.5 - Math.log(20 / Math.exp(2)), within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[2]).isEqualTo(10.75);
    }

    @Test
    void inTheFirstVersionUnitsCountAndBendsDoNot() {
        ColumnParts parts =
                new ColumnParts(ENCODER.layout(), AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, 1, ENCODER));
        EncodedRows rows = SmallModels.encoded(ENCODER, SCHEMA, ROWS);
        assertThat(parts.of(rows, SCORES, 1)[0]).isCloseTo(11.5, within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[1]).isCloseTo(12.5 + 2 - Math.log(20 / Math.exp(2)), within(1e-6));
        assertThat(parts.of(rows, SCORES, 1)[2]).isEqualTo(10.75);
        assertThat(parts.of(rows, SCORES, 2)[1]).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = AnomalyScoring.Formula.class,
            names = {"ENCODED", "ELBO"})
    void whatIsMissingAddsNothing(AnomalyScoring.Formula formula) {
        ColumnParts parts = parts(formula);
        EncodedRows rows = SmallModels.encoded(ENCODER, SCHEMA, ROWS);
        assertThat(parts.of(rows, SCORES, 2)[1]).isZero();
        assertThat(parts.of(rows, SCORES, 2)[2]).isZero();
        assertThat(parts.of(rows, SCORES, 2)[0]).isCloseTo(parts.of(rows, SCORES, 1)[0] + 10, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"LIKELIHOOD_RATIO, 1", "LIKELIHOOD_RATIO, 2", "ENCODED, 1", "ENCODED, 2", "ELBO, 1", "ELBO, 2"})
    void withTheKlDivergenceAllPartsSumToTheAnomalyScore(AnomalyScoring.Formula formula, int version) {
        partsSum(AnomalyScoring.of(formula, version, SmallModels.MIXED));
    }

    @Test
    void soDoThoseOfTails() {
        List<Tail> tails = new ArrayList<>();
        FeatureLayout layout = SmallModels.MIXED.layout();
        for (int i = 0; i < layout.features(); i++) {
            int width = layout.offset(i + 1) - layout.offset(i);
            float[] knots = width == 1 ? new float[] {-0.5f, 0.5f} : new float[0];
            float[] nats = new float[Math.max(2, width)];
            Arrays.fill(nats, i + 1);
            tails.add(new Tail(layout.columns().get(i), knots, nats, 20));
        }
        MarginalTails all = new MarginalTails(2, tails, layout);
        AnomalyScoring scoring = AnomalyScoring.of(
                AnomalyScoring.Formula.ENCODED, 3, SmallModels.MIXED, Optional.of(all), Optional.empty());

        partsSum(scoring);

        EncodedRows rows =
                SmallModels.encoded(SmallModels.MIXED, SmallModels.MIXED_SCHEMA, SmallModels.mixedRows(1, 1));
        double without = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, SmallModels.MIXED)
                .score(-3, rows, 0);
        assertThat(scoring.score(-3, rows, 0))
                .isCloseTo(without + all.of(rows.values(), rows.observed(), 0), within(1e-9))
                .isGreaterThan(without + 1);
    }

    @Test
    void soDoThoseOfDistances() {
        FeatureLayout layout = SmallModels.MIXED.layout();
        List<KeptColumn> columns = new ArrayList<>();
        for (int i = 0; i < layout.features(); i++) {
            boolean isNumber = layout.offset(i + 1) - layout.offset(i) == 1;
            float[] values = isNumber ? new float[] {-1, Float.NaN, 0.5f * i} : new float[] {0, 1, Float.NaN};
            columns.add(new KeptColumn(
                    layout.columns().get(i), isNumber ? Kind.NUMBER : Kind.CATEGORY, 0, isNumber ? 2 : 3, values));
        }
        NearestRows all = new NearestRows(2, 2, 0.1, new float[] {1, 0.5f, 3}, columns, layout);
        AnomalyScoring scoring = AnomalyScoring.of(
                AnomalyScoring.Formula.ENCODED, 4, SmallModels.MIXED, Optional.empty(), Optional.of(all));

        partsSum(scoring);

        EncodedRows rows =
                SmallModels.encoded(SmallModels.MIXED, SmallModels.MIXED_SCHEMA, SmallModels.mixedRows(1, 1));
        double without = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, SmallModels.MIXED)
                .score(-3, rows, 0);
        assertThat(scoring.score(-3, rows, 0))
                .isCloseTo(without + all.of(rows.values(), rows.observed(), 0, rows.distances()), within(1e-9))
                .isGreaterThan(without + 1);
    }

    private static void partsSum(AnomalyScoring scoring) {
        FeatureEncoder encoder = SmallModels.MIXED;
        ColumnParts parts = new ColumnParts(encoder.layout(), scoring);
        EncodedRows rows = SmallModels.encoded(encoder, SmallModels.MIXED_SCHEMA, SmallModels.mixedRows(40, 1));
        RowScores scores;
        try (ModelInTask used = new ModelInTask(SmallModels.scoring(SmallModels.mixedNetwork(), 3))) {
            scores = used.newScores(Set.of(Detail.COLUMNS));
            used.score(rows, scores);
        }
        for (int row = 0; row < 40; row++) {
            double sum = scores.kl(row);
            for (int column = 0; column < parts.columns(); column++) {
                sum += parts.of(rows, scores, row)[column];
            }
            assertThat(sum).isCloseTo(scoring.score(scores.elbo(row), rows, row), within(1e-9));
        }
    }

    private static ColumnParts parts(AnomalyScoring.Formula formula) {
        return new ColumnParts(ENCODER.layout(), AnomalyScoring.of(formula, ENCODER));
    }
}
