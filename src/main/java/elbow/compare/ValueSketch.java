package elbow.compare;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many numbers begin with the same bits: sign, exponent and the first 7 bits of the significand. Gives quantiles of
 * numbers of any size to one part in 128, the same for any order and partitioning of them.
 */
final class ValueSketch implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int DROPPED_BITS = 52 - 7;

    private final Map<Integer, Long> counts = new HashMap<>();
    private long total;

    /** Takes in a finite number. */
    void add(double value) {
        counts.merge((int) (ordered(Double.doubleToLongBits(value + 0.0)) >> DROPPED_BITS), 1L, Long::sum);
        total++;
    }

    void merge(ValueSketch other) {
        other.counts.forEach((key, count) -> counts.merge(key, count, Long::sum));
        total += other.total;
    }

    boolean isEmpty() {
        return total == 0;
    }

    /**
     * A number at or below the {@code share}-quantile, at most one part in 128 from it.
     *
     * @param share in [0, 1]
     */
    double atOrBelow(double share) {
        return value((long) key((long) Math.floor(share * (total - 1))) << DROPPED_BITS);
    }

    /** As {@link #atOrBelow}, at or above the quantile. */
    double atOrAbove(double share) {
        return value((((long) key((long) Math.ceil(share * (total - 1))) + 1) << DROPPED_BITS) - 1);
    }

    // Of the number that has so many before it.
    private int key(long rank) {
        long below = 0;
        for (Map.Entry<Integer, Long> bin : new TreeMap<>(counts).entrySet()) {
            below += bin.getValue();
            if (below > rank) {
                return bin.getKey();
            }
        }
        throw new IllegalStateException("there are no numbers");
    }

    // Bits of doubles in an order that is that of the numbers, and back.
    private static long ordered(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    private static double value(long ordered) {
        return Double.longBitsToDouble(ordered(ordered));
    }
}
