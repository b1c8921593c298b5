package elbow.notebook;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Labels of images, in the format that MNIST has. */
public final class Labels {
    // Two zero bytes, the type of the values (8: unsigned byte), the number of dimensions (1).
    private static final int MAGIC = 0x0801;

    private static final int MOST = 1_000_000;

    private Labels() {}

    /**
     * The labels of a file as rows: {@code index}, the place from 0, and {@code label}, a whole number from 0 to 255.
     *
     * @param file of at most a million labels on any Hadoop file system, packed by gzip if it ends in {@code .gz}
     * @throws ElbowException of category INPUT if it cannot be read or is not such a file
     */
    public static Dataset<Row> read(SparkSession spark, String file) {
        List<Row> rows = new ArrayList<>();
        Path path = new Path(file);
        try (InputStream raw = FileSystem.get(path.toUri(), spark.sessionState().newHadoopConf())
                        .open(path);
                DataInputStream in = new DataInputStream(file.endsWith(".gz") ? new GZIPInputStream(raw) : raw)) {
            Check.argument(in.readInt() == MAGIC, file, "begin as an IDX file of labels does", "another beginning");
            int count = in.readInt();
            Check.argument(count >= 1 && count <= MOST, "labels of " + file, "be 1.." + MOST, count);
            for (byte label : in.readNBytes(count)) {
                rows.add(RowFactory.create((long) rows.size(), label & 0xFF));
            }
            Check.argument(rows.size() == count, "labels of " + file, "be " + count, rows.size());
        } catch (IOException | IllegalArgumentException e) {
            throw new ElbowException(ErrorCategory.INPUT, "labels could not be read: " + e.getMessage(), e);
        }
        StructType schema =
                new StructType().add("index", DataTypes.LongType, false).add("label", DataTypes.IntegerType, false);
        return spark.createDataFrame(rows, schema);
    }
}
