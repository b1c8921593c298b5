package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoredRowsTest {
    private static final FeatureEncoder MIXED = SmallModels.MIXED;
    private static final AnomalyScoring RATIO = AnomalyScoring.of(AnomalyScoring.Formula.LIKELIHOOD_RATIO, MIXED);

    private final TaskScope task = new TaskScope();

    @AfterEach
    void endTask() {
        task.close();
    }

    @Test
    void scoresAreThoseOnPaperInTheColumnsOwnUnits() {
        List<Row> rows = TwoNumbers.rows(600);
        ScoredRows scored = plain(rows.iterator(), 0);
        for (Row row : rows) {
            ScoredRow found = scored.next();
            double logJacobian = TwoNumbers.LOG_JACOBIAN + TwoNumbers.ownLogJacobian(row);
            assertThat(found.input()).isSameAs(row);
            assertThat(found.elbo()).isCloseTo(TwoNumbers.elbo(row), within(3e-5));
            assertThat(found.reconstruction()).isCloseTo(TwoNumbers.reconstruction(row) + logJacobian, within(3e-5));
            assertThat(found.kl()).isCloseTo(TwoNumbers.kl(row), within(3e-6));
            assertThat(found.elbo()).isCloseTo(found.reconstruction() - found.kl(), within(1e-12));
            assertThat(found.anomalyScore()).isEqualTo(-found.elbo());
            assertThat(found.importanceWeightedBound()).isNaN();
            assertThat(found.observed()).isEqualTo(row.isNullAt(1) ? 1 : 2);
            assertThat(found.squaredError()).isNaN();
        }
        assertThat(scored.hasNext()).isFalse();
    }

    @Test
    void theBoundOfSeveralSamplesIsInTheSameUnits() {
        // It differs from the ELBO by a few nats of noise and slack; the log-Jacobian of a row without b by 0.69.
        List<Row> rows = TwoNumbers.rows(600);
        ScoredRows scored = plain(rows.iterator(), 200);
        double gap = 0;
        double gapWithoutB = 0;
        for (Row row : rows) {
            ScoredRow found = scored.next();
            assertThat(found.importanceWeightedBound()).isFinite();
            gap += row.isNullAt(1) ? 0 : (found.importanceWeightedBound() - logProbability(row)) / 400;
            gapWithoutB += row.isNullAt(1) ? (found.importanceWeightedBound() - logProbability(row)) / 200 : 0;
        }
        // Below log p(x) on average, by less than a tenth of a nat.
        assertThat(gap).isBetween(-0.1, 0.01);
        assertThat(gapWithoutB).isBetween(-0.1, 0.01);
    }

    /** Of the exact marginal: z is standard normal, a = 1.5 z - 0.25, b = -0.5 z + 1 and noise. */
    private static double logProbability(Row row) {
        double a = TwoNumbers.encodedA(row) + 0.25;
        double varianceA = 1.5 * 1.5 + Math.exp(-0.5);
        double logJacobian = TwoNumbers.LOG_JACOBIAN + TwoNumbers.ownLogJacobian(row);
        double logA = -0.5 * (a * a / varianceA + Math.log(2 * Math.PI * varianceA));
        if (row.isNullAt(1)) {
            return logA + logJacobian;
        }
        double covariance = -0.5 * 1.5;
        double meanB = covariance / varianceA * a;
        double varianceB = 0.25 + Math.exp(0.25) - covariance * covariance / varianceA;
        double b = TwoNumbers.encodedB(row) - 1 - meanB;
        return logA - 0.5 * (b * b / varianceB + Math.log(2 * Math.PI * varianceB)) + logJacobian;
    }

    @Test
    void theSquaredErrorIsThatOfTheEncodedNumbersThatAreThere() {
        List<Row> rows = TwoNumbers.rows(600);
        RowEncoder encoder = TwoNumbers.ENCODER.bind(TwoNumbers.SCHEMA);
        ScoredRows scored =
                ScoredRows.withSquaredError(rows.iterator(), encoder, TwoNumbers.model(0), elbo(TwoNumbers.ENCODER));
        for (Row row : rows) {
            double a = TwoNumbers.encodedA(row) - TwoNumbers.expectedA(row);
            double b = row.isNullAt(1) ? 0 : TwoNumbers.encodedB(row) - TwoNumbers.expectedB(row);
            assertThat(scored.next().squaredError()).isCloseTo(a * a + b * b, within(2e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1024})
    void rowsScoreAsTheyDoAloneAndInTheirOrder(int count) {
        List<Row> rows = SmallModels.mixedRows(count, 5);
        RowEncoder encoder = MIXED.bind(SmallModels.MIXED_SCHEMA);
        ScoringModel model = SmallModels.scoring(SmallModels.mixedNetwork(), 2);
        ScoredRows together = ScoredRows.withParts(rows.iterator(), encoder, model, RATIO, MIXED.layout());
        int step = Math.max(1, count / 40);
        for (int i = 0; i < count; i++) {
            ScoredRow found = together.next();
            assertThat(found.input()).isSameAs(rows.get(i));
            if (i % step == 0 || i == count - 1 || (i >= 510 && i <= 513)) {
                ScoredRows alone =
                        ScoredRows.withParts(List.of(rows.get(i)).iterator(), encoder, model, RATIO, MIXED.layout());
                assertThat(found).isEqualTo(alone.next());
                assertThat(parts(together)).isEqualTo(parts(alone));
            }
        }
        assertThat(together.hasNext()).isFalse();
    }

    @Test
    void withTheKlDivergencePartsSumToTheAnomalyScore() {
        RowEncoder encoder = MIXED.bind(SmallModels.MIXED_SCHEMA);
        ScoringModel model = SmallModels.scoring(SmallModels.mixedNetwork(), 0);
        ScoredRows scored =
                ScoredRows.withParts(SmallModels.mixedRows(700, 6).iterator(), encoder, model, RATIO, MIXED.layout());
        while (scored.hasNext()) {
            ScoredRow row = scored.next();
            double sum = row.kl();
            for (double part : parts(scored)) {
                sum += part;
            }
            assertThat(sum).isCloseTo(row.anomalyScore(), within(1e-9));
        }
    }

    @Test
    void partsAreAddedToWhatIsThere() {
        ScoredRows scored = withParts(TwoNumbers.rows(2).iterator());
        double[] sums = new double[2];
        scored.next();
        scored.addParts(sums);
        double[] first = sums.clone();
        scored.next();
        scored.addParts(sums);
        double[] second = parts(scored);
        assertThat(sums).containsExactly(first[0] + second[0], first[1] + second[1]);
        Row row = TwoNumbers.rows(1).get(0);
        assertThat(first[0]).isCloseTo(-TwoNumbers.logDensityA(row) + Math.log(2), within(3e-5));
        assertThat(first[1]).isCloseTo(-TwoNumbers.logDensityB(row) + Math.log(0.5), within(3e-5));
    }

    @Test
    void rowsAreReadAChunkAheadAndNoFurther() {
        Iterator<Row> endless =
                Collections.nCopies(Integer.MAX_VALUE, TwoNumbers.row(1, null)).iterator();
        List<Row> read = new ArrayList<>();
        ScoredRows scored = plain(
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return endless.hasNext();
                    }

                    @Override
                    public Row next() {
                        read.add(endless.next());
                        return read.get(read.size() - 1);
                    }
                },
                0);
        assertThat(read).isEmpty();
        scored.next();
        int chunk;
        try (ModelInTask used = new ModelInTask(TwoNumbers.model(0))) {
            chunk = used.chunkRows();
        }
        assertThat(read).hasSize(chunk);
    }

    @Test
    void anEmptyPartitionGivesNoRows() {
        ScoredRows scored = plain(Collections.emptyIterator(), 0);
        assertThat(scored.hasNext()).isFalse();
        assertThatThrownBy(scored::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatWasNotAskedForIsNotThere() {
        ScoredRows scored = plain(TwoNumbers.rows(1).iterator(), 0);
        scored.next();
        assertThatThrownBy(() -> scored.addParts(new double[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not asked for at construction");
        TrainedModel model = SmallModels.trained(
                MIXED, SmallModels.mixedNetwork(), Map.of(), Optional.of(SmallModels.mixedNormal()));
        Explanation explanation = Explanation.of(model, 3, SmallModels.MIXED_SCHEMA);
        assertThatThrownBy(() -> scored.explain(explanation)).isInstanceOf(IllegalStateException.class);
    }

    private static ScoredRows plain(Iterator<Row> rows, int samples) {
        RowEncoder encoder = TwoNumbers.ENCODER.bind(TwoNumbers.SCHEMA);
        return ScoredRows.plain(rows, encoder, TwoNumbers.model(samples), elbo(TwoNumbers.ENCODER));
    }

    private static ScoredRows withParts(Iterator<Row> rows) {
        FeatureEncoder encoder = TwoNumbers.ENCODER;
        return ScoredRows.withParts(
                rows, encoder.bind(TwoNumbers.SCHEMA), TwoNumbers.model(0), elbo(encoder), encoder.layout());
    }

    private static AnomalyScoring elbo(FeatureEncoder encoder) {
        return AnomalyScoring.of(AnomalyScoring.Formula.ELBO, encoder);
    }

    private static double[] parts(ScoredRows scored) {
        double[] parts = new double[MIXED.features().size()];
        scored.addParts(parts);
        return parts;
    }
}
