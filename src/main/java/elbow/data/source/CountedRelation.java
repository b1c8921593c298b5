package elbow.data.source;

import elbow.data.table.Columns;
import java.util.Arrays;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.types.StructType;

/** Rows of one of Spark's own readers, counted as it gives them; it reads no column that is not asked for. */
final class CountedRelation extends BaseRelation implements PrunedScan {
    private final Dataset<Row> rows;
    private final RowsRead counts;

    private CountedRelation(Dataset<Row> rows, RowsRead counts) {
        this.rows = rows;
        this.counts = counts;
    }

    static Dataset<Row> of(Dataset<Row> rows, RowsRead counts) {
        return rows.sparkSession().baseRelationToDataFrame(new CountedRelation(rows, counts));
    }

    @Override
    public SQLContext sqlContext() {
        return rows.sparkSession().sqlContext();
    }

    @Override
    public StructType schema() {
        return rows.schema();
    }

    @Override
    public boolean needConversion() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public RDD<Row> buildScan(String[] requiredColumns) {
        Dataset<Row> asked = rows.select(Columns.columns(Arrays.asList(requiredColumns)));
        RDD<InternalRow> given = asked.queryExecution().toRdd();
        // Rows as Spark has them inside, as needConversion says.
        return (RDD<Row>) (RDD<?>) counts.counted(given.toJavaRDD()).rdd();
    }
}
