package elbow.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are not as the usual ones are, and are read: to exactly which pixels. */
class OddImagesTest {
    private static final String WHERE = "column image";
    private static final int RGB = BufferedImage.TYPE_INT_RGB;
    private static final int ARGB = BufferedImage.TYPE_INT_ARGB;

    private static byte[] pixels(byte[] file, int height, int width, int channels) {
        return ImageDecoder.decode(file, new ImageShape(height, width, channels), false, WHERE);
    }

    private static byte[] resized(byte[] file, int height, int width, int channels) {
        return ImageDecoder.decode(file, new ImageShape(height, width, channels), true, WHERE);
    }

    private static ImageDecoder.Size size(byte[] file) {
        return ImageDecoder.size(file, WHERE);
    }

    /** As stored: 1 2 3 above 4 5 6. */
    @ParameterizedTest
    @CsvSource({
        "0, 2, 1 2 3 4 5 6",
        "1, 2, 1 2 3 4 5 6",
        "2, 2, 3 2 1 6 5 4",
        "3, 2, 6 5 4 3 2 1",
        "4, 2, 4 5 6 1 2 3",
        "5, 3, 1 4 2 5 3 6",
        "6, 3, 4 1 5 2 6 3",
        "7, 3, 6 3 5 2 4 1",
        "8, 3, 3 6 2 5 1 4",
        "9, 2, 1 2 3 4 5 6"
    })
    void imagesAreTurnedAsTheirOrientationSays(int orientation, int height, String expected) {
        byte[] png = OddImages.turned(
                Images.encoded(OddImages.grey(8, 3, new int[] {1, 2, 3, 4, 5, 6}, null), "png"), orientation);
        assertThat(size(png)).isEqualTo(new ImageDecoder.Size(height, 6 / height, 1));
        assertThat(join(pixels(png, height, 6 / height, 1))).isEqualTo(expected);

        // Of a JPEG file the blocks come back: each as 8 x 8 pixels.
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] jpeg = OddImages.turned(OddImages.jpeg(blocks(3, 1, 2, 3, 4, 5, 6), false), orientation, order);
            byte[] all = pixels(jpeg, 8 * height, 8 * 6 / height, 1);
            assertThat(join(everyEighth(all, 8 * 6 / height))).isEqualTo(expected);
        }
    }

    @Test
    void anImageIsTurnedBeforeItIsResized() {
        byte[] png = OddImages.turned(
                Images.encoded(OddImages.of(RGB, 4, 0, 0, 0xFFFFFF, 0xFFFFFF, 0, 0, 0xFFFFFF, 0xFFFFFF), "png"), 6);
        assertThat(resized(png, 2, 1, 1)).containsExactly(0, 255);
    }

    @Test
    void exifThatMakesNoSenseTurnsNothing() {
        byte[] png = Images.greyPng(2, 3);
        for (String exif : new String[] {
            "", "MM", "MM\0*\0\0", "MM\0*\0\0\0\u00C8", "MM\0*\u00FF\u00FF\u00FF\u00FF", "MM\0*\0\0\0\b\0\t"
        }) {
            byte[] odd = OddImages.chunk(png, "eXIf", exif.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(pixels(odd, 2, 3, 1)).isEqualTo(pixels(png, 2, 3, 1));
        }
    }

    /** Stored from 0 (all ink) to 255 (none): what is left of the light is the product. */
    @Test
    void cmykIsBroughtToRedGreenAndBlue() {
        byte[] cmyk = OddImages.adobe(OddImages.inks(200, 100, 50, 255), 0);
        assertThat(size(cmyk)).isEqualTo(new ImageDecoder.Size(8, 8, 3));
        assertThat(pixels(cmyk, 8, 8, 3)).startsWith(200, 100, 50).endsWith(200, 100, 50);
        // 200 * 51 / 255 = 40.
        assertThat(pixels(OddImages.adobe(OddImages.inks(200, 100, 50, 51), 0), 8, 8, 3))
                .startsWith(40, 20, 10);
        // Grey: luma 100 is light of 100, so that 155 is stored; half of the black.
        assertThat(pixels(OddImages.adobe(OddImages.inks(100, 128, 128, 255), 2), 8, 8, 3))
                .startsWith(155, 155, 155);
        // Light of 100 + 1.402 * 50 = 170, 100 - 0.714 * 50 = 64, 100.
        assertThat(pixels(OddImages.adobe(OddImages.inks(100, 128, 178, 255), 2), 8, 8, 3))
                .startsWith(85, 191, 155);
    }

    @Test
    void whatIsTransparentIsBlackAtAnySize() {
        int seen = 0xFF306090;
        BufferedImage hidden = OddImages.of(ARGB, 2, seen, 0x00FFFFFF, 0x00123456, seen);
        BufferedImage black = OddImages.of(RGB, 2, seen, 0, 0, seen);
        byte[] png = Images.encoded(hidden, "png");
        byte[] onBlack = Images.encoded(black, "png");
        byte[] gif = Images.encoded(OddImages.palette(1, 2, 2, true, 0x00FFFFFF, 0xFF306090), "gif");

        assertThat(pixels(png, 2, 2, 3)).isEqualTo(pixels(onBlack, 2, 2, 3));
        assertThat(pixels(png, 2, 2, 1)).isEqualTo(pixels(onBlack, 2, 2, 1));
        assertThat(pixels(gif, 2, 2, 3)).startsWith(0, 0, 0, 0x30, 0x60, 0x90);
        for (int side : new int[] {1, 3, 4, 7}) {
            assertThat(resized(png, side, side, 3)).isEqualTo(resized(onBlack, side, side, 3));
        }
        byte[] turned = OddImages.turned(png, 2);
        assertThat(pixels(turned, 2, 2, 3)).startsWith(0, 0, 0, 0x30, 0x60, 0x90);
    }

    /** 128 of 255: 200 becomes 100.4, 100 becomes 50.2, 50 becomes 25.1. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8})
    void whatIsHalfTransparentIsHalfAsBrightAtAnySize(int side) {
        int[] colours = new int[16];
        Arrays.fill(colours, 0x80C86432);
        byte[] png = Images.encoded(OddImages.of(ARGB, 4, colours), "png");
        byte[] pixels = resized(png, side, side, 3);
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(new byte[] {pixels[i], pixels[i + 1], pixels[i + 2]}).containsExactly(100, 50, 25);
        }
    }

    @Test
    void greyWithTransparencyIsBlendedAndHasOneChannel() {
        byte[] eight = Images.encoded(
                OddImages.grey(8, 4, new int[] {200, 200, 200, 10}, new int[] {255, 128, 0, 255}), "png");
        byte[] sixteen = Images.encoded(
                OddImages.grey(16, 4, new int[] {200 * 257, 200 * 257, 200 * 257, 10 * 257}, new int[] {
                    65535, 128 * 257, 0, 65535
                }),
                "png");

        for (byte[] file : new byte[][] {eight, sixteen}) {
            assertThat(size(file)).isEqualTo(new ImageDecoder.Size(1, 4, 1));
            assertThat(pixels(file, 1, 4, 1)).containsExactly(200, 100, 0, 10);
            assertThat(resized(file, 1, 2, 1)).hasSize(2);
        }
    }

    /** The value 200 is the transparent one. */
    @Test
    void aTransparentGreyOrColourOfPngIsBlack() {
        byte[] grey = Images.encoded(OddImages.grey(8, 3, new int[] {100, 200, 201}, null), "png");
        assertThat(pixels(OddImages.chunk(grey, "tRNS", new byte[] {0, (byte) 200}), 1, 3, 1))
                .containsExactly(100, 0, 201);
        byte[] colours = Images.encoded(OddImages.of(RGB, 2, 0x102030, 0x405060), "png");
        assertThat(pixels(OddImages.chunk(colours, "tRNS", new byte[] {0, 0x10, 0, 0x20, 0, 0x30}), 1, 2, 3))
                .containsExactly(0, 0, 0, 0x40, 0x50, 0x60);
        byte[] bits = Images.encoded(OddImages.palette(1, 1, 2, false, 0xFF000000, 0xFFFFFFFF), "png");
        assertThat(pixels(OddImages.chunk(bits, "tRNS", new byte[] {0, 1}), 1, 2, 1))
                .containsExactly(0, 0);
        byte[] deep = Images.encoded(OddImages.grey(16, 3, new int[] {0x6464, 0xC8C8, 0xC8C9}, null), "png");
        assertThat(pixels(OddImages.chunk(deep, "tRNS", new byte[] {(byte) 0xC8, (byte) 0xC8}), 1, 3, 1))
                .containsExactly(0x64, 0, 0xC8);
    }

    @Test
    void palettesOfGreysHaveOneChannelAndOthersThree() {
        int[] greys = {0xFF000000, 0xFF0A0A0A, 0xFFFFFFFF, 0xFF808080};
        for (int bits : new int[] {2, 4, 8}) {
            for (String format : new String[] {"png", "gif", "bmp"}) {
                if (bits == 2 && format.equals("bmp")) {
                    continue;
                }
                byte[] file = Images.encoded(OddImages.palette(bits, 2, 2, false, greys), format);
                assertThat(size(file)).as(format).isEqualTo(new ImageDecoder.Size(2, 2, 1));
                assertThat(pixels(file, 2, 2, 1)).as(format).containsExactly(0, 10, 255, 128);
                assertThat(pixels(file, 2, 2, 3))
                        .as(format)
                        .containsExactly(0, 0, 0, 10, 10, 10, 255, 255, 255, 128, 128, 128);
            }
        }
        greys[1] = 0xFF0A0A0B;
        for (String format : new String[] {"png", "gif", "bmp"}) {
            assertThat(size(Images.encoded(OddImages.palette(8, 2, 2, false, greys), format)))
                    .as(format)
                    .isEqualTo(new ImageDecoder.Size(2, 2, 3));
        }
        // A colour that is never seen.
        greys[1] = 0x0000FF00;
        assertThat(size(Images.encoded(OddImages.palette(8, 2, 2, true, greys), "png")))
                .isEqualTo(new ImageDecoder.Size(2, 2, 1));
    }

    @Test
    void oneBitIsBlackOrWhite() {
        for (String format : new String[] {"png", "gif", "bmp"}) {
            byte[] file = Images.encoded(OddImages.palette(1, 1, 3, false, 0xFF000000, 0xFFFFFFFF), format);
            assertThat(size(file)).as(format).isEqualTo(new ImageDecoder.Size(1, 3, 1));
            assertThat(pixels(file, 1, 3, 1)).as(format).containsExactly(0, 255, 255);
        }
    }

    @Test
    void greyOfSixteenBitsKeepsItsUpperEight() {
        byte[] file = Images.encoded(OddImages.grey(16, 3, new int[] {0, 0x6464, 0xFFFF}, null), "png");
        assertThat(size(file)).isEqualTo(new ImageDecoder.Size(1, 3, 1));
        assertThat(pixels(file, 1, 3, 1)).containsExactly(0, 0x64, 255);
    }

    @Test
    void rowsOfSeveralPassesComeInOrder() {
        BufferedImage image = noise(RGB, 23, 19, 5);
        assertThat(pixels(OddImages.interlaced(image, "png"), 23, 19, 3))
                .isEqualTo(pixels(Images.encoded(image, "png"), 23, 19, 3));
        BufferedImage palette = OddImages.palette(8, 23, 19, false, 0xFF102030, 0xFF405060, 0xFF0000FF);
        assertThat(pixels(OddImages.interlaced(palette, "gif"), 23, 19, 3))
                .isEqualTo(pixels(Images.encoded(palette, "png"), 23, 19, 3));
        BufferedImage blocks = blocks(2, 20, 40, 60, 80);
        assertThat(pixels(OddImages.jpeg(blocks, true), 16, 16, 1))
                .isEqualTo(pixels(OddImages.jpeg(blocks, false), 16, 16, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void rowsOfAnInterlacedGifComeInOrderHoweverFewTheyAre(int height) {
        int[] colours = new int[height];
        for (int i = 0; i < height; i++) {
            colours[i] = 0xFF000000 | 0x030507 * (i + 1);
        }
        byte[] gif = OddImages.interlaced(OddImages.palette(4, height, 1, false, colours), "gif");
        byte[] pixels = pixels(gif, height, 1, 3);
        for (int i = 0; i < height; i++) {
            assertThat(Arrays.copyOfRange(pixels, 3 * i, 3 * i + 3))
                    .containsExactly(3 * (i + 1), 5 * (i + 1), 7 * (i + 1));
        }
    }

    @Test
    void aFrameOfGifIsWhereItIsOnItsScreen() {
        byte[] gif = Images.encoded(OddImages.palette(1, 1, 2, false, 0xFF808080, 0xFFFFFFFF), "gif");
        byte[] framed = OddImages.framed(gif, 3, 4, 1, 2);
        assertThat(size(framed)).isEqualTo(new ImageDecoder.Size(3, 4, 1));
        assertThat(pixels(framed, 3, 4, 1)).containsExactly(0, 0, 0, 0, 0, 0, 128, 255, 0, 0, 0, 0);
    }

    /** A profile of gamma 2.2, which the JDK follows to linear light: of 128 it would make 55. */
    @Test
    void greyJpegsAreReadAsTheyStandWithAProfileOrWithout() {
        ICC_Profile profile = ICC_Profile.getInstance(
                ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData());
        profile.setData(
                ICC_Profile.icSigGrayTRCTag,
                ByteBuffer.allocate(14)
                        .put("curv\0\0\0\0\0\0\0\1\2\63".getBytes(StandardCharsets.ISO_8859_1))
                        .array());
        byte[] plain = OddImages.jpeg(blocks(2, 20, 128), false);
        for (byte[] icc : new byte[][] {
            profile.getData(), ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData(), {1, 2, 3}
        }) {
            byte[] content = ByteBuffer.allocate(14 + icc.length)
                    .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                    .put(icc)
                    .array();
            byte[] file = OddImages.segment(plain, 0xE2, content);
            assertThat(size(file)).isEqualTo(new ImageDecoder.Size(8, 16, 1));
            assertThat(pixels(file, 8, 16, 1))
                    .isEqualTo(pixels(plain, 8, 16, 1))
                    .startsWith(20)
                    .endsWith(128);
        }
    }

    @Test
    void opaqueImagesAreReadAsTheJdkReadsThem() throws IOException {
        BufferedImage image = noise(RGB, 21, 34, 1);
        for (byte[] file : new byte[][] {
            Images.encoded(image, "png"),
            Images.encoded(image, "bmp"),
            Images.encoded(image, "gif"),
            OddImages.jpeg(image, false),
            OddImages.jpeg(image, true)
        }) {
            BufferedImage jdk = ImageIO.read(new ByteArrayInputStream(file));
            byte[] expected = new byte[21 * 34 * 3];
            for (int i = 0; i < 21 * 34; i++) {
                int rgb = jdk.getRGB(i % 34, i / 34);
                expected[3 * i] = (byte) (rgb >> 16);
                expected[3 * i + 1] = (byte) (rgb >> 8);
                expected[3 * i + 2] = (byte) rgb;
            }
            assertThat(pixels(file, 21, 34, 3)).isEqualTo(expected);
        }
        BufferedImage grey = noise(BufferedImage.TYPE_BYTE_GRAY, 21, 34, 2);
        byte[] file = OddImages.jpeg(grey, false);
        BufferedImage jdk = ImageIO.read(new ByteArrayInputStream(file));
        byte[] expected = (byte[]) jdk.getRaster().getDataElements(0, 0, 34, 21, null);
        assertThat(pixels(file, 21, 34, 1)).isEqualTo(expected);
    }

    /** Of what earlier versions read: models trained by them see the same pixels. */
    @Test
    void pixelsOfSizesAndFormatsStayAsTheyWere() {
        CRC32 sum = new CRC32();
        BufferedImage colours = noise(RGB, 37, 50, 3);
        BufferedImage grey = noise(BufferedImage.TYPE_BYTE_GRAY, 37, 50, 4);
        BufferedImage deep = noise(BufferedImage.TYPE_USHORT_GRAY, 37, 50, 5);
        BufferedImage palette = OddImages.palette(4, 37, 50, false, 0xFF112233, 0xFF808080, 0xFFFF0010, 0xFFF0F1F2);
        for (byte[] file : new byte[][] {
            Images.encoded(colours, "png"),
            Images.encoded(colours, "bmp"),
            Images.encoded(grey, "png"),
            Images.encoded(deep, "png"),
            Images.encoded(palette, "png"),
            Images.encoded(palette, "gif"),
            OddImages.packedBmp(OddImages.palette(8, 37, 50, false, 0xFF112233, 0xFF808080))
        }) {
            for (int channels : new int[] {1, 3}) {
                sum.update(pixels(file, 37, 50, channels));
                sum.update(resized(file, 16, 16, channels));
                sum.update(resized(file, 60, 41, channels));
            }
        }
        assertThat(sum.getValue()).isEqualTo(851_844_820L);
    }

    @Test
    void imagesOfSparksSourceAreBlendedAsFilesAre() {
        StructType schema = new StructType()
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        byte[] data = {3, 2, 1, (byte) 255, 6, 5, 4, 0, 50, 100, (byte) 200, (byte) 128};
        byte[] file = Objects.requireNonNull(
                SparkImages.bytes(new GenericRowWithSchema(new Object[] {1, 3, 4, data}, schema)));
        assertThat(size(file)).isEqualTo(new ImageDecoder.Size(1, 3, 3));
        assertThat(pixels(file, 1, 3, 3)).containsExactly(1, 2, 3, 0, 0, 0, 100, 50, 25);
    }

    private static BufferedImage noise(int type, int height, int width, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < height * width; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        return image;
    }

    private static BufferedImage blocks(int across, int... levels) {
        BufferedImage image = new BufferedImage(8 * across, 8 * levels.length / across, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, levels[y / 8 * across + x / 8]);
            }
        }
        return image;
    }

    private static byte[] everyEighth(byte[] pixels, int width) {
        byte[] some = new byte[pixels.length / 64];
        for (int i = 0; i < some.length; i++) {
            some[i] = pixels[i / (width / 8) * 8 * width + i % (width / 8) * 8];
        }
        return some;
    }

    private static String join(byte[] pixels) {
        StringBuilder text = new StringBuilder();
        for (byte pixel : pixels) {
            text.append(text.isEmpty() ? "" : " ").append(pixel);
        }
        return text.toString();
    }
}
