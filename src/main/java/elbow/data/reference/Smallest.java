package elbow.data.reference;

/** The smallest of some numbers, without sorting them all. */
final class Smallest {
    private Smallest() {}

    /**
     * The sum of the {@code count} smallest.
     *
     * @param values at least {@code count}, no NaN; reordered
     */
    static double sum(float[] values, int count) {
        select(values, count);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** Where the {@code count} smallest stand, ascending; of equal ones the first. */
    static int[] places(float[] values, int count) {
        float[] copy = values.clone();
        select(copy, count);
        float largest = copy[0];
        for (int i = 1; i < count; i++) {
            largest = Math.max(largest, copy[i]);
        }
        int below = 0;
        for (float value : values) {
            below += value < largest ? 1 : 0;
        }
        int equal = count - below;
        int[] places = new int[count];
        int next = 0;
        for (int i = 0; i < values.length && next < count; i++) {
            if (values[i] < largest || (values[i] == largest && equal-- > 0)) {
                places[next++] = i;
            }
        }
        return places;
    }

    // C. A. R. Hoare's FIND: afterwards the first count are the smallest, in some order.
    private static void select(float[] values, int count) {
        int low = 0;
        int high = values.length - 1;
        int wanted = count - 1;
        while (low < high) {
            float pivot = middle(values[low], values[(low + high) >>> 1], values[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (pivot < values[j]) {
                    j--;
                }
                if (i <= j) {
                    float swapped = values[i];
                    values[i++] = values[j];
                    values[j--] = swapped;
                }
            }
            if (j < wanted) {
                low = i;
            }
            if (wanted < i) {
                high = j;
            }
        }
    }

    private static float middle(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
