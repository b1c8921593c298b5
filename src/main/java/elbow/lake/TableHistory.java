package elbow.lake;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.KnownFailures;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The versions of a table, as its own log has them. */
public final class TableHistory {
    private final SparkSession spark;
    private final TableName table;

    private TableHistory(SparkSession spark, TableName table) {
        this.spark = spark;
        this.table = table;
    }

    /**
     * That of an input.
     *
     * @throws ElbowException of category USAGE if Spark knows no such tables; of category INPUT if the name is none
     */
    public static TableHistory ofInput(SparkSession spark, TableFormat format, String name) {
        format.requireThere(spark, Parameter.FORMAT);
        return new TableHistory(spark, TableName.of(spark, format, Parameter.INPUT, name, ErrorCategory.INPUT));
    }

    /**
     * Which version is meant, now.
     *
     * @throws ElbowException of category INPUT if there is no such table, or no such version of it
     */
    public TableVersion version(AsOf asOf) {
        if (asOf instanceof AsOf.Version given) {
            return numbered(given.version());
        }
        if (asOf instanceof AsOf.Time given) {
            return at(given.time());
        }
        Check.argument(asOf instanceof AsOf.Latest, "asOf", "not be found yet", asOf);
        return newest(commits())
                .orElseThrow(
                        () -> input(Parameter.INPUT, " " + table + " must have a version to read, but has none yet"));
    }

    /**
     * The rows of a version, whatever is committed meanwhile.
     *
     * @param version of this table
     */
    public Dataset<Row> rows(TableVersion version) {
        try {
            return switch (table.format()) {
                case DELTA ->
                    table.isPath()
                            ? spark.read()
                                    .format("delta")
                                    .option("versionAsOf", version.version())
                                    .load(table.text())
                            : spark.sql("SELECT * FROM " + table.sql() + " VERSION AS OF " + version.version());
                case ICEBERG ->
                    spark.read()
                            .format("iceberg")
                            .option("snapshot-id", version.version())
                            .load(table.sql());
            };
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw unreadable(e);
        }
    }

    private TableVersion numbered(String text) {
        List<TableVersion> commits = commits();
        // Ids of snapshots have 19 digits; a branch may be called by digits, too.
        Optional<TableVersion> known = commits.stream()
                .filter(commit -> Long.toString(commit.version()).equals(text))
                .findFirst();
        if (known.isEmpty() && table.format() == TableFormat.ICEBERG) {
            Optional<Long> referred = reference(text);
            known = commits.stream()
                    .filter(commit ->
                            referred.filter(id -> id == commit.version()).isPresent())
                    .findFirst();
        }
        if (known.isPresent()) {
            return known.get();
        }
        throw input(
                Parameter.VERSION_AS_OF,
                " must be a version that " + table + " has, " + range(commits)
                        + (table.format() == TableFormat.ICEBERG ? ", or the name of a branch or tag" : "")
                        + ", but is "
                        + Message.quote(text));
    }

    private TableVersion at(Instant time) {
        Instant now = Instant.now();
        if (time.isAfter(now)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.TIMESTAMP_AS_OF,
                            " must not lie ahead, where more may be committed, but is " + time + ", and it is " + now));
        }
        List<TableVersion> commits = inForce();
        return commits.stream()
                .filter(commit -> !commit.committedAt().isAfter(time))
                .max(Comparator.comparing(TableVersion::committedAt).thenComparing(TableVersion::version))
                .orElseThrow(() -> input(
                        Parameter.TIMESTAMP_AS_OF,
                        " must be a time at which " + table + " was there, " + range(commits) + ", but is " + time));
    }

    private static String range(List<TableVersion> commits) {
        Comparator<TableVersion> byTime =
                Comparator.comparing(TableVersion::committedAt).thenComparing(TableVersion::version);
        return commits.stream()
                .min(byTime)
                .map(first -> "from " + first.version() + " of " + first.committedAt() + " to "
                        + commits.stream().max(byTime).orElseThrow().version() + " of "
                        + commits.stream().max(byTime).orElseThrow().committedAt())
                .orElse("but it has none");
    }

    /** All that can be read, in no order. */
    private List<TableVersion> commits() {
        return switch (table.format()) {
            case DELTA -> read("DESCRIBE HISTORY " + table.sql(), "version", "timestamp");
            case ICEBERG -> read("SELECT * FROM " + table.metadata("snapshots"), "snapshot_id", "committed_at");
        };
    }

    /** As {@link #commits}; of Iceberg by when each became the table's state. */
    private List<TableVersion> inForce() {
        return table.format() == TableFormat.DELTA
                ? commits()
                : read("SELECT * FROM " + table.metadata("history"), "snapshot_id", "made_current_at");
    }

    private Optional<TableVersion> newest(List<TableVersion> commits) {
        if (table.format() == TableFormat.DELTA) {
            return commits.stream().max(Comparator.comparing(TableVersion::version));
        }
        // A branch may have newer ones.
        Optional<Long> main = reference("main");
        return commits.stream()
                .filter(commit -> main.filter(id -> id == commit.version()).isPresent())
                .findFirst();
    }

    private Optional<Long> reference(String name) {
        try {
            return spark
                    .sql("SELECT * FROM " + table.metadata("refs"))
                    .filter(functions.col("name").equalTo(functions.lit(name)))
                    .select("snapshot_id")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getLong(0))
                    .findFirst();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw unreadable(e);
        }
    }

    private List<TableVersion> read(String sql, String version, String time) {
        try {
            table.refresh(spark);
            return spark.sql(sql).select(version, time).collectAsList().stream()
                    .map(row -> new TableVersion(table.text(), row.getLong(0), instant(row.get(1))))
                    .toList();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw unreadable(e);
        }
    }

    private static Instant instant(Object time) {
        return time instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) time;
    }

    private RuntimeException unreadable(Exception failure) {
        return KnownFailures.find(failure)
                .<RuntimeException>map(known -> known)
                .orElseGet(() -> new ElbowException(
                        ErrorCategory.INPUT,
                        Message.of(
                                Parameter.INPUT,
                                " " + table + " must be a table of "
                                        + table.format().words()
                                        + " that can be read, but: " + KnownFailures.plain(failure)
                                        + (table.isPath() ? "" : " (a path has a slash in it: ./events)")),
                        failure));
    }

    private static ElbowException input(Object... message) {
        return new ElbowException(ErrorCategory.INPUT, Message.of(message));
    }
}
