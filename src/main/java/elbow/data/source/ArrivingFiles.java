package elbow.data.source;

import elbow.data.table.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;

/** Files that come to a directory, as a stream of their rows; each file is read by one task. */
final class ArrivingFiles {
    // Spark's source of whole files; their content is not asked for.
    private static final StructType WHOLE_FILE = new StructType()
            .add("path", DataTypes.StringType)
            .add("modificationTime", DataTypes.TimestampType)
            .add("length", DataTypes.LongType)
            .add("content", DataTypes.BinaryType);

    // Spark passes over files that are so much older than the newest one silently; a week by default.
    private static final String ANY_AGE = "36500d";

    private ArrivingFiles() {}

    /** The options of a stream that passes over no file. */
    static Map<String, String> options() {
        Map<String, String> options = new HashMap<>(SparkFormats.strict());
        options.put("recursiveFileLookup", "true");
        options.put("maxFileAge", ANY_AGE);
        return options;
    }

    /** What a task makes of a file. */
    interface FileReader extends Serializable {
        Iterator<InternalRow> rows(Path file, Configuration hadoop);
    }

    /**
     * The rows of the files of a directory.
     *
     * @param schema of the rows that {@code reader} gives
     * @param counts counts them; empty: not counted
     */
    static Dataset<Row> rows(
            SparkSession spark, String directory, StructType schema, Optional<RowsRead> counts, FileReader reader) {
        FileReader counted = counts.map(RowsRead::ofFiles)
                .<FileReader>map(
                        counter -> (file, hadoop) -> counter.counted(file.toString(), reader.rows(file, hadoop)))
                .orElse(reader);
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        MapPartitionsFunction<String, Row> rows = paths -> {
            Function1<Object, Object> external = CatalystTypeConverters.createToScalaConverter(schema);
            return new Flattened(paths, path -> counted.rows(new Path(path), hadoop.value()), external);
        };
        Dataset<Row> found = spark.readStream()
                .format("binaryFile")
                .schema(WHOLE_FILE)
                .options(options())
                .load(directory)
                .select("path")
                .as(Encoders.STRING())
                .mapPartitions(rows, Encoders.row(schema));
        // On the way, Spark forgets what marks a column.
        return found.select(Arrays.stream(schema.fields())
                .map(field -> Columns.column(field.name()).as(field.name(), field.metadata()))
                .toArray(Column[]::new));
    }

    private interface Opening {
        Iterator<InternalRow> open(String path);
    }

    /** The rows of files, one file after the other. */
    private static final class Flattened implements Iterator<Row> {
        private final Iterator<String> paths;
        private final Opening opening;
        private final Function1<Object, Object> external;
        private Iterator<InternalRow> rows = Collections.emptyIterator();

        Flattened(Iterator<String> paths, Opening opening, Function1<Object, Object> external) {
            this.paths = paths;
            this.opening = opening;
            this.external = external;
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && paths.hasNext()) {
                rows = opening.open(paths.next());
            }
            return rows.hasNext();
        }

        @Override
        public Row next() {
            return (Row) external.apply(hasNext() ? rows.next() : null);
        }
    }
}
