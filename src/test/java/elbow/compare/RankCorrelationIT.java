package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class RankCorrelationIT {
    @Test
    void isTheOneOnPaperWithTies() {
        // Ranks 1, 2.5, 2.5, 4 and 2, 1, 3.5, 3.5: products of the distances from 2.5 sum to 2.25, squares to 4.5 each.
        List<double[]> rows =
                List.of(row(3, 7), row(5, -1), row(5, Double.POSITIVE_INFINITY), row(8, Double.POSITIVE_INFINITY));

        assertThat(of(rows, 2)).isCloseTo(2.25 / 4.5, within(1e-15));
    }

    @Test
    void isThatOfTheRanksWhateverThePartitioning() {
        Random random = new Random(11);
        List<double[]> rows = Stream.generate(() -> {
                    double first = random.nextInt(30);
                    return row(first, first + random.nextInt(25));
                })
                .limit(500)
                .toList();
        double expected = correlation(ranks(rows, 0), ranks(rows, 1));

        assertThat(of(rows, 1)).isCloseTo(expected, within(1e-12));
        assertThat(of(rows, 5)).isEqualTo(of(rows, 1));
    }

    @Test
    void theSameOrderIsOneAndTheOtherWayRoundMinusOne() {
        assertThat(of(List.of(row(1, 10), row(2, 11), row(3, 500)), 2)).isEqualTo(1);
        assertThat(of(List.of(row(1, 10), row(2, 9), row(3, -500)), 2)).isEqualTo(-1);
    }

    @Test
    void scoresThatAreAllEqualHaveNone() {
        assertThat(of(List.of(row(1, 4), row(2, 4)), 2)).isNaN();
    }

    private static double[] row(double first, double second) {
        return new double[] {first, second};
    }

    private static double of(List<double[]> rows, int partitions) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        return RankCorrelation.of(spark.parallelize(new ArrayList<>(rows), partitions), 0, 1);
    }

    private static double[] ranks(List<double[]> rows, int place) {
        return rows.stream()
                .mapToDouble(row ->
                        rows.stream().filter(other -> other[place] < row[place]).count()
                                + 0.5
                                        * rows.stream()
                                                .filter(other -> other[place] == row[place])
                                                .count())
                .toArray();
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElseThrow();
        double meanOther = Arrays.stream(other).average().orElseThrow();
        double products = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int i = 0; i < one.length; i++) {
            products += (one[i] - meanOne) * (other[i] - meanOther);
            squaresOne += Math.pow(one[i] - meanOne, 2);
            squaresOther += Math.pow(other[i] - meanOther, 2);
        }
        return products / Math.sqrt(squaresOne * squaresOther);
    }
}
