package elbow.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * What a file says of its image beside the pixels. Found by looking at it to its end, which the JDK's readers do not.
 */
interface ImageFile {
    /** How the image is to be turned after reading. */
    default Orientation orientation() {
        return Orientation.TOP_LEFT;
    }

    /** Rows as stored. */
    default int height(ImageReader reader) throws IOException {
        return reader.getHeight(0);
    }

    /** Pixels of a row as stored. */
    default int width(ImageReader reader) throws IOException {
        return reader.getWidth(0);
    }

    /** Whether no pixel has a colour, as far as the header says. */
    default boolean isGrey(ImageReader reader) throws IOException {
        return Pixels.isGrey(reader.getImageTypes(0).next().getColorModel());
    }

    /** The image as stored. */
    default BufferedImage read(ImageReader reader, ReadWatch watch) throws IOException {
        return Pixels.plain(reader.read(0));
    }

    /**
     * Requires that a file has one image.
     *
     * @throws ImageFaultException else: those after the first would be dropped
     */
    static void requireOne(int frames) throws ImageFaultException {
        if (frames != 1) {
            throw new ImageFaultException("one has " + frames + " frames, and is to have one: store each as a file");
        }
    }

    /** A file without the end that its format asks for. */
    static IOException cut(String rest) {
        return new IOException("it is cut off: " + rest + " is missing");
    }
}
