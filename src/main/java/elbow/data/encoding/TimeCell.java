package elbow.data.encoding;

import elbow.math.noise.KeyedNoise;

/**
 * A point in time from the angles of its places within periods, which do not say which of many years it is: one is
 * taken at random within the range of the training rows. The place in the longest period is kept first; each shorter
 * one takes the nearest time at its own place: at most three and a half days away for the day of the week, half a day
 * for the time of day.
 */
public final class TimeCell implements Cell {
    private static final long serialVersionUID = 1L;

    private final double[] periods;
    private final double[] origins;
    private final double first;
    private final double last;
    private final TimeWriter writer;

    /**
     * @param periods in seconds, ascending; two encoded columns each, sine and cosine
     * @param origins times in seconds at which a period starts
     * @param first time of the training rows, in seconds
     * @param last time of the training rows, in seconds
     */
    public TimeCell(double[] periods, double[] origins, double first, double last, TimeWriter writer) {
        this.periods = periods.clone();
        this.origins = origins.clone();
        this.first = first;
        this.last = last;
        this.writer = writer;
    }

    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public int width() {
        return 2 * periods.length;
    }

    @Override
    public boolean leavesChoice() {
        return true;
    }

    @Override
    public Object value(float[] encoded, int offset, Form form, int word) {
        double chosen = first + KeyedNoise.uniform(word) * (last - first);
        for (int i = periods.length - 1; i >= 0; i--) {
            double before = origins[i] + Math.floor((chosen - origins[i]) / periods[i]) * periods[i];
            double time = before + place(encoded, offset, i) * periods[i];
            chosen = i == periods.length - 1 ? inRange(time, periods[i]) : nearest(time, periods[i], chosen);
        }
        double rounded = Math.rint(chosen / writer.unit()) * writer.unit();
        return writer.write(Math.max(first, Math.min(last, rounded)));
    }

    private double place(float[] encoded, int offset, int part) {
        double share = Math.atan2(encoded[offset + 2 * part], encoded[offset + 2 * part + 1]) / (2 * Math.PI);
        return share - Math.floor(share);
    }

    // The same place one period earlier or later, if only that lies in the range.
    private double inRange(double time, double period) {
        if (time < first && time + period <= last) {
            return time + period;
        }
        return time > last && time - period >= first ? time - period : time;
    }

    private static double nearest(double time, double period, double to) {
        return time + Math.rint((to - time) / period) * period;
    }
}
