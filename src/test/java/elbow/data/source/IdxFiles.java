package elbow.data.source;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files for tests. */
public final class IdxFiles {
    private IdxFiles() {}

    /** {@code count} images whose pixel i of image n is 7 n + i, modulo 256. */
    static byte[] images(int count, int height, int width) {
        byte[] pixels = new byte[count * height * width];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < height * width; i++) {
                pixels[n * height * width + i] = (byte) (7 * n + i);
            }
        }
        return file(0x0803, pixels, count, height, width);
    }

    /** A file of unsigned bytes with a header. */
    public static byte[] file(int magic, byte[] values, int... sizes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream stream = new DataOutputStream(bytes)) {
            stream.writeInt(magic);
            for (int size : sizes) {
                stream.writeInt(size);
            }
            stream.write(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
