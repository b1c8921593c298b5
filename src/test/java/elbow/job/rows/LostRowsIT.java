package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that Spark loses between reader and user, or between user and writer, are missed. */
class LostRowsIT {
    private static final String TABLE = "lost_rows";
    private static final String MISSED = "must give all rows that its files have, but these are 300, and 1";
    private static final String NOT_WRITTEN = "must have every row that was scored, but of 300 in ";
    private static final String TRAIN =
            " -D training.epochs=1 -D training.replicas=1 -D scoring.samples=0 -D data.validation-fraction=0.2";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void inputs() throws IOException {
        SparkSession spark = SharedSpark.session();
        Dataset<Row> rows = spark.sql("SELECT id % 97 * 0.31D AS x, cos(id) AS y FROM range(0, 300, 1, 3)");
        for (String format : List.of("csv", "json", "parquet", "orc", "avro")) {
            rows.write().format(format).option("header", true).save(shared + "/" + format);
        }
        rows.write().mode("overwrite").saveAsTable(TABLE);
        rows.selectExpr("concat('0 1:', cast(x AS string), ' 2:', cast(y AS string))")
                .coalesce(1)
                .write()
                .text(shared + "/text");
        Files.copy(part(shared.resolve("text")), shared.resolve("rows.libsvm"));
        CommandLineRun run = new CommandLineRun(shared);
        assertThat(run.run("train --input csv --model model" + TRAIN))
                .as(run.errors())
                .isZero();
        assertThat(run.run("train --input rows.libsvm --ignore label --model vectors" + TRAIN))
                .as(run.errors())
                .isZero();
    }

    @AfterAll
    static void dropTable() {
        SharedSpark.session().sql("DROP TABLE IF EXISTS " + TABLE);
    }

    @BeforeEach
    void modelsInPlace() throws IOException {
        command = new CommandLineRun(directory);
        command.copyModel(shared.resolve("model"), "model");
        command.copyModel(shared.resolve("vectors"), "vectors");
    }

    static Stream<Arguments> formatsAndCommands() {
        return Stream.of("csv", "json", "parquet", "orc", "avro", "libsvm", "table")
                .flatMap(format -> Stream.of("train", "inspect", "score", "evaluate", "calibrate")
                        .map(line -> Arguments.of(format, line)));
    }

    @ParameterizedTest
    @MethodSource("formatsAndCommands")
    @Fault(section = Fault.Section.ROWS, fault = "rows get lost on their way", promised = "nothing is published")
    void rowsThatWereReadAndNotUsedAreMissed(String format, String line) {
        String relation = switch (format) {
            case "csv" -> "CsvRelation";
            case "json" -> "MadeRows";
            case "libsvm", "table" -> "CountedRelation";
            default -> "HadoopFsRelation";
        };
        try (LostRows lost = LostRows.behindReader(relation)) {
            int code = command.run(words(format, line), "--input", input(format));

            assertThat(command.errors()).as(lost.toString()).contains(MISSED);
            assertThat(code).isEqualTo(3);
        }
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(directory.resolve("scores")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "orc", "avro", "libsvm", "table"})
    void withoutALossNoneIsMissed(String format) {
        assertThat(command.run(words(format, "inspect"), "--input", input(format)))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("\nrows +300\n");
        assertThat(command.run(words(format, "score"), "--input", input(format)))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("rows +300\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "quarantine"})
    @Fault(section = Fault.Section.ROWS, fault = "rows get lost on their way", promised = "nothing is published")
    void aNightThatLosesRowsIsNotPublished(String badRows) throws IOException {
        Path night = Files.createDirectories(directory.resolve("in/dt=2026-11-20"));
        Files.copy(part(shared.resolve("csv")), night.resolve("rows.csv"));
        command.write("batch.conf", "batch.late-days = 7");
        String batch =
                "batch --config %s/batch.conf --date 2026-11-21 -D batch.input=%s/in -D batch.model=%s/model -D batch.output=%s/out -D batch.bad-rows=%s"
                        .formatted(directory, directory, directory, directory, badRows);
        try (LostRows lost = LostRows.behindReader("CsvRelation")) {
            assertThat(command.run(batch)).as(lost.toString()).isEqualTo(3);
        }
        assertThat(command.errors()).contains("must give all rows that its files have, but these are 100, and");
        assertThat(command.run(batch)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("2026-11-20 +new +100 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    @Fault(section = Fault.Section.ROWS, fault = "rows get lost on their way", promised = "nothing is published")
    void rowsThatWereScoredAndNotWrittenAreMissed(String output) {
        try (LostRows lost = LostRows.beforeWriter()) {
            assertThat(command.run(words("csv", "score") + " --output-format " + output, "--input", input("csv")))
                    .as(lost.toString())
                    .isEqualTo(1);
        }
        assertThat(command.errors()).contains(NOT_WRITTEN);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void aFileThatIsCutOnItsWayToItsPlaceIsMissed(String output) {
        var hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
        hadoop.set("fs." + CuttingFileSystem.SCHEME + ".impl", CuttingFileSystem.class.getName());
        try {
            int code = command.run(
                    "score --model model --output-format " + output,
                    "--input",
                    input("csv"),
                    "--output",
                    CuttingFileSystem.SCHEME + ":" + directory.resolve("scores"));

            assertThat(command.errors()).contains("must have the files that were written, but of ");
            assertThat(code).isEqualTo(1);
        } finally {
            hadoop.unset("fs." + CuttingFileSystem.SCHEME + ".impl");
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    void rowsOfAStreamThatWereReadAndNotScoredAreMissed(String format) throws IOException {
        arrives(format);
        try (LostRows lost =
                LostRows.behindReader(format.equals("parquet") ? "HadoopFsRelation" : "SerializeFromObject")) {
            assertThat(command.run(stream())).as(lost.toString()).isEqualTo(3);
        }
        assertThat(command.errors())
                .contains("micro-batch 0 of the stream must give all rows that its files have, but these are 100, and");
    }

    @Test
    void rowsOfAStreamThatWereScoredAndNotWrittenAreMissed() throws IOException {
        arrives("csv");
        try (LostRows lost = LostRows.beforeWriter()) {
            assertThat(command.run(stream())).as(lost.toString()).isEqualTo(1);
        }
        assertThat(command.errors()).contains("must have every row that was scored, but of 100 in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    void aStreamWithoutALossMissesNone(String format) throws IOException {
        arrives(format);
        assertThat(command.run(stream())).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +100\n");
    }

    private void assertNothingIsLeft() {
        assertThat(directory)
                .isDirectoryNotContaining(path -> path.getFileName().toString().contains("scores"));
    }

    private static String words(String format, String line) {
        String model = " --model " + (format.equals("libsvm") ? "vectors" : "model");
        String table = format.equals("table") ? " --format table" : "";
        return switch (line) {
                    case "train" -> "train --model new" + TRAIN;
                    case "inspect" -> "inspect";
                    case "score" -> "score --output scores" + model;
                    default -> line + model;
                }
                + table;
    }

    private static String input(String format) {
        return switch (format) {
            case "table" -> TABLE;
            case "libsvm" -> shared + "/rows.libsvm";
            default -> shared + "/" + format;
        };
    }

    private static String stream() {
        return "score --stream --model model --input in --output out --checkpoint checkpoint";
    }

    // One of three parts.
    private void arrives(String format) throws IOException {
        Files.createDirectories(directory.resolve("in"));
        Files.copy(part(shared.resolve(format)), directory.resolve("in/1." + format));
    }

    private static Path part(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
