package elbow.math.noise;

/**
 * Many counters of {@link Philox} at once, round by round: lane i of four arrays is one counter, which becomes its
 * output. Words are the low halves of longs, so that a product is one multiplication and each round one vectorized
 * loop.
 */
final class PhiloxLanes {
    private static final long LOW = 0xFFFFFFFFL;

    private final long[] words0;
    private final long[] words1;
    private final long[] words2;
    private final long[] words3;

    PhiloxLanes(int maximumLanes) {
        words0 = new long[maximumLanes];
        words1 = new long[maximumLanes];
        words2 = new long[maximumLanes];
        words3 = new long[maximumLanes];
    }

    /**
     * Sets the counters of {@link Philox#fill} for every row, {@code blocks} lanes each.
     *
     * @param words23 of the rows from {@code first} on
     */
    void set(long[] words23, int first, int rows, int blocks, int word1) {
        for (int block = 0; block < blocks; block++) {
            for (int row = 0; row < rows; row++) {
                int lane = block * rows + row;
                words0[lane] = block;
                words1[lane] = word1 & LOW;
                words2[lane] = words23[first + row] & LOW;
                words3[lane] = words23[first + row] >>> Integer.SIZE;
            }
        }
    }

    /** Replaces the counters of the first {@code count} lanes by their outputs. */
    void run(long key, int count) {
        int key0 = (int) key;
        int key1 = (int) (key >>> Integer.SIZE);
        for (int round = 0; round < Philox.ROUNDS; round++) {
            round(words0, words1, words2, words3, key0 & LOW, key1 & LOW, count);
            key0 += Philox.WEYL_0;
            key1 += Philox.WEYL_1;
        }
    }

    /**
     * Writes the middles of the uniform cells of the words of {@code lane .. lane + count}, as
     * {@link KeyedNoise#uniform} gives them: four in a row from {@code at}, those of the next lane {@code step} after
     * them.
     */
    void uniform(int lane, int count, double[] uniform, int at, int step) {
        int to = at;
        for (int i = lane; i < lane + count; i++) {
            uniform[to] = KeyedNoise.uniform(words0[i]);
            uniform[to + 1] = KeyedNoise.uniform(words1[i]);
            uniform[to + 2] = KeyedNoise.uniform(words2[i]);
            uniform[to + 3] = KeyedNoise.uniform(words3[i]);
            to += step;
        }
    }

    // In place, which the compiler vectorizes as long as each array is only met at i.
    private static void round(
            long[] words0, long[] words1, long[] words2, long[] words3, long key0, long key1, int count) {
        for (int i = 0; i < count; i++) {
            long product0 = Philox.MULTIPLIER_0 * words0[i];
            long product1 = Philox.MULTIPLIER_1 * words2[i];
            words0[i] = (product1 >>> Integer.SIZE) ^ words1[i] ^ key0;
            words1[i] = product1 & LOW;
            words2[i] = (product0 >>> Integer.SIZE) ^ words3[i] ^ key1;
            words3[i] = product0 & LOW;
        }
    }
}
