package elbow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Parameter;
import elbow.fault.Fault;
import elbow.job.CommandLineRun;
import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta tables as inputs and outputs. */
class DeltaIT {
    private static final String TRAIN =
            "train --input events --format delta -D training.epochs=1 -D training.replicas=1 -D training.batch-size=32"
                    + " -D scoring.samples=1 --model ";
    private static final String SCORE = "score --model model --input rows.csv --output scores --output-format delta";
    private static final String STREAM =
            "score --stream --model model --input in --output scores --output-format delta --checkpoint checkpoint";

    @TempDir
    private static Path shared;

    private static @Nullable LakeSession lake;
    private static SparkSession spark = SharedSpark.session();

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void tableAndModel() throws Exception {
        lake = new LakeSession(shared.resolve("ice"));
        spark = lake.spark();
        CommandLineRun run = new CommandLineRun(shared);
        run.writeWaves("rows.csv");
        Dataset<Row> rows = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(shared.resolve("rows.csv").toString());
        rows.coalesce(1).write().format("delta").save(events());
        // Half of the rows go; their file stays.
        spark.sql("DELETE FROM delta.`" + events() + "` WHERE a < 0");
        assertThat(run.run(TRAIN + "model")).as(run.errors()).isZero();
        assertThat(run.errors()).contains("Reads table file:" + events() + ", version 1 of ");
    }

    @AfterAll
    static void sharedSession() {
        Objects.requireNonNull(lake).close();
    }

    @BeforeEach
    void modelInPlace() throws IOException {
        command = new CommandLineRun(directory);
        command.copyModel(shared.resolve("model"), "model");
        command.writeWaves("rows.csv");
    }

    private static String events() {
        return shared.resolve("events").toString();
    }

    private static long left() {
        return spark.read().format("delta").load(events()).count();
    }

    private Dataset<Row> scores() {
        return spark.read().format("delta").load(directory.resolve("scores").toString());
    }

    private long commits() {
        return spark.sql("DESCRIBE HISTORY delta.`" + directory.resolve("scores") + "`")
                .count();
    }

    @Test
    void theVersionIsTheModelsProvenance() throws IOException {
        String manifest = Files.readString(shared.resolve("model/manifest.json"));
        assertThat(rows(manifest)).isEqualTo(left());
        assertThat(manifest)
                .containsPattern(
                        "\"tables\" ?: ?\\[ ?\\{\\s*\"name\" ?: ?\"file:" + events() + "\",\\s*\"version\" ?: ?1,");
        assertThat(command.run("inspect --model model")).as(command.errors()).isZero();
        assertThat(command.output()).contains("events@1\n");
    }

    private static long rows(String manifest) {
        return number(manifest, "trainingRows") + number(manifest, "validationRows");
    }

    private static long number(String json, String field) {
        return Long.parseLong(json.replaceAll("(?s).*\"" + field + "\" ?: ?(\\d+).*", "$1"));
    }

