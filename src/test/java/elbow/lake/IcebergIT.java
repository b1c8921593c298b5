package elbow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Parameter;
import elbow.fault.Fault;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg tables as inputs and outputs, in a catalogue over a directory. The library is for Spark 3.5. */
@Tag("spark-3")
class IcebergIT {
    @TempDir
    private static Path directory;

    private static @Nullable LakeSession lake;
    private static SparkSession spark = SharedSpark.session();
    private static CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void tableAndModel() throws Exception {
        lake = new LakeSession(directory.resolve("warehouse"));
        spark = lake.spark();
        command = new CommandLineRun(directory);
        command.writeWaves("rows.csv");
        Dataset<Row> rows = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(directory.resolve("rows.csv").toString());
        rows.coalesce(1).writeTo("ice.db.events").using("iceberg").create();
        rows.limit(50).writeTo("ice.db.events").append();
        assertThat(command.run(
                        "train --format iceberg -D training.epochs=1 -D training.replicas=1 -D training.batch-size=32 -D"
                                + " scoring.samples=1 --model model --version-as-of "
                                + snapshots().get(0),
                        "--input",
                        "ice.db.events"))
                .as(command.errors())
                .isZero();
    }

    @AfterAll
    static void sharedSession() {
        Objects.requireNonNull(lake).close();
    }

    private static List<Long> snapshots() {
        return spark
                .sql("SELECT snapshot_id FROM ice.db.events.snapshots ORDER BY committed_at")
                .collectAsList()
                .stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    @Test
    void aSnapshotIsReadAndIsTheModelsProvenance() throws IOException {
        String manifest = Files.readString(directory.resolve("model/manifest.json"));
        assertThat(manifest).contains("ice.db.events", snapshots().get(0).toString());

        assertThat(command.run("evaluate --model model --format iceberg --samples 1", "--input", "ice.db.events"))
                .as(command.errors())
                .isZero();
        assertThat(command.output())
                .containsPattern("rows +350\n")
                .contains("ice.db.events@" + snapshots().get(1));
        assertThat(command.run(
                        "evaluate --model model --format iceberg --samples 1 --version-as-of "
                                + snapshots().get(0),
                        "--input",
                        "ice.db.events"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("rows +300\n");
        assertThat(command.run(
                        "evaluate --model model --format iceberg --version-as-of nightly", "--input", "ice.db.events"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("--version-as-of must be a version that ice.db.events has");
    }

    @Test
    void itsFilesAreNotReadAsFiles() {
        Path table = directory.resolve("warehouse/db/events");
        for (Path input : List.of(table, table.resolve("data"), table.resolve("data/*.parquet"))) {
            assertThat(command.run("evaluate --model model", "--input", input.toString()))
                    .as(input.toString())
                    .isEqualTo(3);
            assertThat(command.errors())
                    .contains("is an Iceberg table", "--format iceberg and its name in a catalogue");
        }
        assertThat(command.run("evaluate --model model --format iceberg", "--input", table.toString()))
                .isEqualTo(3);
        assertThat(command.errors()).contains("--input must name an Iceberg table as its catalogue does");
        assertThat(command.run(
                        "score --model model --input rows.csv",
                        "--output",
                        table.resolve("x").toString()))
                .isEqualTo(2);
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the table already has a batch's scores",
            where = "Iceberg, local",
            promised = "nothing is added twice")
    void scoresAreAddedOnce() {
        String score = "score --model model --input rows.csv --output-format iceberg --keep a";
        assertThat(command.run(score, "--output", "ice.db.scores"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("rowsAdded +300\n");
        assertThat(command.run(score, "--output", "ice.db.scores"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("rowsAdded +0\n");
        assertThat(spark.table("ice.db.scores").count()).isEqualTo(300);
        assertThat(spark.sql("SELECT * FROM ice.db.scores.snapshots")
                        .filter("summary['elbow.transaction'] LIKE 'elbow/score/%'")
                        .count())
                .isEqualTo(1);

        assertThat(command.run(
                        "score --model model --input rows.csv --output-format iceberg --transaction x",
                        "--output",
                        "ice.db.scores"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("it has a, which are not written");
        assertThat(command.run(
                        "score --model model --format iceberg --output-format iceberg",
                        "--input",
                        "ice.db.events",
                        "--output",
                        "ice.db.events"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--output must not be the table that --input reads");
    }

    @Test
    void aMicroBatchIsAddedOnce() throws IOException {
        String stream = "score --stream --model model --input in --output-format iceberg --checkpoint checkpoint";
        command.writeWaves("in/1.csv");
        assertThat(command.run(stream, "--output", "ice.db.streamed"))
                .as(command.errors())
                .isZero();
        Files.delete(directory.resolve("checkpoint/commits/0"));
        Files.deleteIfExists(directory.resolve("checkpoint/commits/.0.crc"));
        assertThat(command.run(stream, "--output", "ice.db.streamed"))
                .as(command.errors())
                .isZero();
        assertThat(spark.table("ice.db.streamed").count()).isEqualTo(300);
    }

    @Test
    void narrowNumbersAreKept() {
        TableSink sink =
                TableSink.of(spark, TableFormat.ICEBERG, Parameter.OUTPUT_FORMAT, Parameter.OUTPUT, "ice.db.narrow");
        Dataset<Row> rows = spark.range(3).selectExpr("CAST(id AS SMALLINT) AS n");
        assertThat(sink.append(rows, new Transaction("a", 1), Map.of())).isPresent();
        assertThat(sink.append(rows, new Transaction("a", 2), Map.of())).isPresent();
        assertThat(spark.table("ice.db.narrow").count()).isEqualTo(6);

        // What was rolled back is added again.
        Transaction second = new Transaction("a", 2);
        assertThat(sink.append(rows, second, Map.of())).isEmpty();
        long first = spark.table("ice.db.narrow.snapshots")
                .filter("summary['elbow.transaction'] = 'a#1'")
                .head()
                .getLong(1);
        spark.sql("ALTER TABLE ice.db.narrow SET TBLPROPERTIES ('current-snapshot-id' = '" + first + "')");
        assertThat(spark.table("ice.db.narrow").count()).isEqualTo(3);
        assertThat(sink.done(second)).isEmpty();
        assertThat(sink.append(rows, second, Map.of())).isPresent();
        assertThat(spark.table("ice.db.narrow").count()).isEqualTo(6);
        assertThat(sink.done(second)).isPresent();
    }
}
