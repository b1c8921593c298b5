package elbow.data.encoding;

/** The pixels of an image, a byte each, from their encoded values; those beyond black and white become these. */
public final class ImageCell implements Cell {
    private static final long serialVersionUID = 1L;

    private final int width;

    /** @param width values of an image */
    public ImageCell(int width) {
        this.width = width;
    }

    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Object value(float[] encoded, int offset, Form form, int word) {
        return pixels(encoded, offset, width);
    }

    /** The {@code width} pixels whose encoded values start at {@code offset}. */
    public static byte[] pixels(float[] encoded, int offset, int width) {
        byte[] pixels = new byte[width];
        for (int i = 0; i < width; i++) {
            pixels[i] = (byte) Math.round(Math.max(0, Math.min(1, encoded[offset + i])) * 255);
        }
        return pixels;
    }
}
