package elbow.data.image;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.base.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, GIF and BMP files, and {@link SparkImages}, to 8-bit pixels. The header is looked at before a pixel
 * is unpacked: a file of a few bytes can state a size that no memory holds. A file is looked at to its end, and its
 * reader's warnings are heard: the JDK's readers fill up what is missing.
 */
public final class ImageDecoder {
    /** The most pixels that an image may have before it is resized. */
    static final long MOST_PIXELS = 1L << 26;

    private ImageDecoder() {}

    /** Whether bytes start as a file of a known kind does. */
    public static boolean isFile(byte[] bytes) {
        return ImageFormat.of(bytes).isPresent() || SparkImages.isFile(bytes);
    }

    /**
     * The size of an image file, from its header alone.
     *
     * @param where for messages: "column image"
     * @throws ElbowException of category INPUT if the bytes are no image, cut off or too large
     */
    public static Size size(byte[] file, String where) {
        if (SparkImages.isFile(file)) {
            return SparkImages.size(file, where);
        }
        return read(file, where, (reader, image, watch) -> seen(reader, image));
    }

    /**
     * The pixels of an image file, in the shape given: as they were seen (EXIF), transparent ones blended with black,
     * rows from the top, pixels from the left, channels red, green, blue; grey by the weights of ITU-R BT.601.
     *
     * @param resized whether an image of another size is brought to this one, or refused
     * @param where for messages: "column image"
     * @throws ElbowException of category INPUT if the bytes are no image, damaged, several, too large or of another
     *     size
     */
    public static byte[] decode(byte[] file, ImageShape shape, boolean resized, String where) {
        if (SparkImages.isFile(file)) {
            requireSize(SparkImages.size(file, where), shape, resized, where);
            return Pixels.bytes(SparkImages.image(file), Orientation.TOP_LEFT, shape);
        }
        return read(file, where, (reader, image, watch) -> {
            requireSize(seen(reader, image), shape, resized, where);
            return Pixels.bytes(image.read(reader, watch), image.orientation(), shape);
        });
    }

    /**
     * What the header of an image says.
     *
     * @param channels 1 if it is grey, else 3
     */
    public record Size(int height, int width, int channels) {}

    private interface Reading<T> {
        T read(ImageReader reader, ImageFile image, ReadWatch watch) throws IOException;
    }

    private static <T> T read(byte[] file, String where, Reading<T> reading) {
        ImageFormat format = ImageFormat.of(file).orElseThrow(() -> fault(where, ImageFormat.unknown(file)));
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = format.reader();
            try {
                ReadWatch watch = ReadWatch.of(reader);
                reader.setInput(stream, true, true);
                // The header first: what comes after it may be anything.
                requireFew(reader.getHeight(0), reader.getWidth(0), where);
                ImageFile image = format.look(file);
                requireFew(image.height(reader), image.width(reader), where);
                T result = reading.read(reader, image, watch);
                watch.requireSound();
                return result;
            } finally {
                reader.dispose();
            }
        } catch (ElbowException e) {
            throw e;
        } catch (ImageFaultException e) {
            throw fault(where, Message.firstLine(e));
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof Error error) {
                // No fault of the file: memory, for one.
                throw error;
            }
            // The JDK's readers answer damage with exceptions of many kinds.
            throw fault(where, "one is damaged: " + Message.firstLine(e));
        }
    }

    private static Size seen(ImageReader reader, ImageFile image) throws IOException {
        int height = image.height(reader);
        int width = image.width(reader);
        boolean swapped = image.orientation().isSwapped();
        return new Size(swapped ? width : height, swapped ? height : width, image.isGrey(reader) ? 1 : 3);
    }

    /** Requires of a stated size that there are pixels, and no more than are read. */
    static void requireFew(int height, int width, String where) {
        if (height < 1 || width < 1) {
            throw fault(where, "one states " + height + " x " + width + " pixels, which is none");
        }
        if ((long) height * width > MOST_PIXELS) {
            throw fault(
                    where,
                    "one states " + height + " x " + width + " pixels, and " + MOST_PIXELS
                            + " is the most that is read");
        }
    }

    private static void requireSize(Size found, ImageShape shape, boolean resized, String where) {
        if (!resized && (found.height() != shape.height() || found.width() != shape.width())) {
            throw new BadValueException(where + " must hold images of " + shape.height() + " x " + shape.width()
                    + ", but one has " + found.height() + " x " + found.width()
                    + ": resize all with data.image.height and data.image.width");
        }
    }

    /** A value that is no image, or not one to read. */
    static ElbowException fault(String where, String fault) {
        return new BadValueException(where + " must hold images (PNG, JPEG, GIF or BMP), but " + fault);
    }
}
