package elbow.data.image;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * On which sides of what was seen the first stored row and the first stored column are: tag 0x0112 of EXIF, whose
 * values 1 to 8 are these in order. See CIPA DC-008, Exchangeable image file format for digital still cameras (Exif
 * 2.32), section 4.6.4.
 */
enum Orientation {
    TOP_LEFT(false, false, false),
    TOP_RIGHT(false, false, true),
    BOTTOM_RIGHT(false, true, true),
    BOTTOM_LEFT(false, true, false),
    LEFT_TOP(true, false, false),
    RIGHT_TOP(true, true, false),
    RIGHT_BOTTOM(true, true, true),
    LEFT_BOTTOM(true, false, true);

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int TIFF = 42;
    private static final int ENTRY = 12;

    private final boolean swapped;
    private final boolean rowsReversed;
    private final boolean columnsReversed;

    Orientation(boolean swapped, boolean rowsReversed, boolean columnsReversed) {
        this.swapped = swapped;
        this.rowsReversed = rowsReversed;
        this.columnsReversed = columnsReversed;
    }

    /** Whether these bytes of a file start as EXIF in a JPEG file does. */
    static boolean isExif(byte[] file, int start, int length) {
        return length >= EXIF.length && Arrays.equals(file, start, start + EXIF.length, EXIF, 0, EXIF.length);
    }

    /** What EXIF says, the header with its name or without; as stored if it says nothing that makes sense. */
    static Orientation ofExif(byte[] file, int start, int length) {
        int skipped = isExif(file, start, length) ? EXIF.length : 0;
        ByteBuffer exif =
                ByteBuffer.wrap(file, start + skipped, length - skipped).slice();
        if (exif.limit() < 8) {
            return TOP_LEFT;
        }
        exif.order(exif.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = exif.getInt(4);
        if (exif.getShort(2) != TIFF || directory < 0 || directory > exif.limit() - 2) {
            return TOP_LEFT;
        }
        int entries = Short.toUnsignedInt(exif.getShort(directory));
        for (int i = 0; i < entries && directory + 2 + (i + 1) * ENTRY <= exif.limit(); i++) {
            int entry = directory + 2 + i * ENTRY;
            if (exif.getShort(entry) == TAG && exif.getShort(entry + 2) == SHORT) {
                int value = exif.getShort(entry + 8);
                return value >= 1 && value <= values().length ? values()[value - 1] : TOP_LEFT;
            }
        }
        return TOP_LEFT;
    }

    /** Whether rows become columns. */
    boolean isSwapped() {
        return swapped;
    }

    /** An image without transparency as it was seen. */
    BufferedImage upright(BufferedImage stored) {
        if (this == TOP_LEFT) {
            return stored;
        }
        int height = swapped ? stored.getWidth() : stored.getHeight();
        int width = swapped ? stored.getHeight() : stored.getWidth();
        BufferedImage seen = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = swapped ? x : y;
                int column = swapped ? y : x;
                seen.setRGB(
                        x,
                        y,
                        stored.getRGB(
                                columnsReversed ? stored.getWidth() - 1 - column : column,
                                rowsReversed ? stored.getHeight() - 1 - row : row));
            }
        }
        return seen;
    }
}
