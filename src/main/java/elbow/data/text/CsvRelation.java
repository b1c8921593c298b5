package elbow.data.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** CSV as a relation of Spark, which asks for the columns that it needs; all records are checked, whatever it needs. */
public final class CsvRelation extends BaseRelation implements PrunedScan {
    private final SparkSession spark;
    private final CsvScan scan;
    private final JavaRDD<byte[]> chunks;
    private final long bytes;
    private final UnaryOperator<JavaRDD<InternalRow>> counting;

    /**
     * The rows of files.
     *
     * @param bytes of the files
     * @param counting gives the rows back that it gets; each scan asks it anew
     */
    public CsvRelation(
            SparkSession spark,
            CsvScan scan,
            JavaRDD<byte[]> chunks,
            long bytes,
            UnaryOperator<JavaRDD<InternalRow>> counting) {
        this.spark = spark;
        this.scan = scan;
        this.chunks = chunks;
        this.bytes = bytes;
        this.counting = counting;
    }

    @Override
    public SQLContext sqlContext() {
        return spark.sqlContext();
    }

    @Override
    public StructType schema() {
        return scan.schema();
    }

    @Override
    public boolean needConversion() {
        return false;
    }

    @Override
    public long sizeInBytes() {
        return bytes;
    }

    @Override
    @SuppressWarnings("unchecked")
    public RDD<Row> buildScan(String[] requiredColumns) {
        Map<String, CsvColumn> byName = new HashMap<>();
        scan.columns().forEach(column -> byName.put(column.field().name(), column));
        List<CsvColumn> required = Arrays.stream(requiredColumns)
                .map(name -> Objects.requireNonNull(byName.get(name), name))
                .toList();
        CsvScan pruned = new CsvScan(scan.format(), required, scan.faults());
        SerializableConfiguration hadoop = hadoop();
        JavaRDD<InternalRow> rows =
                chunks.mapPartitions(tasks -> new CsvRows(pruned, TextChunks.read(tasks.next()), hadoop.value()));
        // Rows as Spark has them inside, as needConversion says.
        return (RDD<Row>) (RDD<?>) counting.apply(rows).rdd();
    }

    private SerializableConfiguration hadoop() {
        Configuration settings = spark.sessionState().newHadoopConf();
        return new SerializableConfiguration(settings);
    }
}
