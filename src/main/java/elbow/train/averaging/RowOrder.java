package elbow.train.averaging;

import elbow.math.KeyedNoise;

/** Keyed permutations: the order in which a replica meets its rows in an epoch. */
final class RowOrder {
    // Part of the reproducibility contract: never change them, nor use one that keyed noise has for something else.
    private static final int SEGMENTS_STREAM = 1001;
    private static final int ROWS_STREAM = 1002;

    private RowOrder() {}

    /** The segments of a replica in the order of an epoch. */
    static int[] segments(long seed, long epoch, int replica, int count) {
        return permutation(KeyedNoise.key(seed, epoch, SEGMENTS_STREAM), replica, count);
    }

    /** The rows of a segment in the order of an epoch. */
    static int[] rows(long seed, long epoch, int replica, int segment, int count) {
        return permutation(KeyedNoise.key(seed, epoch, ROWS_STREAM), ((long) replica << 32) | segment, count);
    }

    // Fisher and Yates; a range of n is drawn with a bias of at most n / 2^32.
    private static int[] permutation(long key, long row, int count) {
        int[] order = new int[count];
        int[] bits = new int[count + 3];
        KeyedNoise.bits(key, row, 0, count, bits);
        for (int i = 0; i < count; i++) {
            int other = (int) (((bits[i] & 0xFFFFFFFFL) * (i + 1)) >>> 32);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
