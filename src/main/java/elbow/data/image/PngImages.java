package elbow.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
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

    private static final int WHITE = 255;

    private PngImages() {}

    /** The file of one image. */
    public static byte[] file(byte[] pixels, ImageShape shape) {
        BufferedImage picture = picture(shape.height(), shape.width(), shape.channels());
        put(pixels, shape, picture.getRaster(), 0, 0);
        return file(picture);
    }

    /**
     * The file of several images of one shape side by side on white; together they may be larger than one image may.
     *
     * @param images at least one, in the order of reading
     * @param columns how many stand in a row, at least 1
     */
    public static byte[] grid(List<byte[]> images, ImageShape shape, int columns) {
        int across = Math.min(columns, images.size());
        int down = (images.size() - 1) / columns + 1;
        BufferedImage picture =
                picture(down * (shape.height() + GAP) - GAP, across * (shape.width() + GAP) - GAP, shape.channels());
        WritableRaster raster = picture.getRaster();
        int[] line = new int[picture.getWidth() * shape.channels()];
        Arrays.fill(line, WHITE);
        for (int row = 0; row < picture.getHeight(); row++) {
            raster.setPixels(0, row, picture.getWidth(), 1, line);
        }
        for (int i = 0; i < images.size(); i++) {
            int top = i / columns * (shape.height() + GAP);
            int left = i % columns * (shape.width() + GAP);
            put(images.get(i), shape, raster, top, left);
        }
        return file(picture);
    }

    private static BufferedImage picture(int height, int width, int channels) {
        return new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    }

    private static void put(byte[] pixels, ImageShape shape, WritableRaster raster, int top, int left) {
        int[] levels = new int[pixels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = pixels[i] & 0xFF;
        }
        // Through the raster, because setRGB would convert grey levels between colour spaces.
        raster.setPixels(left, top, shape.width(), shape.height(), levels);
    }

    private static byte[] file(BufferedImage picture) {
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
}
