package elbow.data.infer;

import java.io.Serializable;
import java.util.Arrays;

/** How often each number came up, as long as there are few different ones. */
final class LevelCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most different numbers that are counted. */
    static final int MOST = 256;

    private static final int CAPACITY = 2 * MOST;

    private double[] values = new double[16];
    private long[] counts = new long[16];
    private int size;
    private boolean overflown;

    void add(double value, long times) {
        if (overflown) {
            return;
        }
        int place = place(value);
        if (counts[place] == 0) {
            if (size == MOST) {
                overflown = true;
                values = new double[0];
                counts = new long[0];
                return;
            }
            size++;
            values[place] = value;
            counts[place] = times;
            if (2 * size > counts.length && counts.length < CAPACITY) {
                grow();
            }
        } else {
            counts[place] += times;
        }
    }

    void merge(LevelCounts other) {
        if (other.overflown) {
            overflown = true;
            values = new double[0];
            counts = new long[0];
        }
        for (int i = 0; i < other.counts.length && !overflown; i++) {
            if (other.counts[i] > 0) {
                add(other.values[i], other.counts[i]);
            }
        }
    }

    /** Whether there were more different numbers than are counted. */
    boolean overflown() {
        return overflown;
    }

    /** How many different numbers there were, if they are counted. */
    int size() {
        return size;
    }

    /** How often a number came up. */
    long count(double value) {
        return overflown ? 0 : counts[place(value)];
    }

    /** The different numbers from the lowest to the highest. */
    double[] sorted() {
        double[] sorted = new double[overflown ? 0 : size];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                sorted[next++] = values[i];
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    // The slot of the number, or a free one: open addressing, never full.
    private int place(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0) * 0x9E3779B97F4A7C15L;
        int mask = counts.length - 1;
        int place = (int) (bits >>> 40) & mask;
        while (counts[place] != 0 && values[place] != value) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        double[] oldValues = values;
        long[] oldCounts = counts;
        values = new double[2 * oldValues.length];
        counts = new long[values.length];
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] > 0) {
                int place = place(oldValues[i]);
                values[place] = oldValues[i];
                counts[place] = oldCounts[i];
            }
        }
    }
}
