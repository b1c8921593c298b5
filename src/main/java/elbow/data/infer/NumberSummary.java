package elbow.data.infer;

import elbow.data.encoding.CommonValues;
import elbow.data.table.Markers;
import elbow.data.table.RowFields;
import elbow.math.ExactMoments;
import org.jspecify.annotations.Nullable;

/** What numbers are like: moments, quantiles, and which values there are if they are few. */
final class NumberSummary implements ColumnSummary {
    private static final long serialVersionUID = 5L;

    /** Beyond this, doubles do not tell all whole numbers apart. */
    static final double EXACT_WHOLE = 0x1p53;

    private static final int NONE = -1;

    long missing;
    long infinite;
    long count;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    long minimumCount;
    long maximumCount;
    long zeros;
    boolean whole = true;

    /** Whether some are written with zeros before them. */
    boolean padded;

    final ValueHistogram histogram = new ValueHistogram();
    final LevelCounts levels = new LevelCounts();
    private final DistinctValues distinct = new DistinctValues();
    private final ExactMoments moments = new ExactMoments();
    private final @Nullable Markers markers;
    private final int identity;
    private boolean beyondDoubles;

    NumberSummary() {
        this(null, NONE);
    }

    /**
     * @param markers numbers that stand for no value; null: none does
     * @param identity the field that tells whole numbers apart where doubles do not; negative: there is none
     */
    NumberSummary(@Nullable Markers markers, int identity) {
        this.markers = markers;
        this.identity = identity;
    }

    /** The same, of which it is known whether some are written with zeros before them. */
    NumberSummary padded(boolean known) {
        padded = known;
        return this;
    }

    @Override
    public void add(RowFields row, int field) {
        double value = row.number(field);
        if (Double.isNaN(value) || (markers != null && markers.contains(value))) {
            missing++;
        } else if (identity >= 0 && Math.abs(value) > EXACT_WHOLE) {
            addLarge(value, 1, row.whole(identity));
        } else {
            add(value, 1);
        }
    }

    /** Takes in a number that came up {@code times} times; NaN is none. */
    void add(double value, long times) {
        addValue(value, times);
        if (whole && !Double.isInfinite(value)) {
            // Fractions are hardly ever names; to count their values would cost more than all the rest.
            distinct.add(Double.doubleToRawLongBits(value + 0.0));
        }
    }

    /**
     * The same of a text.
     *
     * @param name tells the text from others
     */
    void add(double value, long times, long name) {
        if (Math.abs(value) > EXACT_WHOLE && value == Math.rint(value) && !Double.isInfinite(value)) {
            addLarge(value, times, name);
        } else {
            add(value, times);
        }
    }

    private void addLarge(double value, long times, long name) {
        addValue(value, times);
        beyondDoubles = true;
        distinct.add(name);
    }

    private void addValue(double value, long times) {
        if (Double.isInfinite(value)) {
            infinite += times;
            return;
        }
        count += times;
        moments.add(value, times);
        addEnds(value, times, value, times);
        zeros += value == 0 ? times : 0;
        whole &= value == Math.rint(value);
        histogram.add(value, times);
        levels.add(value, times);
    }

    private void addEnds(double least, long timesLeast, double greatest, long timesGreatest) {
        if (least <= minimum) {
            minimumCount = timesLeast + (least == minimum ? minimumCount : 0);
            minimum = Math.min(minimum, least);
        }
        if (greatest >= maximum) {
            maximumCount = timesGreatest + (greatest == maximum ? maximumCount : 0);
            maximum = Math.max(maximum, greatest);
        }
    }

    @Override
    public long rows() {
        return count + missing + infinite;
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
        addEnds(other.minimum, other.minimumCount, other.maximum, other.maximumCount);
        zeros += other.zeros;
        whole &= other.whole;
        beyondDoubles |= other.beyondDoubles;
        padded |= other.padded;
        histogram.merge(other.histogram);
        levels.merge(other.levels);
        distinct.merge(other.distinct);
    }

    /** How many rows have a common value. */
    long rows(CommonValues common, int value) {
        return Math.round(common.shares().get(value) * count);
    }

    /** Of the other numbers, exactly. */
    ExactMoments momentsWithout(CommonValues common) {
        ExactMoments others = new ExactMoments();
        others.merge(moments);
        for (int i = 0; i < common.values().size(); i++) {
            others.add(common.values().get(i), -rows(common, i));
        }
        return others;
    }

    double mean() {
        return moments.mean();
    }

    /** With divisor n, so that the standardised training rows have variance 1. */
    double standardDeviation() {
        return moments.standardDeviation();
    }

    /** Whether there are whole numbers that doubles do not tell apart, perhaps. */
    boolean isBeyondDoubles() {
        return beyondDoubles && whole;
    }

    /** Whether not every different number is known. */
    boolean isEstimated() {
        return levels.overflown() || isBeyondDoubles();
    }

    /** About how many different numbers there are; NaN if that is not known, but many. */
    double distinct() {
        if (!isEstimated()) {
            return levels.size();
        }
        return whole ? distinct.estimate() : Double.NaN;
    }
}
