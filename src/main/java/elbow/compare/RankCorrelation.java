package elbow.compare;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Spearman's rank correlation: the correlation of the ranks of two numbers, those that are equal having the mean of
 * their ranks (Kendall and Gibbons, Rank Correlation Methods, 5th ed. 1990, sections 1.13 and 3.8). Exact, and so the
 * same for any partitioning, at any number of rows.
 */
final class RankCorrelation {
    /** More than a double has: the root of a square is exact. */
    private static final MathContext DIGITS = new MathContext(40);

    private RankCorrelation() {}

    /**
     * The correlation of the numbers in two places of arrays, none of them NaN: in [-1, 1], or NaN if all numbers in
     * one of the places are equal, or there are none.
     */
    static double of(JavaRDD<double[]> rows, int first, int second) {
        // Rows that are equal in both are one element from here on.
        JavaPairRDD<Tuple2<Double, Double>, Long> pairs = rows.mapToPair(
                        row -> new Tuple2<>(new Tuple2<>(row[first] + 0.0, row[second] + 0.0), 1L))
                .reduceByKey(Long::sum)
                .cache();
        try {
            JavaPairRDD<Double, Tuple2<Long, Double>> byFirst = pairs.mapToPair(pair -> new Tuple2<>(
                    pair._1()._1(), new Tuple2<>(pair._2(), pair._1()._2())));
            Ranks ofFirst = Ranks.of(byFirst.mapValues(Tuple2::_1).reduceByKey(Long::sum));
            // For each number in the second place, how many rows have it, and the sum of their ranks in the first.
            JavaPairRDD<Double, BigInteger> sums = byFirst.join(ofFirst.centred())
                    .values()
                    .mapToPair(row -> new Tuple2<>(
                            row._1()._2(), BigInteger.valueOf(row._1()._1()).multiply(BigInteger.valueOf(row._2()))))
                    .reduceByKey(BigInteger::add);
            Ranks ofSecond =
                    Ranks.of(pairs.mapToPair(pair -> new Tuple2<>(pair._1()._2(), pair._2()))
                            .reduceByKey(Long::sum));
            BigInteger products = sum(ofSecond.centred()
                    .join(sums)
                    .values()
                    .map(row -> BigInteger.valueOf(row._1()).multiply(row._2())));
            BigDecimal squares = new BigDecimal(ofFirst.squares().multiply(ofSecond.squares()));
            return squares.signum() == 0
                    ? Double.NaN
                    : products.doubleValue() / squares.sqrt(DIGITS).doubleValue();
        } finally {
            pairs.unpersist(false);
        }
    }

    private static BigInteger sum(JavaRDD<BigInteger> numbers) {
        return numbers.fold(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * The ranks of different numbers.
     *
     * @param counted how often each comes up, ascending
     * @param before how many rows are in the partitions before each one
     * @param rows how many there are in all
     */
    private record Ranks(JavaPairRDD<Double, Long> counted, List<Long> before, long rows) {
        static Ranks of(JavaPairRDD<Double, Long> counts) {
            JavaPairRDD<Double, Long> counted = counts.sortByKey();
            List<Long> before = new ArrayList<>();
            long rows = 0;
            for (long partition : counted.values()
                    .mapPartitions(numbers -> List.of(total(numbers)).iterator())
                    .collect()) {
                before.add(rows);
                rows += partition;
            }
            return new Ranks(counted, before, rows);
        }

        /** Twice the distance of each number's rank from the mean of all ranks: a whole number. */
        JavaPairRDD<Double, Long> centred() {
            List<Long> starts = before;
            long all = rows;
            return JavaPairRDD.fromJavaRDD(
                    counted.mapPartitionsWithIndex((index, numbers) -> centred(numbers, starts.get(index), all), true));
        }

        /** The sum over all rows of the squares of {@link #centred}. */
        BigInteger squares() {
            return sum(centred()
                    .join(counted)
                    .values()
                    .map(row -> BigInteger.valueOf(row._1()).pow(2).multiply(BigInteger.valueOf(row._2()))));
        }

        private static Iterator<Tuple2<Double, Long>> centred(
                Iterator<Tuple2<Double, Long>> numbers, long start, long rows) {
            return new Iterator<>() {
                private long below = start;

                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Tuple2<Double, Long> next() {
                    Tuple2<Double, Long> number = numbers.next();
                    long centred = 2 * below + number._2() - rows;
                    below += number._2();
                    return new Tuple2<>(number._1(), centred);
                }
            };
        }
    }

    private static long total(Iterator<Long> numbers) {
        long total = 0;
        while (numbers.hasNext()) {
            total += numbers.next();
        }
        return total;
    }
}
