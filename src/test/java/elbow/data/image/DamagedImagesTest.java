package elbow.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.BadValueException;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images that are refused, and what is said of them. */
class DamagedImagesTest {
    private static final String START = "column image must hold images (PNG, JPEG, GIF or BMP), but ";
    private static final int SIDE = 24;

    private static final Map<String, byte[]> FILES = files();

    private static Map<String, byte[]> files() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, random.nextInt());
        }
        BufferedImage palette = OddImages.palette(8, SIDE, SIDE, false, 0xFF102030, 0xFF405060, 0xFF778899);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("PNG", Images.encoded(image, "png"));
        files.put("interlaced PNG", OddImages.interlaced(image, "png"));
        files.put("JPEG", OddImages.jpeg(image, false));
        files.put("progressive JPEG", OddImages.jpeg(image, true));
        files.put("GIF", Images.encoded(palette, "gif"));
        files.put("BMP", Images.encoded(image, "bmp"));
        files.put("packed BMP", OddImages.packedBmp(palette));
        return files;
    }

    static Set<String> kinds() {
        return FILES.keySet();
    }

    private static byte[] file(String kind) {
        return Objects.requireNonNull(FILES.get(kind));
    }

    private static void assertRefused(byte[] file, String... parts) {
        assertThatThrownBy(() -> ImageDecoder.decode(file, new ImageShape(4, 4, 1), true, "column image"))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith(START)
                .hasMessageContainingAll(parts);
    }

    /** One pixel less, one byte less than its end: no file goes on with grey or black. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aFileIsRefusedWhereverItIsCutOff(String kind) {
        byte[] file = file(kind);
        assertThat(ImageDecoder.decode(file, new ImageShape(4, 4, 1), true, "column image"))
                .hasSize(16);
        for (int length = 30; length < file.length; length++) {
            assertRefused(Arrays.copyOf(file, length), "one is damaged: ");
        }
        assertRefused(Arrays.copyOf(file, 2), "one");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(cut("JPEG", 2), "one is damaged: it is cut off: the marker of its end (EOI) is missing");
        assertRefused(cut("PNG", 1), "one is damaged: it is cut off: its last chunk (IEND) is missing");
        assertRefused(cut("GIF", 1), "one is damaged: it is cut off: its trailer is missing");
        assertRefused(cut("BMP", 1), "one is damaged: it is cut off: the last of its pixels is missing");
    }

    @Test
    void aCutFileIsRefusedEvenIfItHasAnEnd() {
        byte[] jpeg = file("JPEG");
        for (int length = jpeg.length / 2; length < jpeg.length - 4; length += 7) {
            assertRefused(ended(jpeg, length), "one is damaged: ");
        }
        byte[] progressive = file("progressive JPEG");
        assertRefused(ended(progressive, progressive.length - 20), "one is damaged: ");
        // A GIF frame whose last part is shorter.
        assertRefused(shortened(file("GIF"), 10), "one is damaged: it is cut off: the last of its rows is missing");
    }

    @Test
    void aDamagedScanOfJpegIsRefused() {
        byte[] file = file("JPEG").clone();
        Arrays.fill(file, file.length - 200, file.length - 100, (byte) 0xFE);
        assertRefused(file, "one is damaged: ");
    }

    @Test
    void aChangedByteOfPngIsRefused() {
        byte[] file = file("PNG").clone();
        file[file.length - 20]++;
        assertRefused(file, "one is damaged: the checksum of its chunk IDAT is wrong");
    }

    @Test
    void severalFramesAreRefused() {
        BufferedImage one = OddImages.palette(1, 2, 2, false, 0xFF000000, 0xFFFFFFFF);
        BufferedImage other = OddImages.palette(1, 2, 2, false, 0xFFFFFFFF, 0xFF000000);
        assertRefused(OddImages.gif(one, other, one), "one has 3 frames, and is to have one: store each as a file");
        assertRefused(OddImages.animated(file("PNG"), 2), "one has 2 frames");
        assertThat(ImageDecoder.decode(OddImages.gif(one), new ImageShape(2, 2, 1), false, "column image"))
                .containsExactly(0, 255, 255, 255);
        assertThat(ImageDecoder.size(OddImages.animated(file("PNG"), 1), "column image"))
                .isEqualTo(new ImageDecoder.Size(SIDE, SIDE, 3));
    }

    @Test
    void fourChannelsOfWhichNothingIsSaidAreRefused() {
        assertRefused(OddImages.inks(1, 2, 3, 4), "one is a JPEG of four channels without Adobe's marker");
    }

    @Test
    void whatIsNoImageIsNamed() {
        assertRefused(new byte[0], "one is empty");
        assertRefused(bytes("id,amount\n1,2\n"), "one is text: \"id,amount 1,2 \"");
        assertRefused(bytes("II*\0........"), "one is TIFF");
        assertRefused(bytes("MM\0*........"), "one is TIFF");
        assertRefused(bytes("RIFF\0\0\0\0WEBPVP8 "), "one is WebP");
        assertRefused(bytes("\0\0\0\30ftypheic"), "one is HEIF or AVIF");
        assertRefused(new byte[] {1, 2, 3}, "none of 3 bytes is one");
    }

    @Test
    void noPixelsAndTooManyAreRefusedFromTheHeader() {
        assertRefused(Images.bomb(1 << 14, 1 << 13), "one states 16384 x 8192 pixels, and 67108864 is the most");
        assertRefused(Images.bomb(0, 5), "one is damaged: ");
        byte[] gif = file("GIF").clone();
        ByteBuffer.wrap(gif).putInt(6, 0xFFFFFFFF);
        assertRefused(gif, "one states 65535 x 65535 pixels, and 67108864 is the most");
    }

    @Test
    void aFileInsideOfABitmapIsRefused() {
        byte[] file = file("BMP").clone();
        file[30] = 4;
        assertRefused(file, "one is");
    }

    private static byte[] ended(byte[] jpeg, int length) {
        byte[] ended = Arrays.copyOf(jpeg, length);
        ended[length - 2] = (byte) 0xFF;
        ended[length - 1] = (byte) 0xD9;
        return ended;
    }

    private static byte[] cut(String kind, int bytes) {
        byte[] file = file(kind);
        return Arrays.copyOf(file, file.length - bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A GIF file of one part less than 256 bytes, with so many fewer bytes in it. */
    private static byte[] shortened(byte[] gif, int bytes) {
        int part = gif.length - 2;
        while (part + 1 + (gif[part] & 0xFF) != gif.length - 2) {
            part--;
        }
        byte[] shorter = Arrays.copyOf(gif, gif.length - bytes);
        shorter[part] -= (byte) bytes;
        shorter[shorter.length - 2] = 0;
        shorter[shorter.length - 1] = 0x3B;
        return shorter;
    }
}