    @Test
    void aTimeFindsTheVersionOfThen() {
        String first = spark.sql("DESCRIBE HISTORY delta.`" + events() + "`")
                .filter("version = 0")
                .select("timestamp")
                .head()
                .getTimestamp(0)
                .toInstant()
                .toString();
        assertThat(command.run(
                        "evaluate --model model --format delta --samples 1 --timestamp-as-of " + first,
                        "--input",
                        events()))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("rows +300\n").contains("events@0\n");

        assertThat(command.run(
                        "evaluate --model model --format delta --timestamp-as-of 2001-01-01", "--input", events()))
                .isEqualTo(3);
        assertThat(command.errors()).contains("--timestamp-as-of must be a time at which ", " was there, from 0 of ");
        assertThat(command.run(
                        "evaluate --model model --format delta --timestamp-as-of 2999-01-01", "--input", events()))
                .isEqualTo(2);
        assertThat(command.run("evaluate --model model --format delta --version-as-of 7", "--input", events()))
                .isEqualTo(3);
        assertThat(command.errors())
                .contains("--version-as-of must be a version that file:", "from 0 of ", "but is \"7\"");
        assertThat(command.run("evaluate --model model --input rows.csv --version-as-of 7"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--version-as-of must be given with --format delta or iceberg");
        assertThat(command.run("evaluate --model model --format delta", "--input", "no.such.table"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("--input no.such.table must be a table of Delta Lake");
    }

    /** The commit comes between the choice of the version and the first pass over the rows. */
    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a table gets other rows while it is read",
            where = "Delta, local",
            promised = "what others commit is not read")
    void whatOthersCommitMeanwhileIsNotRead() {
        Dataset<Row> more = spark.range(50).selectExpr("id * 0.01 AS a", "id * 0.02 AS b");
        String table = directory.resolve("table").toString();
        more.write().format("delta").save(table);
        ByteArrayOutputStream errors = new ByteArrayOutputStream() {
            private boolean committed;

            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                if (!committed && toString(StandardCharsets.UTF_8).contains("Reads table")) {
                    committed = true;
                    more.write().format("delta").mode(SaveMode.Append).save(table);
                }
            }
        };

        assertThat(command.run(new Stop(), errors, "evaluate --model model --format delta --samples 1 --input table"))
                .as(errors.toString(StandardCharsets.UTF_8))
                .isZero();

        assertThat(command.output()).containsPattern("rows +50\n").contains("table@0\n");
        assertThat(spark.read().format("delta").load(table).count()).isEqualTo(100);
    }

    @Test
    void itsFilesAreNeitherReadNorWrittenAsFiles() throws IOException {
        String file;
        try (Stream<Path> files = Files.list(Path.of(events()))) {
            file = files.map(Path::toString)
                    .filter(name -> name.endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        for (String input : List.of(events(), file, events() + "/*.parquet")) {
            for (String format : List.of("auto", "parquet")) {
                assertThat(command.run("evaluate --model model --format " + format, "--input", input))
                        .as(input)
                        .isEqualTo(3);
                assertThat(command.errors())
                        .contains(
                                " must be files, but ",
                                "is a Delta table, whose files hold rows that are not in it any"
                                        + " more: read the table, with --format delta and file:" + events());
            }
        }
        assertThat(command.run("score --model model --input rows.csv", "--output", events() + "/dt=1"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--output must not be or lie in a table's directory", "a Delta table, file:" + events());
        assertThat(command.run("score --overwrite --model model --input rows.csv", "--output", events()))
                .isEqualTo(2);
        assertThat(left()).isPositive();
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the table already has a batch's scores",
            where = "Delta, local",
            promised = "nothing is added twice")
    void scoresAreAddedOnce() {
        assertThat(command.run(SCORE)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +300\n").containsPattern("rowsAdded +300\n");
        assertThat(scores().count()).isEqualTo(300);
        assertThat(scores().schema().apply("scored_at").dataType()).isEqualTo(DataTypes.TimestampType);
        assertThat(spark.sql("DESCRIBE HISTORY delta.`" + directory.resolve("scores") + "`")
                        .filter("userMetadata LIKE '%elbow/score/%'")
                        .count())
                .isEqualTo(1);
        long commits = commits();

        assertThat(command.run(SCORE)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rowsAdded +0\n");
        assertThat(command.errors()).contains("has these scores already: nothing is added");
        assertThat(scores().count()).isEqualTo(300);
        assertThat(commits()).isEqualTo(commits);

        // Delta's own log knows a transaction, even if what it says of its commits is cleaned away.
        TableSink sink = TableSink.of(
                spark,
                TableFormat.DELTA,
                Parameter.OUTPUT_FORMAT,
                Parameter.OUTPUT,
                directory.resolve("scores").toString());
        Transaction first = new Transaction("application", 3);
        assertThat(sink.append(scores(), first, Map.of()).orElseThrow().rows()).isEqualTo(300);
        assertThat(sink.append(scores(), first, Map.of())).isEmpty();
        assertThat(scores().count()).isEqualTo(600);

        assertThat(command.run(SCORE + " --keep a --transaction wider")).isEqualTo(2);
        assertThat(command.errors())
                .contains("--output must name a table with the columns that are written", "it lacks a.");
        assertThat(scores().count()).isEqualTo(600);
    }

    @Test
    void aMicroBatchIsAddedOnce() throws IOException {
        command.writeWaves("in/1.csv");
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +300\n");

        // As a run leaves it that ends between the table's commit and the checkpoint's.
        Files.delete(directory.resolve("checkpoint/commits/0"));
        Files.deleteIfExists(directory.resolve("checkpoint/commits/.0.crc"));
        command.writeWaves("in/2.csv");
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +300\n");
        assertThat(scores().count()).isEqualTo(600);
        assertThat(Files.exists(directory.resolve("checkpoint/commits/1"))).isTrue();

        scores().limit(0)
                .write()
                .format("delta")
                .save(directory.resolve("other").toString());
        assertThat(command.run(STREAM.replace("--output scores", "--output other")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("other has no commit of it: name that table, or a new checkpoint");
    }

    @Test
    void withoutTheExtensionTheSettingsToAddAreSaid() {
        SparkSession.setActiveSession(SharedSpark.session());
        SparkSession.setDefaultSession(SharedSpark.session());
        try {
            assertThat(command.run("evaluate --model model --format delta", "--input", events()))
                    .isEqualTo(2);
            assertThat(command.errors())
                    .contains(
                            "--format delta must have a Spark session with Delta Lake's extension and catalogue",
                            "--conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension");
        } finally {
            SparkSession.setActiveSession(spark);
            SparkSession.setDefaultSession(spark);
        }
    }
}
