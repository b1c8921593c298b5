package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class RankingMetricsIT {
    @Test
    void matchesHandComputedValuesWithTies() {
        // In descending order: 0.9 +, then 0.8 + and - tied, then 0.3 -, then 0.1 +.
        RankingMetrics metrics =
                metrics(List.of(row(0.8, true), row(0.1, true), row(0.9, true), row(0.8, false), row(0.3, false)), 3);

        assertThat(metrics.positives()).isEqualTo(3);
        assertThat(metrics.negatives()).isEqualTo(2);
        assertThat(metrics.auroc()).isCloseTo((2 + 1.5 + 0) / 6, within(1e-12));
        assertThat(metrics.averagePrecision()).isCloseTo((1 + 2 / 3.0 + 3 / 5.0) / 3, within(1e-12));
    }

    @Test
    void matchesTheDefinitionByPairsWhateverThePartitioning() {
        Random random = new Random(5);
        List<Tuple2<Double, Boolean>> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean positive = random.nextInt(4) == 0;
            rows.add(row(random.nextInt(40) + (positive ? 5 : 0), positive));
        }
        double pairs = 0;
        long positives = 0;
        for (Tuple2<Double, Boolean> one : rows) {
            positives += one._2() ? 1 : 0;
            for (Tuple2<Double, Boolean> other : rows) {
                if (one._2() && !other._2()) {
                    pairs += one._1() > other._1() ? 1 : one._1().equals(other._1()) ? 0.5 : 0;
                }
            }
        }
        double expected = pairs / (positives * (rows.size() - positives));

        assertThat(metrics(rows, 1).auroc()).isCloseTo(expected, within(1e-12));
        assertThat(metrics(rows, 7).auroc()).isCloseTo(expected, within(1e-12));
        assertThat(metrics(rows, 7).averagePrecision())
                .isCloseTo(metrics(rows, 1).averagePrecision(), within(1e-12));
    }

    @Test
    void oneClassHasNoRanking() {
        assertThat(metrics(List.of(row(1, false), row(2, false)), 2).auroc()).isNaN();
    }

    private static RankingMetrics metrics(List<Tuple2<Double, Boolean>> rows, int partitions) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        return RankingMetrics.of(context.parallelizePairs(rows, partitions));
    }

    private static Tuple2<Double, Boolean> row(double score, boolean positive) {
        return new Tuple2<>(score, positive);
    }
}
