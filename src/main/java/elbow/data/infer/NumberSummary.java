package elbow.data.infer;

import elbow.data.table.RowFields;

/** What numbers are like: moments, quantiles, and which values there are if they are few. */
final class NumberSummary implements ColumnSummary {
    private static final long serialVersionUID = 3L;

    long missing;
    long infinite;
    long count;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    boolean whole = true;
    final ValueHistogram histogram = new ValueHistogram();
    final LevelCounts levels = new LevelCounts();
    private final DistinctValues distinct = new DistinctValues();
    private final ExactMoments moments = new ExactMoments();

    @Override
    public void add(RowFields row, int field) {
        double value = row.number(field);
        if (Double.isNaN(value)) {
            missing++;
        } else {
            add(value, 1);
        }
    }

    /** Takes in a number that came up {@code times} times; NaN is none. */
    void add(double value, long times) {
        if (Double.isInfinite(value)) {
            infinite += times;
            return;
        }
        count += times;
        moments.add(value, times);
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        whole &= value == Math.rint(value);
        histogram.add(value, times);
        levels.add(value, times);
        if (whole) {
            // Fractions are hardly ever identifiers, and counting their values would cost more than all the rest.
            distinct.add(Double.doubleToRawLongBits(value + 0.0));
        }
    }

    @Override
    public void seal() {
        moments.seal();
        distinct.seal();
    }

    @Override
    public void merge(ColumnSummary summary) {
        NumberSummary other = (NumberSummary) summary;
        missing += other.missing;
        infinite += other.infinite;
        if (other.count == 0) {
            return;
        }
        count += other.count;
        moments.merge(other.moments);
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        whole &= other.whole;
        histogram.merge(other.histogram);
        levels.merge(other.levels);
        distinct.merge(other.distinct);
    }

    double mean() {
        return moments.mean();
    }

    /** With divisor n, so that the standardised training rows have variance 1. */
    double standardDeviation() {
        return moments.standardDeviation();
    }

    /** About how many different numbers there are; NaN if that is not known, but many. */
    double distinct() {
        return !levels.overflown() ? levels.size() : whole ? distinct.estimate() : Double.NaN;
    }
}
