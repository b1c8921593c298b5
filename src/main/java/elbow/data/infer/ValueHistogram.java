package elbow.data.infer;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Counts of numbers by sign, exponent and the first bits of the mantissa: quantiles to a relative error of 1/64, from
 * counts that depend on no order and add up exactly. As the sketch of Masson, Rim and Lee ("DDSketch", VLDB 2019), with
 * the buckets that the bits of a double give for nothing.
 */
final class ValueHistogram implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MANTISSA_BITS = 5;
    private static final int PAGE = 1 << MANTISSA_BITS;
    private static final int PAGES = 1 << 12;
    private static final int GROUP_BITS = 6;
    private static final int GROUP = 1 << GROUP_BITS;
    private static final int SHIFT = 52 - MANTISSA_BITS;

    // Pages by the upper 12 bits of the value, in groups: most exponents never come up, and a table may have ten
    // thousands of columns.
    private final long[] @Nullable [] @Nullable [] groups = new long[PAGES / GROUP][][];
    private long count;

    void add(double value, long times) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        long[] counts = page((int) (bits >>> 52));
        counts[(int) (bits >>> SHIFT) & (PAGE - 1)] += times;
        count += times;
    }

    void merge(ValueHistogram other) {
        for (int page = 0; page < PAGES; page++) {
            long[] theirs = other.found(page);
            if (theirs != null) {
                long[] ours = page(page);
                for (int i = 0; i < PAGE; i++) {
                    ours[i] += theirs[i];
                }
            }
        }
        count += other.count;
    }

    /** A value below which a share of the numbers lies, to the width of a bucket; NaN without numbers. */
    double quantile(double share) {
        double[] found = {Double.NaN};
        long[] below = {0};
        long rank = (long) Math.min((double) count - 1, share * count);
        visit((value, times) -> {
            if (below[0] <= rank) {
                found[0] = value;
            }
            below[0] += times;
        });
        return found[0];
    }

    /** Takes a bucket's middle and its count. */
    interface Visitor {
        void accept(double value, long times);
    }

    /** Shows the buckets that hold something, from the lowest number to the highest. */
    void visit(Visitor visitor) {
        for (int page = PAGES - 1; page >= PAGES / 2; page--) {
            long[] counts = found(page);
            for (int i = PAGE - 1; counts != null && i >= 0; i--) {
                show(page, i, counts[i], visitor);
            }
        }
        for (int page = 0; page < PAGES / 2; page++) {
            long[] counts = found(page);
            for (int i = 0; counts != null && i < PAGE; i++) {
                show(page, i, counts[i], visitor);
            }
        }
    }

    private static void show(int page, int bucket, long times, Visitor visitor) {
        if (times == 0) {
            return;
        }
        long low = (((long) page << MANTISSA_BITS) | bucket) << SHIFT;
        // 0 has no neighbours: its bucket's lower end is what the numbers in it are.
        boolean zero = page == 0 && bucket == 0;
        visitor.accept(Double.longBitsToDouble(zero ? low : low | (1L << (SHIFT - 1))), times);
    }

    private long @Nullable [] found(int page) {
        long[] @Nullable [] group = groups[page >>> GROUP_BITS];
        return group == null ? null : group[page & (GROUP - 1)];
    }

    private long[] page(int page) {
        long[] @Nullable [] group = groups[page >>> GROUP_BITS];
        if (group == null) {
            group = new long[GROUP][];
            groups[page >>> GROUP_BITS] = group;
        }
        long[] counts = group[page & (GROUP - 1)];
        if (counts == null) {
            counts = new long[PAGE];
            group[page & (GROUP - 1)] = counts;
        }
        return counts;
    }
}
