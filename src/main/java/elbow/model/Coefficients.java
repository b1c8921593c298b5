package elbow.model;

import elbow.base.Check;
import elbow.base.DocumentException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * ND4J's binary form of a row of floats, read without ND4J, which takes lengths, shapes and strides from the file as
 * they are: two buffers, each with its kind of memory, its length and the type of its elements before them; the first
 * describes the shape, the second holds the values, all big-endian.
 */
final class Coefficients {
    private static final String MEMORY = "MIXED_DATA_TYPES";
    private static final int RANK = 2;

    /** Rank, two lengths, two strides, flags, stride between elements, order. */
    private static final int SHAPE_NUMBERS = 2 * RANK + 4;

    /** In the flags: an ordinary array of 32-bit floats. */
    private static final long FLOAT_ARRAY = 8192;

    private static final int CHUNK = 1 << 16;

    private Coefficients() {}

    /**
     * The values.
     *
     * @param length how many there must be
     * @throws DocumentException if the stream is not just so many finite floats in a row
     * @throws IOException if it cannot be read
     */
    static float[] read(InputStream stream, int length) throws IOException {
        DataInputStream input = new DataInputStream(stream);
        try {
            readBufferHead(input, "shape", SHAPE_NUMBERS, "LONG");
            readShape(input, length);
            readBufferHead(input, "values", length, "FLOAT");
        } catch (EOFException e) {
            throw new DocumentException("coefficients must have a head and " + length + " values, but end", e);
        }
        float[] values = readValues(input, length);
        Check.document(input.read() < 0, "coefficients", "end after " + length + " values", "more");
        return values;
    }

    private static void readBufferHead(DataInputStream input, String name, long length, String type)
            throws IOException {
        requireText(input, "kind of memory of " + name, MEMORY);
        requireNumber("length of " + name, input.readLong(), length);
        requireText(input, "type of " + name, type);
    }

    private static void readShape(DataInputStream input, int length) throws IOException {
        requireNumber("rank", input.readLong(), RANK);
        requireNumber("rows", input.readLong(), 1);
        requireNumber("columns", input.readLong(), length);
        long rowStride = input.readLong();
        Check.document(rowStride == 1 || rowStride == length, "stride of rows", "be 1 or " + length, rowStride);
        requireNumber("stride of columns", input.readLong(), 1);
        requireNumber("flags", input.readLong(), FLOAT_ARRAY);
        requireNumber("stride of elements", input.readLong(), 1);
        long order = input.readLong();
        Check.document(order == 'c' || order == 'f', "order", "be c or f", order);
    }

    private static void requireText(DataInputStream input, String name, String expected) throws IOException {
        int bytes = input.readUnsignedShort();
        Check.document(bytes == expected.length(), "length of " + name, "be " + expected.length(), bytes);
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            found.append((char) input.readUnsignedByte());
        }
        Check.document(found.toString().equals(expected), name, "be " + expected, "something else");
    }

    private static void requireNumber(String name, long found, long expected) {
        Check.document(found == expected, name, "be " + expected, found);
    }

    private static float[] readValues(DataInputStream input, int length) throws IOException {
        float[] values = new float[length];
        byte[] bytes = new byte[CHUNK];
        int next = 0;
        while (next < length) {
            int count = Math.min(length - next, CHUNK / Float.BYTES);
            int read = input.readNBytes(bytes, 0, count * Float.BYTES);
            Check.document(
                    read == count * Float.BYTES,
                    "coefficients",
                    "have " + length + " values",
                    next + read / Float.BYTES);
            ByteBuffer.wrap(bytes, 0, read).asFloatBuffer().get(values, next, count);
            for (int i = next; i < next + count; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new DocumentException("coefficient " + i + " must be finite, but is " + values[i]);
                }
            }
            next += count;
        }
        return values;
    }
}
