package elbow.model;

import elbow.base.Check;
import java.nio.ByteBuffer;

/**
 * The parameters of a network as their differences from those of another one, each rounded to 16 bits (the upper half
 * of a float, to nearest, ties to even): a bit for each parameter that says whether it differs, the first one the
 * lowest of the first byte, then the differences of those that do, big-endian, in their order. At most 2 1/8 bytes for
 * each parameter.
 */
public final class ParameterChanges {
    private ParameterChanges() {}

    /** The differences of {@code own} from {@code pooled}; both are as long, and finite. */
    public static byte[] of(float[] pooled, float[] own) {
        Check.argument(own.length == pooled.length, "own's length", "be " + pooled.length, own.length);
        byte[] changed = new byte[maskBytes(pooled.length)];
        ByteBuffer differences = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, pooled.length));
        for (int i = 0; i < pooled.length; i++) {
            short difference = rounded(own[i] - pooled[i]);
            if ((difference & 0x7FFF) != 0) {
                changed[i >> 3] |= (byte) (1 << (i & 7));
                differences.putShort(difference);
            }
        }
        byte[] all = new byte[changed.length + differences.position()];
        System.arraycopy(changed, 0, all, 0, changed.length);
        System.arraycopy(differences.array(), 0, all, changed.length, differences.position());
        return all;
    }

    /**
     * Writes the parameters that the differences in {@code bytes[offset .. offset + length)} stand for to
     * {@code target}.
     *
     * @throws IllegalArgumentException if they are no differences of as many parameters
     */
    public static void apply(byte[] bytes, int offset, int length, float[] pooled, float[] target) {
        requireFit(bytes, offset, length, pooled.length);
        int next = offset + maskBytes(pooled.length);
        for (int i = 0; i < pooled.length; i++) {
            if ((bytes[offset + (i >> 3)] & (1 << (i & 7))) == 0) {
                target[i] = pooled[i];
            } else {
                int bits = (bytes[next] & 0xFF) << 24 | (bytes[next + 1] & 0xFF) << 16;
                target[i] = pooled[i] + Float.intBitsToFloat(bits);
                next += Short.BYTES;
            }
        }
    }

    /** Requires that {@code bytes[offset .. offset + length)} are differences of so many parameters. */
    static void requireFit(byte[] bytes, int offset, int length, int parameters) {
        int mask = maskBytes(parameters);
        Check.argument(
                offset >= 0 && length >= mask && offset <= bytes.length - length,
                "a group's place",
                "lie in its file of " + bytes.length + " bytes and have " + mask + " bytes or more",
                offset + " + " + length);
        int changed = 0;
        for (int i = 0; i < mask; i++) {
            changed += Integer.bitCount(bytes[offset + i] & 0xFF);
        }
        Check.argument(
                length == mask + Short.BYTES * changed,
                "a group's length",
                "be " + (mask + Short.BYTES * changed) + " bytes for the parameters that it says it changes",
                length);
    }

    private static int maskBytes(int parameters) {
        return (parameters + 7) >> 3;
    }

    private static short rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
