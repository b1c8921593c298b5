package elbow.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a BMP file: the JDK's reader takes missing bytes of packed pixels for black ones. */
record BmpFile() implements ImageFile {
    private static final int OLDEST_HEADER = 12;
    private static final int HEADER_END = 54;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int JPEG = 4;
    private static final int PNG = 5;

    static BmpFile of(byte[] file) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean oldest = header.getInt(14) == OLDEST_HEADER;
        if (!oldest && file.length < HEADER_END) {
            throw ImageFile.cut("a part of its header");
        }
        int compression = oldest ? 0 : header.getInt(30);
        if (compression == JPEG || compression == PNG) {
            throw new ImageFaultException("one is a JPEG or a PNG file inside of a BMP file: take it out");
        }
        long pixels = compression == RLE8 || compression == RLE4
                ? Integer.toUnsignedLong(header.getInt(34))
                : oldest
                        ? size(header.getShort(18), header.getShort(20), header.getShort(24))
                        : size(header.getInt(18), header.getInt(22), header.getShort(28));
        if (Integer.toUnsignedLong(header.getInt(10)) + pixels > file.length) {
            throw ImageFile.cut("the last of its pixels");
        }
        return new BmpFile();
    }

    // Rows are filled up to four bytes; those of an image that begins at the top have a negative number.
    private static long size(int width, int height, int bits) {
        return ((long) width * bits + 31) / 32 * 4 * Math.abs((long) height);
    }
}
