package elbow.data;

import org.apache.spark.sql.Row;

/**
 * Moments of a number column in double: Welford's update, and the pairwise merge of Chan, Golub and LeVeque
 * ("Algorithms for computing the sample variance", 1983).
 */
final class NumberSummary implements ColumnSummary {
    private static final long serialVersionUID = 1L;

    long missing;
    long notFinite;
    long count;
    double mean;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    boolean onlyZeroOne = true;
    private double squares;

    @Override
    public void add(Row row, int index) {
        if (row.isNullAt(index)) {
            missing++;
        } else {
            add(row.getDouble(index));
        }
    }

    void add(double value) {
        if (!Double.isFinite(value)) {
            notFinite++;
            return;
        }
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        onlyZeroOne &= value == 0 || value == 1;
    }

    @Override
    public void merge(ColumnSummary summary) {
        NumberSummary other = (NumberSummary) summary;
        missing += other.missing;
        notFinite += other.notFinite;
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double difference = other.mean - mean;
        mean += difference * other.count / total;
        squares += other.squares + difference * difference * count / total * other.count;
        count = total;
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        onlyZeroOne &= other.onlyZeroOne;
    }

    /** With divisor n, so that the standardised training rows have variance 1. */
    double standardDeviation() {
        return Math.sqrt(squares / count);
    }
}
