package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.base.RunId;
import elbow.data.source.ReadRequest;
import elbow.data.table.Columns;
import elbow.lake.CommitProperties;
import elbow.lake.TableSink;
import elbow.lake.TableSink.Commit;
import elbow.lake.Transaction;
import elbow.score.ScoreColumns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table that a batch writes its scores to beside the directories: of each model and date the rows of the newest
 * scoring, put in by one commit that replaces those before. Its transaction is of the run alone, for how rows are
 * scored may change from one to the next: what a run committed that ended before the ledger's entry is replaced.
 */
final class BatchTable {
    private final SparkSession spark;
    private final TableSink sink;
    private final String column;

    private BatchTable(SparkSession spark, TableSink sink, String column) {
        this.spark = spark;
        this.sink = sink;
        this.column = column;
    }

    /**
     * The table of a batch's settings.
     *
     * @throws ElbowException of category USAGE if there can be none
     */
    static Optional<BatchTable> of(SparkSession spark, BatchSettings settings) {
        return settings.table()
                .map(table -> new BatchTable(
                        spark,
                        TableSink.of(
                                spark,
                                table.format(),
                                new Parameter("batch.table.format"),
                                new Parameter("batch.table.name"),
                                table.name()),
                        settings.partitionColumn()));
    }

    /** The table. */
    TableSink sink() {
        return sink;
    }

    /** @throws ElbowException of category USAGE if the batch reads this very table */
    void requireOtherThan(ReadRequest input) {
        String read = input.inputs().get(0);
        if (input.format()
                .tableFormat()
                .filter(format -> sink.isNamed(format, read))
                .isPresent()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "batch.table.name must not be the table that batch.input reads, but both are " + read
                            + "; name another");
        }
    }

    /** Requires that the table, if it is there, can take such scores. */
    void requireFits(StructType scores) {
        sink.requireFits(scores.add(column, DataTypes.DateType));
    }

    /**
     * Commits the scores of a partition, in the place of those that the model had before.
     *
     * @param token of the run's lock
     * @param directory of the scores
     * @param scores their columns
     * @param rows how many they are
     * @return what was done, for people
     * @throws ElbowException of category USAGE if the table's columns are others; of category INTERNAL if it does not
     *     have the rows then
     */
    String publish(DuePartition due, String modelId, long token, Path directory, StructType scores, long rows) {
        Partition partition = due.partition();
        Dataset<Row> written = spark.read()
                .schema(scores)
                .parquet(directory.toString())
                .withColumn(column, functions.lit(partition.date().toString()).cast(DataTypes.DateType));
        Map<String, Object> place = new LinkedHashMap<>();
        place.put(ScoreColumns.MODEL_ID, modelId);
        place.put(column, partition.date());
        Transaction transaction = new Transaction(
                "elbow/batch/" + modelId + "/" + partition.date() + "/" + RunId.ofProcess() + "/" + token,
                due.revision());
        Map<String, String> properties =
                CommitProperties.of(modelId, partition.rows().versions());
        properties.put("elbow.partition", column + "=" + partition.date());
        Optional<Commit> commit = sink.replace(written, place, transaction, properties);
        TableSink.requireRows(sink.name() + " for " + column + "=" + partition.date(), rows, count(modelId, partition));
        return commit.map(made -> "Added to table " + made.version().words())
                .orElse("Table " + sink.name() + " has these scores already: nothing is added");
    }

    private long count(String modelId, Partition partition) {
        Column here = functions
                .col(ScoreColumns.MODEL_ID)
                .equalTo(functions.lit(modelId))
                .and(Columns.column(column)
                        .equalTo(functions.lit(partition.date().toString()).cast(DataTypes.DateType)));
        return sink.loaded().filter(here).count();
    }
}
