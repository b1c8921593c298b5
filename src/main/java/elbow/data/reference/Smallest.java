package elbow.data.reference;

import java.util.Arrays;

/** The smallest of some numbers, without sorting them all. */
final class Smallest {
    /** As few are held in order while all are looked at. */
    private static final int FEW = 12;

    private static final int BUCKETS = 256;

    /** Mantissa bits that a bucket does not tell apart: 64 buckets for a factor of 2. */
    private static final int SHIFT = 17;

    private static final int SAMPLE = 32;

    private Smallest() {}

    /**
     * The sum of the {@code count} smallest.
     *
     * @param values at least {@code count}, each at least 0
     */
    static double sum(float[] values, int count) {
        return count <= FEW ? sum(few(values, count)) : sumByBuckets(values, count);
    }

    /** Where the {@code count} smallest stand, ascending; of equal ones the first. */
    static int[] places(float[] values, int count) {
        float largest = last(values, count);
        int equal = count;
        for (float value : values) {
            equal -= value < largest ? 1 : 0;
        }
        int[] places = new int[count];
        int next = 0;
        for (int i = 0; i < values.length && next < count; i++) {
            if (values[i] < largest || (values[i] == largest && equal-- > 0)) {
                places[next++] = i;
            }
        }
        return places;
    }

    // The largest of the smallest.
    private static float last(float[] values, int count) {
        if (count <= FEW) {
            return few(values, count)[count - 1];
        }
        int base = base(values);
        int[] counts = counts(values, base);
        int last = 0;
        int below = 0;
        while (below + counts[last] < count) {
            below += counts[last++];
        }
        float[] inLast = new float[counts[last]];
        int found = 0;
        for (float value : values) {
            if (bucket(value, base) == last) {
                inLast[found++] = value;
            }
        }
        Arrays.sort(inLast);
        return inLast[count - below - 1];
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    // Ascending.
    private static float[] few(float[] values, int count) {
        float[] smallest = new float[count];
        Arrays.fill(smallest, Float.POSITIVE_INFINITY);
        float last = Float.POSITIVE_INFINITY;
        for (float value : values) {
            if (value < last) {
                int place = count - 1;
                while (place > 0 && smallest[place - 1] > value) {
                    smallest[place] = smallest[place - 1];
                    place--;
                }
                smallest[place] = value;
                last = smallest[count - 1];
            }
        }
        return smallest;
    }

    // Bits of floats that are not negative ascend with them. The lowest of a sample is about where the smallest end.
    private static int base(float[] values) {
        float lowest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < SAMPLE; i++) {
            lowest = Math.min(lowest, values[(int) ((long) i * values.length / SAMPLE)]);
        }
        return Float.floatToRawIntBits(lowest) >>> SHIFT;
    }

    private static int[] counts(float[] values, int base) {
        int[] counts = new int[BUCKETS];
        for (float value : values) {
            counts[bucket(value, base)]++;
        }
        return counts;
    }

    private static double sumByBuckets(float[] values, int count) {
        int base = base(values);
        int[] counts = counts(values, base);
        int last = 0;
        int below = 0;
        while (below + counts[last] < count) {
            below += counts[last++];
        }
        float[] inLast = new float[counts[last]];
        int found = 0;
        double sum = 0;
        double other = 0;
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            int bucket = bucket(value, base);
            if (bucket == last) {
                inLast[found++] = value;
            }
            // Two sums do not wait for each other.
            double term = bucket < last ? value : 0;
            if ((i & 1) == 0) {
                sum += term;
            } else {
                other += term;
            }
        }
        Arrays.sort(inLast);
        for (int i = 0; i < count - below; i++) {
            sum += inLast[i];
        }
        return sum + other;
    }

    private static int bucket(float value, int base) {
        return Math.max(0, Math.min(BUCKETS - 1, (Float.floatToRawIntBits(value) >>> SHIFT) - base));
    }
}
