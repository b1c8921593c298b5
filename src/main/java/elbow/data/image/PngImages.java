package elbow.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images, whose bytes are as {@link ImageShape} says, as PNG files. */
public final class PngImages {
    /** Between the images of a grid, in pixels. */
    private static final int GAP = 2;

    private static final byte PAPER = (byte) 255;

    private PngImages() {}

    /** The file of one image. */
    public static byte[] file(byte[] pixels, ImageShape shape) {
        boolean grey = shape.channels() == 1;
        BufferedImage picture = new BufferedImage(
                shape.width(), shape.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        int[] levels = new int[pixels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = pixels[i] & 0xFF;
        }
        // Through the raster, because setRGB would convert grey levels between colour spaces.
        picture.getRaster().setPixels(0, 0, shape.width(), shape.height(), levels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // In memory: the default stream puts a cache file into the temporary directory.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(picture);
        } catch (IOException e) {
            throw new UncheckedIOException("an image could not be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * The file of several images of one shape side by side on white.
     *
     * @param images at least one, in the order of reading
     * @param columns how many stand in a row, at least 1
     */
    public static byte[] grid(List<byte[]> images, ImageShape shape, int columns) {
        int across = Math.min(columns, images.size());
        int down = (images.size() - 1) / columns + 1;
        ImageShape whole = new ImageShape(
                down * (shape.height() + GAP) - GAP, across * (shape.width() + GAP) - GAP, shape.channels());
        byte[] pixels = new byte[whole.size()];
        Arrays.fill(pixels, PAPER);
        int line = shape.width() * shape.channels();
        for (int i = 0; i < images.size(); i++) {
            int top = i / columns * (shape.height() + GAP);
            int left = i % columns * (shape.width() + GAP);
            for (int row = 0; row < shape.height(); row++) {
                int to = ((top + row) * whole.width() + left) * shape.channels();
                System.arraycopy(images.get(i), row * line, pixels, to, line);
            }
        }
        return file(pixels, whole);
    }
}
