package elbow.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageReader;

/**
 * The chunks of a PNG file. The JDK's reader looks at no checksum, and at nothing behind the pixels that it needs.
 *
 * @param transparentLevel the grey, from 0 to 255, that is transparent in a file of fewer than 8 bits a pixel; else
 *     {@value #NONE}
 */
record PngFile(Orientation orientation, int transparentLevel) implements ImageFile {
    private static final int NONE = -1;
    private static final int GREY = 0;

    private static final int SIGNATURE = 8;
    private static final int AROUND = 12;
    private static final int DEPTH = 24;

    /** What changes pixels, beside the chunks in capital letters, without which there are none. */
    private static final Set<String> USED = Set.of("tRNS", "acTL", "eXIf");

    static PngFile of(byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        Orientation orientation = Orientation.TOP_LEFT;
        int transparentLevel = NONE;
        for (int chunk = SIGNATURE; file.length - chunk >= AROUND; ) {
            int length = bytes.getInt(chunk);
            if (length < 0 || length > file.length - chunk - AROUND) {
                break;
            }
            String type = new String(file, chunk + 4, 4, StandardCharsets.ISO_8859_1);
            int content = chunk + 8;
            requireSum(file, chunk + 4, length, type, bytes.getInt(content + length));
            if (type.equals("IEND")) {
                return new PngFile(orientation, transparentLevel);
            } else if (type.equals("acTL") && length >= 4) {
                ImageFile.requireOne(bytes.getInt(content));
            } else if (type.equals("eXIf")) {
                orientation = Orientation.ofExif(file, content, length);
            } else if (type.equals("tRNS") && length >= 2 && file[DEPTH + 1] == GREY && file[DEPTH] < 8) {
                transparentLevel = bytes.getShort(content) * 255 / ((1 << file[DEPTH]) - 1);
            }
            chunk = content + length + 4;
        }
        throw ImageFile.cut("its last chunk (IEND)");
    }

    // The JDK looks for the transparent value among samples that it has brought to 8 bits.
    @Override
    public BufferedImage read(ImageReader reader, ReadWatch watch) throws IOException {
        BufferedImage image = Pixels.plain(reader.read(0));
        if (transparentLevel != NONE) {
            for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
                int x = i % image.getWidth();
                int y = i / image.getWidth();
                if ((image.getRGB(x, y) & 0xFF) == transparentLevel) {
                    image.setRGB(x, y, 0xFF000000);
                }
            }
        }
        return image;
    }

    private static void requireSum(byte[] file, int start, int length, String type, int sum) throws IOException {
        if (!Character.isUpperCase(type.charAt(0)) && !USED.contains(type)) {
            return;
        }
        CRC32 found = new CRC32();
        found.update(file, start, 4 + length);
        if ((int) found.getValue() != sum) {
            throw new IOException("the checksum of its chunk " + type + " is wrong");
        }
    }
}
