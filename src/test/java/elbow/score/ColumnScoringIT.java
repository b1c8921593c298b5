package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ColumnScoringIT {
    private static final double LOG_JACOBIAN_OF_A = -Math.log(2);
    private static final double LOG_JACOBIAN_OF_B = -Math.log(0.5);

    @Test
    void eachColumnHasItsLogDensityInItsOwnUnitAndTogetherTheyAreTheReconstruction() {
        List<Row> rows = TwoNumbers.rows(700);
        TrainedModel model = SmallModels.trained(
                TwoNumbers.ENCODER, TwoNumbers.network(7), Map.of(AnomalyScoring.KEY, "encoded"), Optional.empty());
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

        List<double[]> found;
        try (ColumnScoring scoring = ColumnScoring.of(spark, model, 0, TwoNumbers.SCHEMA)) {
            found = spark.parallelize(rows, 3)
                    .mapPartitions(part -> arrays(scoring.score(part)))
                    .collect();
        }

        assertThat(found).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double b = row.isNullAt(1) ? 0 : TwoNumbers.logDensityB(row) + LOG_JACOBIAN_OF_B;
            assertThat(found.get(i)[0]).isCloseTo(TwoNumbers.logDensityA(row) + LOG_JACOBIAN_OF_A, within(1e-5));
            assertThat(found.get(i)[1]).isCloseTo(b, within(1e-5));
            assertThat(found.get(i)[0] + found.get(i)[1]).isCloseTo(found.get(i)[3], within(1e-9));
            assertThat(found.get(i)[2]).isCloseTo(TwoNumbers.elbo(row), within(1e-5));
            assertThat(found.get(i)[3] - found.get(i)[4]).isCloseTo(found.get(i)[2], within(1e-9));
            // The score is on the encoded scales, whatever the columns are on.
            assertThat(found.get(i)[5]).isCloseTo(TwoNumbers.kl(row) - TwoNumbers.reconstruction(row), within(1e-5));
        }
    }

    private static Iterator<double[]> arrays(Iterator<ColumnScoring.Scores> scores) {
        List<double[]> arrays = new ArrayList<>();
        scores.forEachRemaining(row -> arrays.add(new double[] {
            row.columns()[0], row.columns()[1], row.elbo(), row.reconstruction(), row.kl(), row.anomalyScore()
        }));
        return arrays.iterator();
    }
}
