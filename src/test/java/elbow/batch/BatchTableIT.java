package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.lake.LakeSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that write their scores to a table, too. The libraries are for Spark 3.5. */
@Tag("spark-3")
class BatchTableIT {
    /** How a table is named and what it says of its commits. */
    private enum Kind {
        DELTA,
        ICEBERG;

        String name(Path directory) {
            return this == DELTA
                    ? directory.resolve("table").toString()
                    : "ice.db.t" + Integer.toHexString(directory.hashCode());
        }

        Dataset<Row> rows(Path directory) {
            return this == DELTA
                    ? spark().read().format("delta").load(name(directory))
                    : spark().table(quoted(name(directory)));
        }

        private static String quoted(String name) {
            return "ice.db.`" + name.substring("ice.db.".length()) + "`";
        }
    }

    private static final LocalDate SECOND = BatchWorld.FIRST.plusDays(1);

    @TempDir
    private static Path warehouse;

    private static @Nullable LakeSession lake;

    @TempDir
    private Path directory;

    @BeforeAll
    static void session() throws Exception {
        lake = new LakeSession(warehouse);
    }

    @AfterAll
    static void sharedSession() {
        Objects.requireNonNull(lake).close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTableHasTheNewestScoringOfEachPartition(Kind kind) {
        // A site's setting, by which an overwriting would leave what it does not write.
        spark().conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
        try {
            ScoresTable table = ScoresTable.of(spark(), settings(new BatchWorld(directory, directory), kind))
                    .orElseThrow();
            publish(table, BatchWorld.FIRST, 1, 20);
            publish(table, SECOND, 1, 30);
            assertThat(kind.rows(directory).schema().apply("dt").dataType()).isEqualTo(DataTypes.DateType);
            assertThat(of(kind, BatchWorld.FIRST)).isEqualTo(20);
            assertThat(of(kind, SECOND)).isEqualTo(30);

            // After a run that ended before its ledger's entry: the same partition and revision, scored otherwise.
            publish(table, SECOND, 2, 25);
            assertThat(of(kind, SECOND)).isEqualTo(25);
            assertThat(kind.rows(directory).count()).isEqualTo(45);
        } finally {
            spark().conf().unset("spark.sql.sources.partitionOverwriteMode");
        }
    }

    private void publish(ScoresTable table, LocalDate date, long token, long rows) {
        Dataset<Row> scores = spark().range(0, rows, 1, 1).selectExpr("id", "'m' AS model_id");
        String place = directory.resolve("parquet-" + date + "-" + token).toString();
        scores.write().parquet(place);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
        DuePartition due = new DuePartition(new Partition(date, path, "0123456789abcdef"), 1, LedgerEntry.Reason.NEW);
        assertThat(table.publish(due, "m", token, path, scores.schema(), rows)).startsWith("Added to table ");
    }

    @Test
    void aBatchPublishesToTheTable() {
        BatchWorld world = new BatchWorld(directory).withPartitions(BatchWorld.FIRST);
        assertThat(run(world, Kind.ICEBERG)).anyMatch(note -> note.startsWith("Added to table "));
        assertThat(of(Kind.ICEBERG, BatchWorld.FIRST)).isEqualTo(BatchWorld.ROWS);
        assertThat(Kind.ICEBERG.rows(directory).schema().apply("scored_at").dataType())
                .isEqualTo(DataTypes.TimestampType);
    }

    private static SparkSession spark() {
        return Objects.requireNonNull(lake).spark();
    }

    private long of(Kind kind, LocalDate date) {
        return kind.rows(directory).filter("dt = DATE'" + date + "'").count();
    }

    private BatchSettings settings(BatchWorld world, Kind kind) {
        return world.settings(
                "batch.table.name=" + kind.name(directory),
                "batch.table.format=" + kind.name().toLowerCase(Locale.ROOT));
    }

    private List<String> run(BatchWorld world, Kind kind) {
        List<String> notes = new ArrayList<>();
        BatchOutcome outcome = new Batch(
                        spark(),
                        settings(world, kind),
                        DateRange.upTo(BatchWorld.LAST),
                        world.clock,
                        notes::add,
                        stage -> {})
                .run();
        assertThat(outcome.failure()).isEmpty();
        SharedSpark.awaitTasks();
        return notes;
    }
}
