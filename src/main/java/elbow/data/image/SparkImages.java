package elbow.data.image;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Images as Spark's {@code image} source makes them: a struct of origin, height, width, nChannels, mode and data, the
 * data 8-bit with the channels of a pixel in the order blue, green, red, alpha. Turned into an uncompressed file of our
 * own, so that images of every source take one way: the magic number, height, width, channels, and pixels.
 */
public final class SparkImages {
    /** "ELBI": how such a file starts. */
    static final int MAGIC = 0x454C4249;

    static final int HEADER_SIZE = 16;

    private static final UserDefinedFunction TO_BYTES =
            functions.udf((UDF1<Row, byte[]>) SparkImages::bytes, DataTypes.BinaryType);

    private SparkImages() {}

    public static boolean isImage(DataType type) {
        return type instanceof StructType struct
                && Arrays.asList(struct.fieldNames()).containsAll(List.of("height", "width", "nChannels", "data"));
    }

    public static Column toBytes(Column image) {
        return TO_BYTES.apply(image);
    }

    public static byte @Nullable [] bytes(@Nullable Row image) {
        byte[] data = image == null ? null : image.<byte[]>getAs("data");
        if (image == null || data == null) {
            return null;
        }
        return ByteBuffer.allocate(HEADER_SIZE + data.length)
                .putInt(MAGIC)
                .putInt(image.<Integer>getAs("height"))
                .putInt(image.<Integer>getAs("width"))
                .putInt(image.<Integer>getAs("nChannels"))
                .put(data)
                .array();
    }

    static boolean isFile(byte[] bytes) {
        return bytes.length >= HEADER_SIZE && ByteBuffer.wrap(bytes).getInt() == MAGIC;
    }

    /**
     * The size of an image that {@link #bytes} made.
     *
     * @throws elbow.base.ElbowException of category INPUT if it has another number of bytes than it states, or too many
     */
    static ImageDecoder.Size size(byte[] file, String where) {
        ByteBuffer header = ByteBuffer.wrap(file, Integer.BYTES, HEADER_SIZE - Integer.BYTES);
        int height = header.getInt();
        int width = header.getInt();
        int channels = header.getInt();
        int bytes = file.length - HEADER_SIZE;
        if (height < 0 && width < 0) {
            throw ImageDecoder.fault(where, "one could not be read by Spark's image source");
        }
        ImageDecoder.requireFew(height, width, where);
        boolean known = channels == 1 || channels == 3 || channels == 4;
        if (!known || bytes != (long) height * width * channels) {
            throw ImageDecoder.fault(
                    where, "one of " + height + " x " + width + " x " + channels + " has " + bytes + " bytes");
        }
        return new ImageDecoder.Size(height, width, channels == 1 ? 1 : 3);
    }

    /** The image of a file whose {@link #size} is right. */
    static BufferedImage image(byte[] file) {
        ByteBuffer header = ByteBuffer.wrap(file, Integer.BYTES, HEADER_SIZE - Integer.BYTES);
        int height = header.getInt();
        int width = header.getInt();
        int channels = header.getInt();
        BufferedImage image = new BufferedImage(
                width, height, channels == 4 ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        int place = HEADER_SIZE;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++, place += channels) {
                int blue = file[place] & 0xFF;
                int green = channels == 1 ? blue : file[place + 1] & 0xFF;
                int red = channels == 1 ? blue : file[place + 2] & 0xFF;
                int alpha = channels == 4 ? file[place + 3] & 0xFF : 0xFF;
                image.setRGB(column, row, alpha << 24 | red << 16 | green << 8 | blue);
            }
        }
        return image;
    }
}
