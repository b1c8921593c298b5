package elbow.data.infer;

import elbow.data.feature.TimePart;
import elbow.data.table.RowFields;
import elbow.math.ExactMoments;
import java.util.stream.Stream;

/** From when to when points in time go, and how they lie within the periods of {@link TimePart}. */
final class TimeSummary implements ColumnSummary {
    private static final long serialVersionUID = 2L;

    private static final TimePart[] PARTS = TimePart.values();
    private static final double[] UNITS = {86_400, 60, 1};
    private static final double LEAST_UNIT = 1e-6;

    long missing;
    long count;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    /** Of which all times are multiples, in seconds: a day, a minute, a second or a microsecond. */
    double unit = UNITS[0];

    private final ExactMoments[] sines = noMoments();
    private final ExactMoments[] cosines = noMoments();

    @Override
    public void add(RowFields row, int field) {
        double seconds = row.seconds(field);
        if (Double.isNaN(seconds)) {
            missing++;
            return;
        }
        add(seconds, 1);
    }

    /** Takes in a time that came up {@code times} times, in seconds. */
    void add(double seconds, long times) {
        count += times;
        minimum = Math.min(minimum, seconds);
        maximum = Math.max(maximum, seconds);
        unit = seconds % unit == 0 ? unit : smaller(seconds);
        for (int i = 0; i < PARTS.length; i++) {
            double angle = PARTS[i].angle(seconds);
            sines[i].add(Math.sin(angle), times);
            cosines[i].add(Math.cos(angle), times);
        }
    }

    private double smaller(double seconds) {
        for (double smaller : UNITS) {
            if (smaller < unit && seconds % smaller == 0) {
                return smaller;
            }
        }
        return LEAST_UNIT;
    }

    @Override
    public long rows() {
        return count + missing;
    }

    @Override
    public void seal() {
        for (int i = 0; i < PARTS.length; i++) {
            sines[i].seal();
            cosines[i].seal();
        }
    }

    @Override
    public void merge(ColumnSummary summary) {
        TimeSummary other = (TimeSummary) summary;
        missing += other.missing;
        count += other.count;
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        unit = Math.min(unit, other.unit);
        for (int i = 0; i < sines.length; i++) {
            sines[i].merge(other.sines[i]);
            cosines[i].merge(other.cosines[i]);
        }
    }

    /** Mean sine of the angle within the period of that number. */
    double sine(int part) {
        return sines[part].mean();
    }

    /** Mean cosine of the angle within the period of that number. */
    double cosine(int part) {
        return cosines[part].mean();
    }

    private static ExactMoments[] noMoments() {
        return Stream.generate(ExactMoments::new).limit(PARTS.length).toArray(ExactMoments[]::new);
    }
}
