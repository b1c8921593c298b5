package elbow.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageReader;

/**
 * The segments of a JPEG file.
 *
 * @param components channels as stored: grey; luma and chroma, or red, green and blue; four of ink
 * @param transform what Adobe's marker says of the channels; {@link #NO_MARKER} if there is none
 */
record JpegFile(Orientation orientation, int components, int transform) implements ImageFile {
    static final int NO_MARKER = -1;

    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ADOBE_LENGTH = 12;
    private static final int CMYK = 0;
    private static final int YCCK = 2;

    private static final int END = 0xD9;
    private static final int EXIF = 0xE1;
    private static final int ADOBES = 0xEE;

    static JpegFile of(byte[] file) throws IOException {
        Orientation orientation = null;
        int components = 0;
        int transform = NO_MARKER;
        for (int place = marker(file, 0); place <= file.length; place = marker(file, place)) {
            int marker = file[place - 1] & 0xFF;
            if (marker == END) {
                return new JpegFile(orientation == null ? Orientation.TOP_LEFT : orientation, components, transform);
            } else if (isAlone(marker)) {
                continue;
            }
            int content = place + 2;
            int length = content > file.length
                    ? 0
                    : Short.toUnsignedInt(ByteBuffer.wrap(file).getShort(place)) - 2;
            if (length < 0 || length > file.length - content) {
                break;
            }
            if (isFrame(marker) && length > 5) {
                components = file[content + 5];
            } else if (marker == EXIF && orientation == null && Orientation.isExif(file, content, length)) {
                orientation = Orientation.ofExif(file, content, length);
            } else if (marker == ADOBES && isAdobe(file, content, length)) {
                transform = file[content + ADOBE_LENGTH - 1];
            }
            place = content + length;
        }
        throw ImageFile.cut("the marker of its end (EOI)");
    }

    @Override
    public boolean isGrey(ImageReader reader) {
        return components == 1;
    }

    @Override
    public BufferedImage read(ImageReader reader, ReadWatch watch) throws IOException {
        return switch (components) {
            // As they stand: the JDK would follow a profile to linear light, but not where there is none.
            case 1 -> Pixels.grey(reader.readRaster(0, null), false);
            case 3 -> reader.read(0);
            case 4 -> ofInk(reader);
            default ->
                throw new ImageFaultException(
                        "one is a JPEG of " + components + " channels, and 1 (grey), 3 (colours) or 4 (CMYK) are read");
        };
    }

    // Adobe stores ink so that 255 is none. Whether other writers do, files do not say.
    private BufferedImage ofInk(ImageReader reader) throws IOException {
        if (transform != CMYK && transform != YCCK) {
            throw new ImageFaultException(
                    "one is a JPEG of four channels without Adobe's marker, which says how ink is stored: store it as"
                            + " RGB");
        }
        Raster raster = reader.readRaster(0, null);
        BufferedImage image = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] ink = new int[4];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                raster.getPixel(x, y, ink);
                if (transform == YCCK) {
                    toCmy(ink);
                }
                image.setRGB(x, y, light(ink[0], ink[3]) << 16 | light(ink[1], ink[3]) << 8 | light(ink[2], ink[3]));
            }
        }
        return image;
    }

    // The light that an ink and black leave, each from 0 (all ink) to 255 (none).
    private static int light(int ink, int black) {
        return (ink * black + 127) / 255;
    }

    // ITU-T T.871; of YCCK they give the light, so that its complement is what CMYK would store.
    private static void toCmy(int[] ink) {
        int luma = ink[0];
        int blue = ink[1] - 128;
        int red = ink[2] - 128;
        ink[0] = 255 - level(luma + 1.402 * red);
        ink[1] = 255 - level(luma - 0.344136 * blue - 0.714136 * red);
        ink[2] = 255 - level(luma + 1.772 * blue);
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    /** The place behind the next marker, from a place on; beyond the file if there is none. */
    private static int marker(byte[] file, int from) {
        for (int i = from; i + 1 < file.length; i++) {
            // In pixels 0xFF is followed by 0; before a marker it may come again.
            if ((file[i] & 0xFF) == 0xFF && file[i + 1] != 0 && (file[i + 1] & 0xFF) != 0xFF) {
                return i + 2;
            }
        }
        return Integer.MAX_VALUE;
    }

    // Start of image, restart and the temporary marker.
    private static boolean isAlone(int marker) {
        return marker == 0xD8 || (marker >= 0xD0 && marker <= 0xD7) || marker == 0x01;
    }

    // C4, C8 and CC are tables and an extension.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isAdobe(byte[] file, int start, int length) {
        return length >= ADOBE_LENGTH && Arrays.equals(file, start, start + ADOBE.length, ADOBE, 0, ADOBE.length);
    }
}
