package elbow.job.table;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.source.InputIdentity;
import elbow.data.source.ReadRequest;
import elbow.files.RunPaths;
import elbow.lake.CommitProperties;
import elbow.lake.TableFormat;
import elbow.lake.TableSink;
import elbow.lake.TableSink.Commit;
import elbow.lake.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** A table that a run of {@code score} writes to: all rows are scored and counted before the first is written. */
public final class ScoreTable implements AutoCloseable {
    private final SparkSession spark;
    private final TableSink sink;
    private final ReadRequest input;
    private @Nullable Dataset<Row> scored;

    private ScoreTable(SparkSession spark, TableSink sink, ReadRequest input) {
        this.spark = spark;
        this.sink = sink;
        this.input = input;
    }

    /**
     * A table by its name.
     *
     * @param paths of the run, to which the table's is added if it has one
     * @throws ElbowException of category USAGE if there can be no such table, or it is what is read
     */
    public static ScoreTable of(
            SparkSession spark, TableFormat format, String name, ReadRequest input, RunPaths paths) {
        TableSink sink = TableSink.of(spark, format, Parameter.OUTPUT_FORMAT, Parameter.OUTPUT, name);
        sink.place().ifPresent(paths::ownsTable);
        if (input.format().tableFormat().filter(format::equals).isPresent()
                && input.inputs().stream().anyMatch(read -> sink.isNamed(format, read))) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.OUTPUT,
                            " must not be the table that ",
                            Parameter.INPUT,
                            " reads, but both are " + name + "; name another"));
        }
        return new ScoreTable(spark, sink, input);
    }

    /**
     * What the write of these scores is called: the same for the same model, rows and settings.
     *
     * @param given by the user; empty: it follows
     * @param settings whatever the scores depend on, beside the rows
     * @throws ElbowException of category USAGE if it does not follow, for nobody knows which rows these are
     */
    public Transaction transaction(Optional<String> given, List<String> settings) {
        if (given.isPresent()) {
            return new Transaction("elbow/score/" + given.get(), 0);
        }
        String rows = InputIdentity.of(spark, input)
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.USAGE,
                        Message.of(
                                Parameter.TRANSACTION,
                                " must be given, for a table of Spark's catalogue does not say whether it has changed"
                                        + " since a run before: name the run, such as its date, or read with ",
                                Parameter.FORMAT,
                                " delta or iceberg")));
        String text = rows + "\n" + String.join("\n", settings);
        String digest = HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new Transaction("elbow/score/" + digest.substring(0, 32), 0);
    }

    /** The commit that has a transaction already; empty if there is none, or the table has forgotten it. */
    public Optional<Commit> done(Transaction transaction) {
        return sink.done(transaction);
    }

    /** Requires that the table can take the rows, and scores them: what comes back are they, to be looked at. */
    public Dataset<Row> prepared(Dataset<Row> rows) {
        sink.requireFits(rows.schema());
        scored = rows.persist(StorageLevel.MEMORY_AND_DISK());
        return scored;
    }

    /**
     * Writes what was scored.
     *
     * @param count how many rows these are
     * @return empty if the table has the transaction already: nothing is added
     * @throws ElbowException of category INTERNAL if the commit has other rows than were scored
     */
    public Optional<Commit> append(Transaction transaction, String modelId, long count) {
        return checked(sink.append(rows(), transaction, properties(modelId)), count);
    }

    /** As {@link #append}, in the place of all rows that are there. */
    public Commit overwrite(Transaction transaction, String modelId, long count) {
        return checked(Optional.of(sink.overwrite(rows(), transaction, properties(modelId))), count)
                .orElseThrow();
    }

    private Dataset<Row> rows() {
        if (scored == null) {
            throw new IllegalStateException("nothing is scored yet");
        }
        return scored;
    }

    private Map<String, String> properties(String modelId) {
        return CommitProperties.of(modelId, input.versions());
    }

    private Optional<Commit> checked(Optional<Commit> commit, long count) {
        commit.ifPresent(made -> made.requireRows(count));
        return commit;
    }

    /** The table's name. */
    public String name() {
        return sink.name();
    }

    /** Requires that the table can take such rows. */
    public void requireFits(StructType schema) {
        sink.requireFits(schema);
    }

    /** Forgets the scores. */
    @Override
    public void close() {
        if (scored != null) {
            scored.unpersist(false);
        }
    }
}
