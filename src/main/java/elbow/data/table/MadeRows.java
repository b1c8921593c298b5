package elbow.data.table;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** Rows that tasks make as Spark holds them inside, as a DataFrame: without a copy of each value on the way. */
public final class MadeRows extends BaseRelation implements TableScan {
    private final SparkSession spark;
    private final StructType schema;
    private final Supplier<JavaRDD<InternalRow>> rows;

    private MadeRows(SparkSession spark, StructType schema, Supplier<JavaRDD<InternalRow>> rows) {
        this.spark = spark;
        this.schema = schema;
        this.rows = rows;
    }

    /**
     * The DataFrame.
     *
     * @param rows of that schema; asked for when the DataFrame is used
     */
    public static Dataset<Row> of(SparkSession spark, StructType schema, Supplier<JavaRDD<InternalRow>> rows) {
        return spark.baseRelationToDataFrame(new MadeRows(spark, schema, rows));
    }

    @Override
    public SQLContext sqlContext() {
        return spark.sqlContext();
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public boolean needConversion() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public RDD<Row> buildScan() {
        return (RDD<Row>) (RDD<?>) rows.get().rdd();
    }
}
