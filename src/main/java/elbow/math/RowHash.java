package elbow.math;

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

    private static long step(long hash, long word) {
        return Long.rotateLeft(hash ^ word * 0x9FB21C651E98DF25L, 29) * 0xD6E8FEB86659FD93L;
    }

    // Adding +0 turns -0 into +0 and leaves every other value alone.
    private static long canonical(float value) {
        return Float.floatToIntBits(value + 0f) & 0xFFFFFFFFL;
    }
}
