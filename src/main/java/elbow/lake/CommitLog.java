package elbow.lake;

import elbow.lake.TableSink.Commit;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What the commits of a table that is there say of themselves. */
final class CommitLog {
    /** Property of an Iceberg snapshot, and key of Delta's user metadata. */
    static final String TRANSACTION = "elbow.transaction";

    /** Another one, told from what another run writes by the same transaction at the same time. */
    static final String ATTEMPT = "elbow.attempt";

    // How many commits others can make between a write and the look at it.
    private static final int RECENT = 1000;

    private final SparkSession spark;
    private final TableName table;

    CommitLog(SparkSession spark, TableName table) {
        this.spark = spark;
        this.table = table;
    }

    /** The commit that has a transaction, unless it is known that it was rolled back. */
    Optional<Commit> transaction(Transaction transaction) {
        table.refresh(spark);
        return switch (table.format()) {
            case DELTA -> said(history(""), TRANSACTION, transaction.toString());
            case ICEBERG -> {
                // Of branches and of what the history has forgotten nothing is known.
                Dataset<Row> snapshots =
                        spark.sql("SELECT s.* FROM " + table.metadata("snapshots") + " s LEFT ANTI JOIN "
                                + table.metadata("history")
                                + " h ON s.snapshot_id = h.snapshot_id AND NOT h.is_current_ancestor");
                yield said(snapshots, TRANSACTION, transaction.toString());
            }
        };
    }

    /** The commit that has just been made by an attempt. */
    Optional<Commit> attempt(String attempt) {
        table.refresh(spark);
        return switch (table.format()) {
            case DELTA -> said(history(" LIMIT " + RECENT), ATTEMPT, attempt);
            case ICEBERG -> said(commits(), ATTEMPT, attempt);
        };
    }

    /** Whether a commit is of an application. */
    boolean isOf(String application) {
        table.refresh(spark);
        return !commits()
                .filter(property(TRANSACTION).startsWith(application + "#"))
                .isEmpty();
    }

    /** Whether all commits are there since the table was made. */
    boolean isWhole() {
        return switch (table.format()) {
            case DELTA -> !commits().filter("version = 0").isEmpty();
            // A parent that is not there.
            case ICEBERG ->
                spark.sql("SELECT s.snapshot_id FROM " + table.metadata("snapshots") + " s LEFT ANTI JOIN "
                                + table.metadata("snapshots")
                                + " p ON s.parent_id = p.snapshot_id WHERE s.parent_id IS NOT NULL")
                        .isEmpty();
        };
    }

    private Dataset<Row> commits() {
        return switch (table.format()) {
            case DELTA -> history("");
            case ICEBERG -> spark.sql("SELECT * FROM " + table.metadata("snapshots"));
        };
    }

    private Column property(String name) {
        return switch (table.format()) {
            case DELTA -> functions.get_json_object(functions.col("userMetadata"), "$['" + name + "']");
            case ICEBERG -> functions.col("summary").getItem(name);
        };
    }

    private Dataset<Row> history(String limit) {
        return spark.sql("DESCRIBE HISTORY " + table.sql() + limit);
    }

    private Optional<Commit> said(Dataset<Row> log, String property, String value) {
        Dataset<Row> found = log.filter(property(property).equalTo(functions.lit(value)));
        Dataset<Row> commits = switch (table.format()) {
            case DELTA -> found.selectExpr("version", "timestamp", "operationMetrics['numOutputRows']");
            case ICEBERG -> found.selectExpr("snapshot_id", "committed_at", "summary['added-records']");
        };
        return commits.collectAsList().stream().map(this::commit).findFirst();
    }

    private Commit commit(Row row) {
        Object time = row.get(1);
        Instant committedAt = time instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) time;
        // A commit without rows does not count them.
        long rows = row.isNullAt(2) ? 0 : Long.parseLong(row.getString(2));
        return new Commit(new TableVersion(table.text(), row.getLong(0), committedAt), rows);
    }
}
