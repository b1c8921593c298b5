package elbow.train.averaging;

import elbow.math.noise.KeyedNoise;

/**
 * The order in which a replica meets the rows of a segment in an epoch, a keyed permutation in two levels: runs of
 * {@value #RUN} rows that are stored one after the other come in a new order, and the rows of a window of many runs in
 * a new order, too. A segment that is no larger than two windows is one window: then every order is equally likely.
 *
 * <p>The rows of a window are stored in runs, so that they can be read fast, and are few enough to stay near. Rows from
 * anywhere in a segment would each be waited for: for a small network that took a sixth of a step.
 */
final class RowOrder {
    /** Rows of a run: enough to be read fast, and few, since equal rows are stored side by side. */
    static final int RUN = 64;

    private static final int LEAST_WINDOW = 4096;

    /** So that rows of a run seldom meet in one minibatch, however large it is. */
    private static final int WINDOW_MINIBATCHES = 16;

    // Part of the reproducibility contract: never change them, nor use one that keyed noise has for something else.
    private static final int SEGMENTS_STREAM = 1001;
    private static final int ROWS_STREAM = 1002;
    private static final int RUNS_STREAM = 1003;
    private static final int ROTATION_STREAM = 1004;

    private final int count;
    private final int windows;
    private final int rotation;
    private final int[] runs;
    private final int[] rows;

    private RowOrder(int count, int windows, int rotation, int[] runs) {
        this.count = count;
        this.windows = windows;
        this.rotation = rotation;
        this.runs = runs;
        rows = new int[count];
    }

    /** The segments of a replica in the order of an epoch. */
    static int[] segments(long seed, long epoch, int replica, int count) {
        return permutation(KeyedNoise.key(seed, epoch, SEGMENTS_STREAM), replica, count);
    }

    /**
     * The rows of a segment in the order of an epoch.
     *
     * @param count of its rows
     * @param batchSize rows of a minibatch
     */
    static RowOrder rows(long seed, long epoch, int replica, int segment, int count, int batchSize) {
        long place = ((long) replica << Integer.SIZE) | segment;
        long window = Math.max(LEAST_WINDOW, (long) WINDOW_MINIBATCHES * batchSize);
        int[] bits = new int[KeyedNoise.WORDS];
        KeyedNoise.bits(KeyedNoise.key(seed, epoch, ROTATION_STREAM), place, 0, 1, bits);
        RowOrder order = new RowOrder(
                count,
                (int) Math.max(1, count / window),
                below(count, bits[0]),
                permutation(KeyedNoise.key(seed, epoch, RUNS_STREAM), place, count / RUN));
        order.shuffle(KeyedNoise.key(seed, epoch, ROWS_STREAM), place);
        return order;
    }

    /** The row that comes at a place, 0 to the number of rows. */
    int row(int place) {
        return rows[place];
    }

    /** All rows in their order. A copy. */
    int[] toArray() {
        return rows.clone();
    }

    /** The window that a place lies in. */
    int window(int place) {
        int window = (int) ((long) place * windows / count);
        return place < end(window) ? window : window + 1;
    }

    /** The first place of a window. */
    int start(int window) {
        return (int) ((long) window * count / windows);
    }

    /** The place after a window's last. */
    int end(int window) {
        return start(window + 1);
    }

    /**
     * A row of the window that the place lies in, each of them at one of its places: here in runs, in the order in
     * which they are stored.
     */
    int storedRow(int place) {
        int run = place / RUN;
        int first = run < runs.length ? runs[run] * RUN : run * RUN;
        // Runs begin elsewhere in every epoch, so that rows at their ends meet others.
        return (int) (((long) rotation + first + place % RUN) % count);
    }

    private void shuffle(long key, long place) {
        int[] bits = new int[count + KeyedNoise.WORDS - 1];
        KeyedNoise.bits(key, place, 0, count, bits);
        for (int window = 0; window < windows; window++) {
            int start = start(window);
            for (int i = start; i < end(window); i++) {
                int other = start + below(i - start + 1, bits[i]);
                rows[i] = rows[other];
                rows[other] = storedRow(i);
            }
        }
    }

    // Fisher and Yates.
    private static int[] permutation(long key, long place, int count) {
        int[] order = new int[count];
        int[] bits = new int[count + KeyedNoise.WORDS - 1];
        KeyedNoise.bits(key, place, 0, count, bits);
        for (int i = 0; i < count; i++) {
            int other = below(i + 1, bits[i]);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    // A number of 0 .. bound, from uniform bits with a bias of at most bound / 2^32; 0 if there is none.
    private static int below(int bound, int bits) {
        return (int) (((bits & 0xFFFFFFFFL) * bound) >>> Integer.SIZE);
    }
}
