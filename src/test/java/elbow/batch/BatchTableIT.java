package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.data.source.ReadRequest;
import elbow.lake.LakeSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.actions.SparkActions;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that write their scores to a table, too. */
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

    /** Those that this Spark has a library for: Iceberg's for Spark 4.1 is not one for Spark 4.2. */
    static List<Kind> kinds() {
        return spark().version().startsWith("3.") ? List.of(Kind.values()) : List.of(Kind.DELTA);
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
    @MethodSource("kinds")
    void aTableHasTheNewestScoringOfEachPartition(Kind kind) {
        // A site's setting, by which an overwriting would leave what it does not write.
        spark().conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
        try {
            BatchTable table = BatchTable.of(spark(), settings(new BatchWorld(directory, directory), kind))
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

    private void publish(BatchTable table, LocalDate date, long token, long rows) {
        Dataset<Row> scores = spark().range(0, rows, 1, 1).selectExpr("id", "'m' AS model_id");
        String place = directory.resolve("parquet-" + date + "-" + token).toString();
        scores.write().parquet(place);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(place);
        Partition partition =
                new Partition(date, ReadRequest.of(place), place, "0123456789abcdef", OptionalLong.empty());
        DuePartition due = new DuePartition(partition, 1, LedgerEntry.Reason.NEW);
        assertThat(table.publish(due, "m", token, path, scores.schema(), rows)).startsWith("Added to table ");
    }

    @Test
    @Tag("spark-3")
    void aBatchPublishesToTheTable() {
        BatchWorld world = new BatchWorld(directory).withPartitions(BatchWorld.FIRST);
        assertThat(run(world, settings(world, Kind.ICEBERG))).anyMatch(note -> note.startsWith("Added to table "));
        assertThat(of(Kind.ICEBERG, BatchWorld.FIRST)).isEqualTo(BatchWorld.ROWS);
        assertThat(Kind.ICEBERG.rows(directory).schema().apply("scored_at").dataType())
                .isEqualTo(DataTypes.TimestampType);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBatchReadsTheDatesOfATable(Kind kind) throws Exception {
        BatchWorld world = new BatchWorld(directory).withPartitions(SECOND);
        spark().read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(directory.resolve("rows").toString())
                .repartition(3)
                .createOrReplaceTempView("arrived");
        write(kind, "SELECT * FROM arrived UNION ALL SELECT 'undated', 1, 2, 'yes', null");
        String[] ofTable = {
            "batch.input=" + kind.name(directory), "batch.format=" + kind.name().toLowerCase(Locale.ROOT)
        };

        List<String> notes = run(world, world.settings(ofTable));
        assertThat(notes)
                .anyMatch(note -> note.startsWith("Reads table "))
                .contains("Rows of no date: 1 have none in column dt, and belong to no partition");
        assertThat(world.entry(SECOND).counts().rows()).isEqualTo(BatchWorld.ROWS);
        BatchWorld ofFiles = new BatchWorld(directory.resolve("files")).withPartitions(SECOND);
        run(ofFiles, ofFiles.settings());
        assertThat(scores(world)).isEqualTo(scores(ofFiles)).hasSize(2 * BatchWorld.ROWS);

        // The same rows in other files, and rows of another date, are nothing new to this one.
        compact(kind);
        assertThat(run(world, world.settings(ofTable))).noneMatch(note -> note.startsWith("Scoring "));
        write(kind, "SELECT * FROM arrived WHERE dt = DATE'" + BatchWorld.FIRST + "' LIMIT 1");
        assertThat(run(world, world.settings(ofTable)))
                .filteredOn(note -> note.startsWith("Scoring "))
                .singleElement()
                .asString()
                .contains(BatchWorld.FIRST.toString());
        assertThat(scores(world)).hasSize(2 * BatchWorld.ROWS + 1);
    }

    private void write(Kind kind, String sql) throws Exception {
        Dataset<Row> rows = spark().sql(sql);
        if (kind == Kind.DELTA) {
            rows.write().format("delta").mode("append").save(kind.name(directory));
        } else if (spark().catalog().tableExists(Kind.quoted(kind.name(directory)))) {
            rows.writeTo(Kind.quoted(kind.name(directory))).append();
        } else {
            rows.writeTo(Kind.quoted(kind.name(directory))).using("iceberg").create();
        }
    }

    private void compact(Kind kind) throws Exception {
        if (kind == Kind.DELTA) {
            spark().sql("OPTIMIZE delta.`" + kind.name(directory) + "`").collectAsList();
        } else {
            SparkActions.get(spark())
                    .rewriteDataFiles(Spark3Util.loadIcebergTable(spark(), Kind.quoted(kind.name(directory))))
                    .option("rewrite-all", "true")
                    .execute();
        }
    }

    private static List<String> scores(BatchWorld world) {
        return world.published().rows(world.modelId()).select("id", "dt", "anomaly_score").collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    @Test
    void aBatchDoesNotReadTheTableThatItWritesTo() {
        String table = Kind.DELTA.name(directory);
        BatchSettings settings = new BatchWorld(directory)
                .settings(
                        "batch.input=" + table,
                        "batch.format=delta",
                        "batch.table.name=" + table,
                        "batch.table.format=delta");
        assertThatThrownBy(() -> new Batch(spark(), settings, DateRange.upTo(SECOND), note -> {}).run())
                .hasMessageContaining("batch.table.name must not be the table that batch.input reads");
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

    private List<String> run(BatchWorld world, BatchSettings settings) {
        List<String> notes = new ArrayList<>();
        BatchOutcome outcome = new Batch(
                        spark(), settings, DateRange.upTo(BatchWorld.LAST), world.clock, notes::add, stage -> {})
                .run();
        assertThat(outcome.failure()).isEmpty();
        SharedSpark.awaitTasks();
        return notes;
    }
}
