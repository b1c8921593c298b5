package elbow.math.noise;

/**
 * Noise as a function of (seed, pass, stream; row, sample, component): whoever computes a row's noise, in whatever
 * order and company, draws the same values. Built on {@link Philox}; the four key words of seed, pass and stream are
 * hashed to its 64-bit key, row (64 bits), sample and component are its counter.
 */
public final class KeyedNoise {
    /** How many components' words come together. */
    public static final int WORDS = 4;

    private static final double TO_UNIT = 0x1p-32;

    private KeyedNoise() {}

    /**
     * The generator's key.
     *
     * @param pass which pass over the data or step of the training
     * @param stream what the noise is for: different uses of one row in one pass have different streams
     */
    public static long key(long seed, long pass, int stream) {
        return Mix.bits(Mix.bits(Mix.bits(seed) ^ pass) + stream);
    }

    /**
     * Fills {@code bits[0 .. count)} with uniform 32-bit words, one for each component.
     *
     * @param bits at least {@code count} long, rounded up to a multiple of 4
     */
    public static void bits(long key, long row, int sample, int count, int[] bits) {
        bits(key, row, sample, count, bits, 0);
    }

    /**
     * As {@link #bits(long, long, int, int, int[])}, from {@code bits[at]}.
     *
     * @param bits at least {@code at + count} long, count rounded up to a multiple of 4: words beyond are overwritten
     */
    public static void bits(long key, long row, int sample, int count, int[] bits, int at) {
        Philox.fill(key, sample, row, count, bits, at);
    }

    /**
     * The words that {@link #bits(long, long, int, int, int[])} gives for the components {@code first .. first +}
     * {@value #WORDS}, for each of some {@code firsts}, one after the other.
     *
     * @param firsts multiples of {@value #WORDS}
     * @param count how many of them
     * @param words at least {@code count} x {@value #WORDS} long
     */
    public static void words(long key, long row, int sample, int[] firsts, int count, int[] words) {
        for (int i = 0; i < count; i++) {
            Philox.block(key, firsts[i] / WORDS, sample, (int) row, (int) (row >>> 32), words, i * WORDS);
        }
    }

    /** A uniform value in (0, 1) from a 32-bit word: the middle of its 2^-32 wide cell. */
    public static double uniform(int bits) {
        return uniform(bits & 0xFFFFFFFFL);
    }

    /** As {@link #uniform(int)}, from a word that is the low half of {@code bits}; the high one is zero. */
    static double uniform(long bits) {
        return (bits + 0.5) * TO_UNIT;
    }

    /**
     * Standard normal values from uniform words, by the inverse distribution function, so that one word gives one value
     * and the values are the same on every platform. No value exceeds 6.4 in magnitude.
     */
    public static void normal(int[] bits, int count, float[] normal) {
        for (int i = 0; i < count; i++) {
            normal[i] = (float) NormalQuantile.of(uniform(bits[i]));
        }
    }
}
