package elbow.job.table;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.lake.CommitProperties;
import elbow.lake.TableFormat;
import elbow.lake.TableSink;
import elbow.lake.TableSink.Commit;
import elbow.lake.Transaction;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final SparkSession spark;
    private final TableSink sink;
    private final ReadRequest input;
    private final Map<Long, Long> added = new ConcurrentHashMap<>();
    private final AtomicBoolean first = new AtomicBoolean(true);
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
     * @param checkpoint of the stream, which may not be there yet
     * @param hasCommitted whether it has micro-batches that are through
     * @param notes take what cannot be known, or may be meant
     * @throws ElbowException of category USAGE if the table has other columns, or what was scored before is not there
     */
    public void requireOneHistory(StructType scores, Place checkpoint, boolean hasCommitted, Consumer<String> notes) {
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
        if (!sink.exists()) {
            return;
        }
        Optional<Boolean> own =
                stream(checkpoint).map(id -> sink.hasCommitOf(application(id))).orElse(Optional.of(false));
        if (!hasCommitted && !own.orElse(false) && !sink.loaded().isEmpty()) {
            notes.accept("Checkpoint " + checkpoint + " is new, and table " + sink.name()
                    + " has rows already: files that another stream scored are scored and added once more");
        }
        if (hasCommitted && own.isEmpty()) {
            notes.accept("Table " + sink.name() + " has forgotten its older commits, and has none of the stream of "
                    + checkpoint + " among the others: whether it had some nobody can say");
        }
        if (hasCommitted && own.isPresent() && !own.get()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.OUTPUT,
                            " must be the table that the stream of ",
                            Parameter.CHECKPOINT,
                            " writes to, but " + sink.name() + " has no commit of it: name that table, or a new"
                                    + " checkpoint to score all again"));
        }
    }

    private static String application(String stream) {
        return "elbow/stream/" + stream;
    }

    /** The id of a stream, which Spark keeps in its checkpoint; empty if there is none yet. */
    private static Optional<String> stream(Place checkpoint) {
        return new MarkerFiles(checkpoint)
                .read("metadata")
                .map(ID::matcher)
                .filter(Matcher::find)
                .map(id -> id.group(1));
    }

    /** Writes micro-batches. */
    public VoidFunction2<Dataset<Row>, Long> writer(String modelId) {
        return (scores, microBatch) -> write(scores, microBatch, modelId);
    }

    private void write(Dataset<Row> scores, long microBatch, String modelId) {
        String query = Objects.requireNonNull(spark.sparkContext().getLocalProperty(QUERY), QUERY);
        Transaction transaction = new Transaction(application(query), microBatch);
        TableSink here = sink.in(scores.sparkSession());
        // Only of the first one a run before may have ended between the table's commit and the checkpoint's.
        if (first.getAndSet(false) && here.done(transaction).isPresent()) {
            return;
        }
        // Counted before it is written.
        Dataset<Row> kept = scores.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long scored = kept.count();
            Optional<Commit> commit = here.append(kept, transaction, CommitProperties.of(modelId, input.versions()));
            if (commit.isPresent()) {
                commit.get().requireRows(scored);
                rows.addAndGet(scored);
                added.put(microBatch, scored);
            }
        } finally {
            kept.unpersist(false);
        }
    }

    /**
     * How many rows this run has added by a micro-batch; told once.
     *
     * @return empty if it has not done so yet, or a run before did, which ended before the checkpoint said so
     */
    public OptionalLong added(long microBatch) {
        Long count = added.remove(microBatch);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
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
