package elbow.data.table;

import elbow.base.ElbowException;
import elbow.base.Message;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG, JPEG, GIF and BMP files, and {@link SparkImages}, to 8-bit pixels. The header is looked at before a pixel
 * is unpacked: a file of a few bytes can state a size that no memory holds.
 */
public final class ImageDecoder {
    /** The most pixels that an image may have before it is resized. */
    static final long MOST_PIXELS = 1L << 26;

    // ITU-R BT.601.
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private ImageDecoder() {}

    /** Whether bytes start as a file of a known kind does. */
    public static boolean isFile(byte[] bytes) {
        return starts(bytes, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)
                || starts(bytes, 0xFF, 0xD8, 0xFF)
                || starts(bytes, 'G', 'I', 'F', '8')
                || isBitmap(bytes)
                || isSparkImage(bytes);
    }

    /**
     * The size of an image file, from its header alone.
     *
     * @param where for messages: "column image"
     * @throws ElbowException of category INPUT if the bytes are no image
     */
    public static Size size(byte[] file, String where) {
        if (isSparkImage(file)) {
            return sparkSize(file, where);
        }
        return read(file, where, reader -> size(reader, where));
    }

    /**
     * The pixels of an image file, in the shape given: rows from the top, pixels from the left, channels red, green,
     * blue; grey by the weights of ITU-R BT.601.
     *
     * @param resized whether an image of another size is brought to this one, or refused
     * @param where for messages: "column image"
     * @throws ElbowException of category INPUT if the bytes are no image, damaged, too large or of another size
     */
    public static byte[] decode(byte[] file, ImageShape shape, boolean resized, String where) {
        if (isSparkImage(file)) {
            Size found = sparkSize(file, where);
            requireSize(found, shape, resized, where);
            return pixels(sparkImage(file, found), shape);
        }
        return read(file, where, reader -> {
            requireSize(size(reader, where), shape, resized, where);
            return pixels(plain(reader.read(0)), shape);
        });
    }

    /**
     * What the header of an image says.
     *
     * @param channels 1 if it is grey
     */
    public record Size(int height, int width, int channels) {}

    private interface Reading<T> {
        T read(ImageReader reader) throws IOException;
    }

    private static <T> T read(byte[] file, String where, Reading<T> reading) {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw damaged(where, "none of " + file.length + " bytes is one");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return reading.read(reader);
            } finally {
                reader.dispose();
            }
        } catch (ElbowException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers answer damage with exceptions of many kinds.
            throw damaged(where, "one is damaged: " + Message.firstLine(e));
        }
    }

    private static Size size(ImageReader reader, String where) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        // The header first: what comes after it may be anything.
        size(height, width, 1, where);
        return size(height, width, channels(reader), where);
    }

    private static int channels(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        return types.hasNext() && isGrey(types.next().getColorModel()) ? 1 : 3;
    }

    private static Size size(int height, int width, int channels, String where) {
        if (height < 1 || width < 1 || (long) height * width > MOST_PIXELS) {
            throw damaged(
                    where,
                    "one states " + height + " x " + width + " pixels, and " + MOST_PIXELS
                            + " is the most that is read");
        }
        return new Size(height, width, channels);
    }

    private static void requireSize(Size found, ImageShape shape, boolean resized, String where) {
        if (!resized && (found.height() != shape.height() || found.width() != shape.width())) {
            throw InputErrors.badValue(where + " must hold images of " + shape.height() + " x " + shape.width()
                    + ", but one has " + found.height() + " x " + found.width()
                    + ": resize all with data.image.height and data.image.width");
        }
    }

    private static byte[] pixels(BufferedImage image, ImageShape shape) {
        int height = shape.height();
        int width = shape.width();
        BufferedImage fitted = image.getHeight() == height && image.getWidth() == width ? image : resized(image, shape);
        int[] colours = fitted.getRGB(0, 0, width, height, null, 0, width);
        byte[] pixels = new byte[shape.size()];
        for (int i = 0; i < colours.length; i++) {
            int red = colours[i] >> 16 & 0xFF;
            int green = colours[i] >> 8 & 0xFF;
            int blue = colours[i] & 0xFF;
            if (shape.channels() == 1) {
                pixels[i] = (byte) Math.round(RED * red + GREEN * green + BLUE * blue);
            } else {
                pixels[3 * i] = (byte) red;
                pixels[3 * i + 1] = (byte) green;
                pixels[3 * i + 2] = (byte) blue;
            }
        }
        return pixels;
    }

    private static boolean isGrey(ColorModel colours) {
        return colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    // The JDK takes grey samples for linear light and would brighten them: a pixel of 128 would read as 188.
    private static BufferedImage plain(BufferedImage image) {
        if (!isGrey(image.getColorModel())) {
            return image;
        }
        int most = (1 << image.getSampleModel().getSampleSize(0)) - 1;
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] samples = new int[image.getWidth()];
        for (int row = 0; row < image.getHeight(); row++) {
            image.getRaster().getSamples(0, row, samples.length, 1, 0, samples);
            for (int column = 0; column < samples.length; column++) {
                copy.setRGB(column, row, samples[column] * 255 / most * 0x010101);
            }
        }
        return copy;
    }

    private static BufferedImage resized(BufferedImage image, ImageShape shape) {
        BufferedImage current = image;
        // Bilinear interpolation looks at four pixels: by halves, so that none is passed over.
        while (current.getWidth() >= 2 * shape.width() && current.getHeight() >= 2 * shape.height()) {
            current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return drawn(current, shape.width(), shape.height());
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return target;
    }

    // Two letters alone could start a text.
    private static boolean isBitmap(byte[] bytes) {
        return starts(bytes, 'B', 'M')
                && bytes.length > 26
                && ByteBuffer.wrap(bytes).getInt(6) == 0;
    }

    private static boolean isSparkImage(byte[] bytes) {
        return bytes.length >= SparkImages.HEADER_SIZE && ByteBuffer.wrap(bytes).getInt() == SparkImages.MAGIC;
    }

    private static Size sparkSize(byte[] file, String where) {
        ByteBuffer header = ByteBuffer.wrap(file);
        header.getInt();
        int height = header.getInt();
        int width = header.getInt();
        int channels = header.getInt();
        Size size = size(height, width, channels, where);
        long bytes = (long) height * width * channels;
        boolean known = channels == 1 || channels == 3 || channels == 4;
        if (!known || file.length - SparkImages.HEADER_SIZE != bytes) {
            throw damaged(
                    where,
                    "one of " + height + " x " + width + " x " + channels + " has "
                            + (file.length - SparkImages.HEADER_SIZE) + " bytes");
        }
        return size;
    }

    private static BufferedImage sparkImage(byte[] file, Size size) {
        int channels = (file.length - SparkImages.HEADER_SIZE) / (size.height() * size.width());
        BufferedImage image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        int place = SparkImages.HEADER_SIZE;
        for (int row = 0; row < size.height(); row++) {
            for (int column = 0; column < size.width(); column++, place += channels) {
                int blue = file[place] & 0xFF;
                int green = channels == 1 ? blue : file[place + 1] & 0xFF;
                int red = channels == 1 ? blue : file[place + 2] & 0xFF;
                image.setRGB(column, row, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static ElbowException damaged(String where, String fault) {
        return InputErrors.badValue(where + " must hold images (PNG, JPEG, GIF or BMP), but " + fault);
    }

    private static boolean starts(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
