package elbow.math.noise;

/**
 * Philox4x32-10, a counter-based generator: the output is a function of a 64-bit key and a 128-bit counter, without
 * state, so the same draws come out for any split of the work.
 *
 * <p>See: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw. Parallel random numbers: as easy as 1, 2, 3. SC 2011.
 */
public final class Philox {
    static final long MULTIPLIER_0 = 0xD2511F53L;
    static final long MULTIPLIER_1 = 0xCD9E8D57L;
    static final int WEYL_0 = 0x9E3779B9;
    static final int WEYL_1 = 0xBB67AE85;
    static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Fills {@code bits[at .. at + count)} with the outputs of consecutive counters, four words each: the counter's
     * words are ({@code block}, {@code word1}, low half of {@code word23}, high half of {@code word23}) with block = 0,
     * 1, 2...
     *
     * @param bits at least {@code at + count} long, count rounded up to a multiple of 4
     */
    public static void fill(long key, int word1, long word23, int count, int[] bits, int at) {
        for (int i = 0; i < count; i += 4) {
            block(key, i >>> 2, word1, (int) word23, (int) (word23 >>> 32), bits, at + i);
        }
    }

    /** Writes the four output words of one counter to {@code bits} from {@code at}. */
    static void block(long key, int word0, int word1, int word2, int word3, int[] bits, int at) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        int c0 = word0;
        int c1 = word1;
        int c2 = word2;
        int c3 = word3;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW);
            long product1 = MULTIPLIER_1 * (c2 & LOW);
            c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        bits[at] = c0;
        bits[at + 1] = c1;
        bits[at + 2] = c2;
        bits[at + 3] = c3;
    }
}
