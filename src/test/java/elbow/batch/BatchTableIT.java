package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.lake.LakeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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

        long commits(Path directory) {
            return this == DELTA
                    ? spark().sql("DESCRIBE HISTORY delta.`" + name(directory) + "`")
                            .count()
                    : spark().table(quoted(name(directory)) + ".snapshots").count();
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
        BatchWorld.sharedModel();
        lake = new LakeSession(warehouse);
    }

    @AfterAll
    static void sharedSession() {
        Objects.requireNonNull(lake).close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTableHasEachPartitionOnceWhateverEndedARun(Kind kind) throws IOException {
        BatchWorld world = new BatchWorld(directory).withPartitions(SECOND);
        run(world, kind);
        assertThat(kind.rows(directory).count()).isEqualTo(2L * BatchWorld.ROWS);
        assertThat(kind.rows(directory).schema().apply("dt").dataType()).isEqualTo(DataTypes.DateType);
        assertThat(kind.rows(directory).schema().apply("scored_at").dataType()).isEqualTo(DataTypes.TimestampType);
        List<Row> rows = sorted(kind);
        long commits = kind.commits(directory);

        // As a run leaves it that was killed between the table's commit and the ledger's entry.
        Path ledger = world.output().resolve("_ledger/" + world.modelId());
        try (Stream<Path> entries = Files.list(ledger)) {
            for (Path entry : entries.filter(file -> file.toString().contains(SECOND.toString()))
                    .toList()) {
                Files.delete(entry);
            }
        }
        assertThat(run(world, kind)).anyMatch(note -> note.contains("has these scores already: nothing is added"));
        assertThat(world.ledgerSize()).isEqualTo(2);
        assertThat(sorted(kind)).isEqualTo(rows);
        assertThat(kind.commits(directory)).isEqualTo(commits);

        // A file that comes late: the partition's rows are replaced.
        world.partition(SECOND, "late.csv", BatchWorld.rows(10, 99));
        run(world, kind);
        assertThat(kind.commits(directory)).isEqualTo(commits + 1);
        assertThat(kind.rows(directory).count()).isEqualTo(2L * BatchWorld.ROWS + 10);
        assertThat(of(kind, SECOND)).isEqualTo(BatchWorld.ROWS + 10);
        assertThat(of(kind, BatchWorld.FIRST)).isEqualTo(BatchWorld.ROWS);
    }

    private static SparkSession spark() {
        return Objects.requireNonNull(lake).spark();
    }

    private static long of(Kind kind, LocalDate date, Path directory) {
        return kind.rows(directory).filter("dt = DATE'" + date + "'").count();
    }

    private long of(Kind kind, LocalDate date) {
        return of(kind, date, directory);
    }

    private List<Row> sorted(Kind kind) {
        return kind.rows(directory).orderBy("dt", "id").collectAsList();
    }

    private List<String> run(BatchWorld world, Kind kind) {
        List<String> notes = new ArrayList<>();
        BatchSettings settings = world.settings(
                "batch.table.name=" + kind.name(directory),
                "batch.table.format=" + kind.name().toLowerCase(Locale.ROOT));
        BatchOutcome outcome = new Batch(
                        spark(), settings, DateRange.upTo(BatchWorld.LAST), world.clock, notes::add, stage -> {})
                .run();
        assertThat(outcome.failure()).isEmpty();
        SharedSpark.awaitTasks();
        return notes;
    }
}
