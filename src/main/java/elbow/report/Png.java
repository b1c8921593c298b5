package elbow.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images as PNG inside the page. */
final class Png {
    private Png() {}

    /**
     * A data URI of one image of {@code panel}'s size; values as in {@link ImagePanel}, to the nearest of 256 levels.
     */
    static String dataUri(ImagePanel panel, float[] image) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(encode(raster(panel, image)));
    }

    private static BufferedImage raster(ImagePanel panel, float[] image) {
        boolean grey = panel.channels() == 1;
        BufferedImage picture = new BufferedImage(
                panel.width(), panel.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        int[] levels = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            levels[i] = Math.round(255 * Math.max(0, Math.min(1, image[i])));
        }
        // Through the raster, because setRGB would convert grey levels between colour spaces.
        picture.getRaster().setPixels(0, 0, panel.width(), panel.height(), levels);
        return picture;
    }

    private static byte[] encode(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // In memory: the default stream puts a cache file into the temporary directory.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
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
