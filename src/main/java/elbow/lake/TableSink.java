package elbow.lake;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.KnownFailures;
import elbow.files.Place;
import elbow.files.TableDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A table that runs write to. Each write is one commit of the table, there whole or not at all, and carries its
 * {@link Transaction}: one that the table has already is not made again, so that a run which was killed at any moment
 * can be done once more. Of Delta the transaction is the table's own ({@code txnAppId} and {@code txnVersion}), of
 * Iceberg the property {@value CommitLog#TRANSACTION} of the snapshot. A table that is not there is made, empty, before
 * the first write; the columns of one that is there stay as they are.
 */
public final class TableSink {
    private static final String ALL = "true";

    private final SparkSession spark;
    private final Parameter parameter;
    private final TableName table;

    /**
     * A commit.
     *
     * @param version that it made
     * @param rows that it added
     */
    public record Commit(TableVersion version, long rows) {
        /**
         * Requires that it added so many rows.
         *
         * @throws ElbowException of category INTERNAL that has both numbers
         */
        public void requireRows(long scored) {
            TableSink.requireRows(version.words(), scored, rows);
        }
    }

    /**
     * Requires that a table has all rows that were written to it.
     *
     * @param where which of its rows these are, for the message
     * @throws ElbowException of category INTERNAL that has both numbers
     */
    public static void requireRows(String where, long scored, long found) {
        if (scored != found) {
            throw new ElbowException(
                    ErrorCategory.INTERNAL,
                    Message.of(
                            "the table must have every row that was scored, but of " + scored + " there are " + found
                                    + " in " + where
                                    + ": look at its history; if they are wrong, restore the version before and run"
                                    + " again, score with another ",
                            Parameter.TRANSACTION));
        }
    }

    /** @param over which rows that are there are replaced, in SQL; empty: none */
    private record Write(
            Transaction transaction, String attempt, Map<String, String> properties, Optional<String> over) {}

    private TableSink(SparkSession spark, Parameter parameter, TableName table) {
        this.spark = spark;
        this.parameter = parameter;
        this.table = table;
    }

    /**
     * The table of that name, which may not be there yet.
     *
     * @param asking what asks for the format, for messages
     * @param naming what names the table, for messages
     * @throws ElbowException of category USAGE if Spark knows no such tables, the name is none, or its place has
     *     something else
     */
    public static TableSink of(
            SparkSession spark, TableFormat format, Parameter asking, Parameter naming, String name) {
        format.requireThere(spark, asking);
        TableName table = TableName.of(spark, format, naming, name, ErrorCategory.USAGE);
        return new TableSink(spark, naming, table);
    }

    /** The same table in another session, such as that of a stream, which has catalogues of its own. */
    public TableSink in(SparkSession other) {
        return new TableSink(other, parameter, table);
    }

    /** The table's name, of a path with its scheme. */
    public String name() {
        return table.text();
    }

    /** The path, if the table was named by one. */
    public Optional<Place> place() {
        return table.isPath()
                ? Optional.of(Place.of(
                        parameter.name(),
                        table.text(),
                        ErrorCategory.USAGE,
                        spark.sessionState().newHadoopConf()))
                : Optional.empty();
    }

    /** Whether a table of the same format and name is this one. */
    public boolean isNamed(TableFormat format, String name) {
        return format == table.format()
                && TableName.of(spark, format, Parameter.INPUT, name, ErrorCategory.INPUT)
                        .sql()
                        .equalsIgnoreCase(table.sql());
    }

    /** Whether the table is there. */
    public boolean exists() {
        Optional<Place> place = place();
        if (place.isEmpty()) {
            try {
                return spark.catalog().tableExists(table.sql());
            } catch (Exception e) {
                // Spark throws checked exceptions without declaring them.
                throw failure("found", e);
            }
        }
        boolean isTable = TableDirectory.at(place.get().files(), place.get().path())
                .filter(found -> found.kind() == TableDirectory.Kind.DELTA)
                .isPresent();
        if (!isTable && place.get().exists() && !place.get().list().isEmpty()) {
            throw usage(" must name a Delta table, an empty directory or nothing that is there, but " + place.get()
                    + " is something else: name another");
        }
        return isTable;
    }

    /**
     * Requires that rows have the columns of the table, if it is there: it takes no others, and leaves none out.
     *
     * @throws ElbowException of category USAGE that names the columns
     */
    public void requireFits(StructType rows) {
        if (exists()) {
            List<String> faults = SinkColumns.faults(rows, loaded().schema());
            if (!faults.isEmpty()) {
                throw usage(" must name a table with the columns that are written, but " + table + " differs: "
                        + String.join("; ", faults) + ". Name another table, or change this one's columns yourself");
            }
        }
    }

    /** The rows that are there now. */
    public Dataset<Row> loaded() {
        try {
            return table.isPath()
                    ? spark.read().format(table.format().toString()).load(table.text())
                    : spark.table(table.sql());
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw failure("read", e);
        }
    }

    /**
     * Adds rows.
     *
     * @param properties what the commit says of itself, beside its transaction
     * @return empty if the table has the transaction already: nothing is added, and no row is computed
     */
    public Optional<Commit> append(Dataset<Row> rows, Transaction transaction, Map<String, String> properties) {
        return write(rows, new Write(transaction, attempt(), properties, Optional.empty()), List.of());
    }

    /** As {@link #append}, in the place of all rows that are there. A transaction that the table has is made again. */
    public Commit overwrite(Dataset<Row> rows, Transaction transaction, Map<String, String> properties) {
        String attempt = attempt();
        // One of its own, for what came between may have to go.
        Transaction again = new Transaction(transaction.application() + "/" + attempt, transaction.version());
        return write(rows, new Write(again, attempt, properties, Optional.of(ALL)), List.of())
                .orElseThrow(() -> new IllegalStateException("nothing has been written to " + table));
    }

    /**
     * Adds rows in the place of those that have the same values in some columns, by which a table that is made is
     * partitioned.
     *
     * @param values what all rows have in these columns
     * @return empty if the table has the transaction already
     */
    public Optional<Commit> replace(
            Dataset<Row> rows, Map<String, Object> values, Transaction transaction, Map<String, String> properties) {
        return write(
                rows,
                new Write(transaction, attempt(), properties, Optional.of(SinkColumns.equal(values))),
                List.copyOf(values.keySet()));
    }

    /**
     * The commit that has a transaction; empty if there is none that the table still tells of. Of Iceberg one that was
     * rolled back does not count; of Delta it does, whose own log would refuse the transaction.
     */
    public Optional<Commit> done(Transaction transaction) {
        try {
            return exists() ? log().transaction(transaction) : Optional.empty();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw failure("read", e);
        }
    }

    /**
     * Whether the table, which is there, has a commit of an application.
     *
     * @return empty if it has none, but has forgotten some of its commits
     */
    public Optional<Boolean> hasCommitOf(String application) {
        try {
            CommitLog log = log();
            return log.isOf(application) ? Optional.of(true) : log.isWhole() ? Optional.of(false) : Optional.empty();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw failure("read", e);
        }
    }

    private CommitLog log() {
        return new CommitLog(spark, table);
    }

    private static String attempt() {
        return UUID.randomUUID().toString();
    }

    private Optional<Commit> write(Dataset<Row> rows, Write write, List<String> partitions) {
        requireFits(rows.schema());
        try {
            if (!exists()) {
                create(rows.schema(), partitions);
            } else if (table.format() == TableFormat.ICEBERG
                    && log().transaction(write.transaction()).isPresent()) {
                return Optional.empty();
            }
            Dataset<Row> ordered = SinkColumns.ordered(rows, loaded().schema());
            if (table.isPath()) {
                toPath(ordered, write);
            } else {
                toName(ordered, write);
            }
            return commit(write);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw failure("written", e);
        }
    }

    private void create(StructType schema, List<String> partitions) throws Exception {
        Dataset<Row> empty = spark.createDataFrame(List.of(), SinkColumns.plain(schema));
        if (table.isPath()) {
            empty.write()
                    .format(table.format().toString())
                    .partitionBy(partitions.toArray(String[]::new))
                    .mode(SaveMode.Ignore)
                    .save(table.text());
            return;
        }
        DataFrameWriterV2<Row> named = empty.writeTo(table.sql());
        CreateTableWriter<Row> writer = named.using(table.format().toString());
        if (!partitions.isEmpty()) {
            Column[] others = partitions.stream().skip(1).map(functions::col).toArray(Column[]::new);
            named.partitionedBy(functions.col(partitions.get(0)), others);
        }
        try {
            writer.create();
        } catch (Exception e) {
            // Spark 4 does not declare that it throws this one, which is checked.
            if (!(e instanceof TableAlreadyExistsException)) {
                throw e;
            }
            // Another run has come first.
            requireFits(schema);
        }
    }

    private void toPath(Dataset<Row> rows, Write write) {
        DataFrameWriter<Row> writer = rows.write()
                .format(table.format().toString())
                .options(options(write))
                .mode(write.over().isPresent() ? SaveMode.Overwrite : SaveMode.Append);
        write.over().ifPresent(condition -> {
            if (!condition.equals(ALL)) {
                writer.option("replaceWhere", condition);
            }
        });
        writer.save(table.text());
    }

    private void toName(Dataset<Row> rows, Write write) throws Exception {
        DataFrameWriterV2<Row> writer = rows.writeTo(table.sql());
        for (Map.Entry<String, String> option : options(write).entrySet()) {
            writer = writer.option(option.getKey(), option.getValue());
        }
        if (write.over().isPresent()) {
            writer.overwrite(functions.expr(write.over().get()));
        } else {
            writer.append();
        }
    }

    private Map<String, String> options(Write write) {
        Map<String, String> said = new TreeMap<>(write.properties());
        said.put(CommitLog.TRANSACTION, write.transaction().toString());
        said.put(CommitLog.ATTEMPT, write.attempt());
        Map<String, String> options = new TreeMap<>();
        switch (table.format()) {
            case DELTA -> {
                options.put("txnAppId", write.transaction().application());
                options.put("txnVersion", Long.toString(write.transaction().version()));
                // A site's "dynamic" would keep rows of partitions that are not written.
                write.over().ifPresent(unused -> options.put("partitionOverwriteMode", "static"));
                var json = JsonReader.newObject();
                said.forEach(json::put);
                options.put("userMetadata", json.toString());
            }
            case ICEBERG -> said.forEach((key, value) -> options.put("snapshot-property." + key, value));
        }
        return options;
    }

    /** What was committed; of Delta none if its log had the transaction. */
    private Optional<Commit> commit(Write write) {
        Optional<Commit> made = log().attempt(write.attempt());
        if (made.isEmpty() && table.format() == TableFormat.ICEBERG) {
            throw new ElbowException(
                    ErrorCategory.INTERNAL, "what was written to " + table + " must be in its snapshots, but is not");
        }
        return made;
    }

    private RuntimeException failure(String verb, Exception failure) {
        Optional<ElbowException> ours = KnownFailures.find(failure);
        if (ours.isPresent()) {
            return ours.get();
        }
        List<String> classes = new ArrayList<>();
        boolean refusal = false;
        for (Throwable cause = failure; cause != null && classes.size() < 20; cause = cause.getCause()) {
            classes.add(cause.getClass().getSimpleName());
            refusal |= cause instanceof AnalysisException
                    || cause.getClass().getSimpleName().equals("ValidationException");
        }
        if (classes.stream().anyMatch(name -> name.equals("CommitStateUnknownException"))) {
            return failed(
                    ErrorCategory.PLATFORM,
                    " " + table
                            + " may have what was written or not, for its catalogue did not answer: run again, it is"
                            + " added once ",
                    failure);
        }
        if (classes.stream().anyMatch(name -> name.startsWith("Concurrent") || name.equals("CommitFailedException"))) {
            return failed(
                    ErrorCategory.PLATFORM,
                    " " + table + " was changed by another writer meanwhile, and has nothing of this run: run again ",
                    failure);
        }
        ErrorCategory category = refusal ? ErrorCategory.USAGE : ErrorCategory.PLATFORM;
        return failed(category, " " + table + " cannot be " + verb + " ", failure);
    }

    private ElbowException failed(ErrorCategory category, String message, Exception failure) {
        return new ElbowException(
                category, Message.of(parameter, message + "(" + KnownFailures.plain(failure) + ")"), failure);
    }

    private ElbowException usage(String message) {
        return new ElbowException(ErrorCategory.USAGE, Message.of(parameter, message));
    }
}
