package elbow.job.table;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.files.RunPaths;
import elbow.lake.TableFormat;
import elbow.lake.TableSink;
import elbow.lake.TableSink.Commit;
import elbow.lake.Transaction;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A table that a stream writes to, each micro-batch by one commit: its transaction is the stream's id, as the
 * checkpoint keeps it, and the micro-batch's number.
 */
public final class StreamTable {
    /** Where a stream's tasks and jobs have its id. */
    private static final String QUERY = "sql.streaming.queryId";

    private final SparkSession spark;
    private final TableSink sink;
    private final ReadRequest input;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong rows = new AtomicLong();

    private StreamTable(SparkSession spark, TableSink sink, ReadRequest input) {
        this.spark = spark;
        this.sink = sink;
        this.input = input;
    }

    /**
     * A table by its name.
     *
     * @param paths of the run, to which the table's is added if it has one
     * @throws ElbowException of category USAGE if there can be no such table
     */
    public static StreamTable of(
            SparkSession spark, TableFormat format, String name, ReadRequest input, RunPaths paths) {
        TableSink sink = TableSink.of(spark, format, Parameter.OUTPUT_FORMAT, Parameter.OUTPUT, name);
        sink.place().ifPresent(paths::ownsTable);
        return new StreamTable(spark, sink, input);
    }

    /**
     * Requires that the stream can go on with this table.
     *
     * @param hasCommitted whether the checkpoint has micro-batches that are through
     * @throws ElbowException of category USAGE if the table has other columns, or what was scored before is not there
     */
    public void requireOneHistory(StructType scores, boolean hasCommitted) {
        if (hasCommitted && !sink.exists()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.OUTPUT,
                            " must be the table that the stream of ",
                            Parameter.CHECKPOINT,
                            " writes to, but " + sink.name()
                                    + " is not there, and what was scored before is not either:"
                                    + " name a new checkpoint to score all again"));
        }
        sink.requireFits(scores);
    }

    /** Writes micro-batches. */
    public VoidFunction2<Dataset<Row>, Long> writer(String modelId) {
        return (scores, microBatch) -> write(scores, microBatch, modelId);
    }

    private void write(Dataset<Row> scores, long microBatch, String modelId) {
        String query = Objects.requireNonNull(spark.sparkContext().getLocalProperty(QUERY), QUERY);
        Transaction transaction = new Transaction("elbow/stream/" + query, microBatch);
        TableSink here = sink.in(scores.sparkSession());
        if (here.done(transaction).isPresent()) {
            known.add(microBatch);
            return;
        }
        // Counted before it is written.
        Dataset<Row> kept = scores.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long scored = kept.count();
            Optional<Commit> commit = here.append(kept, transaction, ScoreTable.properties(modelId, input));
            if (commit.isPresent()) {
                commit.get().requireRows(scored);
                rows.addAndGet(scored);
            } else {
                known.add(microBatch);
            }
        } finally {
            kept.unpersist(false);
        }
    }

    /** Whether the table has had a micro-batch from a run before, which ended before the checkpoint said so. */
    public boolean knew(long microBatch) {
        return known.contains(microBatch);
    }

    /** How many rows this run has added. */
    public long rows() {
        return rows.get();
    }

    /** The table's name. */
    public String name() {
        return sink.name();
    }
}
