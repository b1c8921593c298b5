package elbow.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * How well a score ranks positive rows above negative ones; exact, ties included, at any number of rows. Spark's
 * BinaryClassificationMetrics has the same first area, but joins the points of precision and recall by lines, which is
 * not the average precision.
 *
 * @param positives how many rows are positive
 * @param negatives how many rows are not
 * @param auroc area under the receiver operating characteristic: the probability that a random positive row scores
 *     higher than a random negative one, ties counting half (Fawcett 2006, section 7)
 * @param averagePrecision the mean over the positive rows of the precision among all rows that score as high or higher
 *     (tied rows enter together)
 */
public record RankingMetrics(long positives, long negatives, double auroc, double averagePrecision) {

    /**
     * Ranks rows by score across the cluster: one sort, one pass for the counts of each partition, one for the sums.
     *
     * @param labelledScores score, higher is more positive, and whether the row is positive
     * @return metrics; NaN where there are no positive or no negative rows
     */
    public static RankingMetrics of(JavaPairRDD<Double, Boolean> labelledScores) {
        // Equal scores become one element, so that a tie never spans two partitions.
        JavaPairRDD<Double, Counts> descending = labelledScores
                .mapToPair(row -> new Tuple2<>(row._1() + 0.0, Counts.of(row._2())))
                .reduceByKey(Counts::plus)
                .sortByKey(false)
                .cache();
        try {
            List<Counts> partitions =
                    descending.values().mapPartitions(RankingMetrics::total).collect();
            List<Counts> above = new ArrayList<>();
            Counts sum = Counts.NONE;
            for (Counts partition : partitions) {
                above.add(sum);
                sum = sum.plus(partition);
            }
            Counts all = sum;
            double[] areas = descending
                    .values()
                    .mapPartitionsWithIndex(
                            (index, groups) -> List.of(areas(groups, above.get(index), all))
                                    .iterator(),
                            true)
                    .collect()
                    .stream()
                    .reduce(new double[2], (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
            return new RankingMetrics(
                    all.positives,
                    all.negatives,
                    areas[0] / ((double) all.positives * all.negatives),
                    areas[1] / all.positives);
        } finally {
            descending.unpersist(false);
        }
    }

    private static Iterator<Counts> total(Iterator<Counts> groups) {
        Counts sum = Counts.NONE;
        while (groups.hasNext()) {
            sum = sum.plus(groups.next());
        }
        return List.of(sum).iterator();
    }

    /** The partition's part of (number of ordered pairs, sum of precisions over positives). */
    private static double[] areas(Iterator<Counts> groups, Counts above, Counts all) {
        double pairs = 0;
        double precisions = 0;
        Counts seen = above;
        while (groups.hasNext()) {
            Counts group = groups.next();
            seen = seen.plus(group);
            long negativesBelow = all.negatives - seen.negatives;
            pairs += group.positives * (negativesBelow + 0.5 * group.negatives);
            precisions += group.positives * ((double) seen.positives / (seen.positives + seen.negatives));
        }
        return new double[] {pairs, precisions};
    }

    /** Rows of each kind. No record: Spark's Kryo cannot write records. */
    private static final class Counts implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Counts NONE = new Counts(0, 0);

        final long positives;
        final long negatives;

        Counts(long positives, long negatives) {
            this.positives = positives;
            this.negatives = negatives;
        }

        static Counts of(boolean positive) {
            return positive ? new Counts(1, 0) : new Counts(0, 1);
        }

        Counts plus(Counts other) {
            return new Counts(positives + other.positives, negatives + other.negatives);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Counts that && positives == that.positives && negatives == that.negatives;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * positives + negatives);
        }
    }
}
