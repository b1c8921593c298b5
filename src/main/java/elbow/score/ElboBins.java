package elbow.score;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many ELBOs, of which the mean of the highest is wanted: counted and summed in bins of the numbers with the same sign,
 * exponent and first six bits of the mantissa, between bounds that lie at most 1/64 apart. They take little room
 * however many rows there are, and add up whatever the partitions.
 */
final class ElboBins implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BITS_DROPPED = 46;

    private final TreeMap<Long, Bin> bins = new TreeMap<>();

    private static final class Bin implements Serializable {
        private static final long serialVersionUID = 1L;

        long count;
        double sum;

        void add(long more, double moreSum) {
            count += more;
            sum += moreSum;
        }
    }

    void add(double elbo) {
        long bits = Double.doubleToLongBits(elbo);
        // Of negative numbers all bits but the sign are turned over: so they are in order.
        long ordered = bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
        bin(ordered >> BITS_DROPPED).add(1, elbo);
    }

    void merge(ElboBins others) {
        others.bins.forEach((key, other) -> bin(key).add(other.count, other.sum));
    }

    private Bin bin(long key) {
        return bins.computeIfAbsent(key, unused -> new Bin());
    }

    /**
     * The mean without a share of the ELBOs, the lowest; so many whole ones. Of a bin that is cut what remains counts
     * by the bin's mean. NaN if there is none.
     */
    double trimmed(double share) {
        long all = bins.values().stream().mapToLong(bin -> bin.count).sum();
        long kept = all - (long) (share * all);
        long left = kept;
        double sum = 0;
        for (Map.Entry<Long, Bin> entry : bins.descendingMap().entrySet()) {
            Bin bin = entry.getValue();
            long taken = Math.min(left, bin.count);
            if (taken == 0) {
                // What is left out may be infinite.
                break;
            }
            sum += taken == bin.count ? bin.sum : bin.sum * taken / bin.count;
            left -= taken;
        }
        return sum / kept;
    }
}
