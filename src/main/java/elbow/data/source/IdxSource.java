package elbow.data.source;

import elbow.data.image.ImageShape;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Images of IDX files as rows: the place among all images, from 0, and the pixels. */
final class IdxSource {
    static final String INDEX = "index";
    static final String IMAGE = "image";

    /** Smaller chunks cost more to start than to read. */
    private static final int SMALLEST_CHUNK = 2048;

    private IdxSource() {}

    static Dataset<Row> read(SparkSession spark, List<Path> files) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<IdxChunk> chunks = new ArrayList<>();
        ImageShape shape = chunks(files, hadoop, context.defaultParallelism(), chunks);
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        JavaRDD<Row> rows =
                context.parallelize(chunks, Math.max(1, chunks.size())).flatMap(chunk -> chunk.rows(settings.value()));
        return spark.createDataFrame(rows, schema(shape));
    }

    static StructType schema(ImageShape shape) {
        return new StructType(new StructField[] {
            new StructField(INDEX, DataTypes.LongType, false, Keys.metadata()),
            new StructField(IMAGE, DataTypes.BinaryType, false, shape.metadata())
        });
    }

    // A file is cut into as many chunks as tasks can run at once: each unpacks what lies before it, which is cheaper
    // than a shuffle of the images.
    private static ImageShape chunks(List<Path> files, Configuration hadoop, int cores, List<IdxChunk> chunks) {
        Path first = files.get(0);
        ImageShape shape = null;
        long index = 0;
        for (Path file : files) {
            try (IdxStream header = IdxChunk.open(file, hadoop)) {
                if (shape != null && !shape.equals(header.shape())) {
                    throw InputErrors.input("the images of an input must have one size, but those of " + first + " are "
                            + shape + " and those of " + file + " are " + header.shape());
                }
                shape = header.shape();
                int images = header.images();
                int size = Math.max(SMALLEST_CHUNK, (int) (((long) images + cores - 1) / cores));
                int from = 0;
                do {
                    int count = Math.min(size, images - from);
                    chunks.add(new IdxChunk(file, from, count, from + count == images, index + from));
                    from += count;
                } while (from < images);
                index += images;
            }
        }
        if (shape == null) {
            throw new IllegalArgumentException("files must not be empty");
        }
        return shape;
    }
}
