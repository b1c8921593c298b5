package elbow.data.image;

import elbow.base.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The formats of image files that are read. What a file is, its first bytes say: its name may say something else. */
enum ImageFormat {
    PNG("\u0089PNG\r\n\u001A\n") {
        @Override
        ImageFile look(byte[] file) throws IOException {
            return PngFile.of(file);
        }
    },
    JPEG("\u00FF\u00D8\u00FF") {
        @Override
        ImageFile look(byte[] file) throws IOException {
            return JpegFile.of(file);
        }
    },
    GIF("GIF8") {
        @Override
        ImageFile look(byte[] file) throws IOException {
            return GifFile.of(file);
        }
    },
    BMP("BM") {
        @Override
        ImageFile look(byte[] file) throws IOException {
            return BmpFile.of(file);
        }

        // Two letters alone could start a text.
        @Override
        boolean isStartOf(byte[] file) {
            return super.isStartOf(file)
                    && file.length > 26
                    && ByteBuffer.wrap(file).getInt(6) == 0;
        }
    };

    private static final int LONGEST_QUOTE = 40;

    private final String start;

    ImageFormat(String start) {
        this.start = start;
    }

    /** The format of a file, by its first bytes. */
    static Optional<ImageFormat> of(byte[] file) {
        return Arrays.stream(values()).filter(format -> format.isStartOf(file)).findFirst();
    }

    /** What a message says of bytes that are of no format. */
    static String unknown(byte[] file) {
        if (file.length == 0) {
            return "one is empty";
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return "one is TIFF";
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return "one is WebP";
        } else if (text.startsWith("ftyp", 4)) {
            return "one is HEIF or AVIF";
        } else if (text.chars().allMatch(c -> c < 0x7F && (c >= ' ' || Character.isWhitespace(c)))) {
            return "one is text: " + Message.quote(text.substring(0, Math.min(LONGEST_QUOTE, text.length())));
        }
        return "none of " + file.length + " bytes is one";
    }

    /**
     * Looks through a file to its end.
     *
     * @throws IOException if it has no end, or says that its pixels are not to be read as those of one image
     */
    abstract ImageFile look(byte[] file) throws IOException;

    boolean isStartOf(byte[] file) {
        return file.length >= start.length()
                && new String(file, 0, start.length(), StandardCharsets.ISO_8859_1).equals(start);
    }

    ImageReader reader() {
        return ImageIO.getImageReadersByFormatName(name()).next();
    }
}
