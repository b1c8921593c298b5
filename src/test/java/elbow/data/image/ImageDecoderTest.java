package elbow.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
    private static final ImageShape GREY = new ImageShape(3, 4, 1);

    @Test
    void greyPixelsComeBackAsTheyWereWritten() {
        byte[] pixels = ImageDecoder.decode(Images.greyPng(3, 4), GREY, false, "image x");
        assertThat(pixels).containsExactly(0, 1, 2, 3, 16, 17, 18, 19, 32, 33, 34, 35);
        assertThat(ImageDecoder.decode(bright(), new ImageShape(1, 1, 1), true, "image x"))
                .containsExactly(128);
    }

    @Test
    void coloursAreInTheOrderRedGreenBlueAndGreyByTheirWeights() {
        for (String format : new String[] {"png", "bmp", "gif"}) {
            byte[] file = Images.plain(format, 2, 2, 0x204060);
            assertThat(ImageDecoder.decode(file, new ImageShape(2, 2, 3), false, format))
                    .startsWith(0x20, 0x40, 0x60);
            // 0.299 * 32 + 0.587 * 64 + 0.114 * 96 = 58.08.
            assertThat(ImageDecoder.decode(file, new ImageShape(2, 2, 1), false, format))
                    .containsExactly(58, 58, 58, 58);
        }
    }

    @Test
    void imagesAreResizedOnlyOnRequest() {
        byte[] file = Images.plain("jpg", 40, 60, 0x808080);
        byte[] pixels = ImageDecoder.decode(file, GREY, true, "image x");
        assertThat(pixels).hasSize(12);
        for (byte pixel : pixels) {
            assertThat(pixel & 0xFF).isBetween(126, 130);
        }
        assertThatThrownBy(() -> ImageDecoder.decode(file, GREY, false, "column image"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("column image must hold images of 3 x 4, but one has 40 x 60: resize all with"
                        + " data.image.height and data.image.width");
    }

    @Test
    void aStatedSizeThatNoMemoryHoldsIsRefusedFromTheHeader() {
        assertThatThrownBy(() -> ImageDecoder.decode(Images.bomb(100_000, 100_000), GREY, true, "column image"))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "column image must hold images (PNG, JPEG, GIF or BMP), but one states 100000 x 100000 pixels,"
                                + " and 67108864 is the most that is read");
    }

    @Test
    void damagedFilesAreRefused() {
        byte[] png = Images.greyPng(3, 4);
        assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(png, png.length / 2), GREY, true, "column image"))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("column image must hold images (PNG, JPEG, GIF or BMP), but one is damaged: ");
    }

    @Test
    void imagesOfSparksSourceHaveTheirChannelsReversed() {
        StructType schema = new StructType()
                .add("origin", DataTypes.StringType)
                .add("height", DataTypes.IntegerType)
                .add("width", DataTypes.IntegerType)
                .add("nChannels", DataTypes.IntegerType)
                .add("mode", DataTypes.IntegerType)
                .add("data", DataTypes.BinaryType);
        Row image =
                new GenericRowWithSchema(new Object[] {"x.png", 1, 2, 3, 16, new byte[] {3, 2, 1, 6, 5, 4}}, schema);
        byte[] file = Objects.requireNonNull(SparkImages.bytes(image));
        assertThat(SparkImages.isImage(schema)).isTrue();
        assertThat(ImageDecoder.decode(file, new ImageShape(1, 2, 3), false, "image x"))
                .containsExactly(1, 2, 3, 4, 5, 6);
        ByteBuffer.wrap(file).putInt(4, 1000);
        assertThatThrownBy(() -> ImageDecoder.decode(file, new ImageShape(1, 2, 3), true, "column image"))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "column image must hold images (PNG, JPEG, GIF or BMP), but one of 1000 x 2 x 3 has 6 bytes");
    }

    private static byte[] bright() {
        return Images.plain("png", 8, 8, 0x808080);
    }
}
