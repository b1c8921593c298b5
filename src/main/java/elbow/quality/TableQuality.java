package elbow.quality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How good a synthetic table is.
 *
 * @param realRows rows of the real table that were looked at
 * @param syntheticRows rows of the synthetic table that were looked at
 * @param holdoutRows real rows that the synthetic table was not made from; empty: there are none
 * @param shapes of the columns, in the real table's order
 * @param trends of all pairs of columns
 * @param leftOut why other columns of the real table were not compared
 * @param copies share of the synthetic rows that equal a real one in all columns that were compared, be it one that was
 *     looked at or not
 * @param holdoutCopies the same of the held-out rows: what is so without copying
 * @param closest how near synthetic rows are to real ones; empty without held-out rows
 * @param usefulness what can be learned from the table; empty without a target
 */
public record TableQuality(
        long realRows,
        long syntheticRows,
        OptionalLong holdoutRows,
        List<ColumnShape> shapes,
        List<PairTrend> trends,
        Map<String, String> leftOut,
        double copies,
        double holdoutCopies,
        Optional<ClosestRecords> closest,
        Optional<Usefulness> usefulness) {
    public TableQuality {
        shapes = List.copyOf(shapes);
        trends = List.copyOf(trends);
    }

    /** The mean score of the columns' shapes, from 0 to 1: the same. */
    public double columnShapes() {
        return mean(shapes.stream().mapToDouble(ColumnShape::score).toArray());
    }

    /** The mean score of the pairs' trends, from 0 to 1: the same. NaN for one column. */
    public double pairTrends() {
        return mean(trends.stream().mapToDouble(PairTrend::score).toArray());
    }

    // Of those that say something.
    private static double mean(double[] scores) {
        double sum = 0;
        int count = 0;
        for (double score : scores) {
            sum += Double.isNaN(score) ? 0 : score;
            count += Double.isNaN(score) ? 0 : 1;
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
