package elbow.train.checkpoint;

import elbow.base.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Vectors one after the other, as little-endian floats. They are written and read a piece at a time: all vectors of a
 * checkpoint together may be larger than an array can be.
 */
final class StoredVectors {
    private static final int PIECE_FLOATS = 1 << 14;

    private final String document;
    private final InputStream input;
    private long bytesLeft;
    private final byte[] piece = new byte[PIECE_FLOATS * Float.BYTES];

    /**
     * Those of a file, to be read in their order.
     *
     * @param document what error messages call the file
     * @param length of the file in bytes
     */
    StoredVectors(String document, InputStream input, long length) {
        this.document = document;
        this.input = input;
        bytesLeft = length;
    }

    static void write(List<float[]> vectors, OutputStream output) throws IOException {
        byte[] piece = new byte[PIECE_FLOATS * Float.BYTES];
        for (float[] vector : vectors) {
            for (int from = 0; from < vector.length; from += PIECE_FLOATS) {
                int count = Math.min(PIECE_FLOATS, vector.length - from);
                littleEndian(piece).asFloatBuffer().put(vector, from, count);
                output.write(piece, 0, count * Float.BYTES);
            }
        }
    }

    /** Bytes that are left to read. */
    long bytesLeft() {
        return bytesLeft;
    }

    /**
     * The next vector.
     *
     * @param length in floats
     * @throws DocumentException if so many are not left
     * @throws UncheckedIOException if the file cannot be read
     */
    float[] next(int length) {
        if (length < 0 || length > bytesLeft / Float.BYTES) {
            throw new DocumentException(
                    document + " must have " + length + " floats more, but has " + bytesLeft / Float.BYTES);
        }
        float[] vector = new float[length];
        for (int from = 0; from < length; from += PIECE_FLOATS) {
            int count = Math.min(PIECE_FLOATS, length - from);
            fill(count * Float.BYTES);
            littleEndian(piece).asFloatBuffer().get(vector, from, count);
        }
        return vector;
    }

    private void fill(int bytes) {
        try {
            if (input.readNBytes(piece, 0, bytes) < bytes) {
                throw new DocumentException(document + " must have " + bytesLeft + " bytes more, but ends before");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytesLeft -= bytes;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
