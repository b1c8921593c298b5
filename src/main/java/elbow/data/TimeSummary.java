package elbow.data;

/** From when to when points in time go, and how they lie within the periods of {@link TimePart}. */
final class TimeSummary implements ColumnSummary {
    private static final long serialVersionUID = 1L;

    private static final TimePart[] PARTS = TimePart.values();

    long missing;
    long count;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    private final double[] sines = new double[PARTS.length];
    private final double[] cosines = new double[sines.length];

    @Override
    public void add(RowFields row, int field) {
        double seconds = row.seconds(field);
        if (Double.isNaN(seconds)) {
            missing++;
            return;
        }
        count++;
        minimum = Math.min(minimum, seconds);
        maximum = Math.max(maximum, seconds);
        for (int i = 0; i < PARTS.length; i++) {
            double angle = PARTS[i].angle(seconds);
            sines[i] += Math.sin(angle);
            cosines[i] += Math.cos(angle);
        }
    }

    @Override
    public void seal() {
        // Sums alone: ready as they are.
    }

    @Override
    public void merge(ColumnSummary summary) {
        TimeSummary other = (TimeSummary) summary;
        missing += other.missing;
        count += other.count;
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
        for (int i = 0; i < sines.length; i++) {
            sines[i] += other.sines[i];
            cosines[i] += other.cosines[i];
        }
    }

    /** Mean sine of the angle within the period of that number. */
    double sine(int part) {
        return sines[part] / count;
    }

    /** Mean cosine of the angle within the period of that number. */
    double cosine(int part) {
        return cosines[part] / count;
    }
}
