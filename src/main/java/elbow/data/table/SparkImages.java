package elbow.data.table;

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
 * data 8-bit with the channels of a pixel in the order blue, green, red. Turned into an uncompressed file of our own,
 * so that images of every source take one way: the magic number, height, width, channels, and pixels.
 */
final class SparkImages {
    /** "ELBI": how such a file starts. */
    static final int MAGIC = 0x454C4249;

    static final int HEADER_SIZE = 16;

    private static final UserDefinedFunction TO_BYTES =
            functions.udf((UDF1<Row, byte[]>) SparkImages::bytes, DataTypes.BinaryType);

    private SparkImages() {}

    static boolean isImage(DataType type) {
        return type instanceof StructType struct
                && Arrays.asList(struct.fieldNames()).containsAll(List.of("height", "width", "nChannels", "data"));
    }

    static Column toBytes(Column image) {
        return TO_BYTES.apply(image);
    }

    static byte @Nullable [] bytes(@Nullable Row image) {
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
}
