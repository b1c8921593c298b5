package elbow.math.noise;

import elbow.base.Check;

/** A 64-bit hash of a row's content: the row's key for keyed noise and for seeded partitioning. */
public final class RowHash {
    private RowHash() {}

    /**
     * Hashes {@code values[offset .. offset + length)}. Equal rows have equal hashes on every platform, -0 counting as
     * 0. Not a cryptographic hash: rows can be made to collide on purpose.
     *
     * @throws IllegalArgumentException if the range does not lie in the array
     */
    public static long of(float[] values, int offset, int length) {
        Check.argument(length >= 0, "length", "be at least 0", length);
        Check.argument(offset >= 0 && offset <= values.length - length, "offset", "leave room for the row", offset);
        long hash = Mix.bits(length);
        int i = offset;
        for (int end = offset + length - 1; i < end; i += 2) {
            hash = step(hash, canonical(values[i]) << 32 | canonical(values[i + 1]));
        }
        if (i < offset + length) {
            hash = step(hash, canonical(values[i]));
        }
        return Mix.bits(hash);
    }

    /**
     * Hashes a row with gaps: as {@link #of(float[], int, int)} if every column is observed, and otherwise of the
     * values, which are 0 in the gaps, and of where the gaps are.
     *
     * @param observed 1 for each column that is observed and 0 for each other one, at the values' places
     * @throws IllegalArgumentException if the range does not lie in both arrays
     */
    public static long of(float[] values, byte[] observed, int offset, int length) {
        long hash = of(values, offset, length);
        Check.argument(offset <= observed.length - length, "observed's length", "cover the row", observed.length);
        long gaps = 0;
        boolean complete = true;
        for (int i = 0; i < length; i++) {
            if (observed[offset + i] == 0) {
                complete = false;
                gaps |= 1L << i;
            }
            if (gaps != 0 && (i % Long.SIZE == Long.SIZE - 1 || i == length - 1)) {
                hash = step(step(hash, i), gaps);
                gaps = 0;
            }
        }
        return complete ? hash : Mix.bits(hash);
    }

    private static long step(long hash, long word) {
        return Long.rotateLeft(hash ^ word * 0x9FB21C651E98DF25L, 29) * 0xD6E8FEB86659FD93L;
    }

    // Adding +0 turns -0 into +0 and leaves every other value alone.
    private static long canonical(float value) {
        return Float.floatToIntBits(value + 0f) & 0xFFFFFFFFL;
    }
}
