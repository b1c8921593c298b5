package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in are rows out and those set aside, also where Spark has been told to pass over damaged files. */
class AllRowsIT {
    private static final String LENIENT = "spark.sql.files.ignoreCorruptFiles";
    private static final String TRAIN =
            " -D training.epochs=1 -D training.replicas=1 -D scoring.samples=0 -D data.validation-fraction=0.2";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void writeRows() {
        command = new CommandLineRun(directory);
        SharedSpark.session().conf().set(LENIENT, true);
        table("day=1/rows", "parquet");
    }

    @AfterEach
    void beStrictAgain() {
        SharedSpark.session().conf().unset(LENIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --quarantine bad-"})
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a damaged file, though Spark is told to pass over such",
            promised = "named (3), by every command; a night with one is not published")
    void noCommandPassesOverADamagedFileThoughSparkIsToldTo(String quarantine) throws IOException {
        assertThat(command.run("train --input day=1/rows --model model" + TRAIN))
                .as(command.errors())
                .isZero();
        table("other", "parquet");
        damage("other");

        int run = 0;
        for (String line : List.of(
                "train --input other --model model2" + TRAIN,
                "train --input day=1/rows --validation other --model model2" + TRAIN,
                "score --model model --input other --output scores",
                "evaluate --model model --input other",
                "calibrate --model model --input other")) {
            String setAside = quarantine.isEmpty() ? "" : quarantine + run++;
            assertThat(command.run(line + setAside)).as(line + command.errors()).isEqualTo(3);
            assertThat(command.errors())
                    .as(line)
                    .contains(
                            "the input cannot be read: ",
                            data("other").getFileName().toString());
        }
        assertThat(directory.resolve("scores")).doesNotExist();
        assertThat(directory.resolve("model2")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "quarantine"})
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a damaged file, though Spark is told to pass over such",
            promised = "named (3), by every command; a night with one is not published")
    void aNightWithoutThemIsNotPublished(String badRows) throws IOException {
        assertThat(command.run("train --input day=1/rows --model model" + TRAIN))
                .as(command.errors())
                .isZero();
        table("days/dt=2026-11-21", "parquet");
        table("days/dt=2026-11-22", "parquet");
        damage("days/dt=2026-11-22");
        command.write("batch.conf", "batch.late-days = 7");
        String batch =
                "batch --config %s/batch.conf -D batch.input=%s/days -D batch.model=%s/model -D batch.output=%s/out -D batch.bad-rows=%s"
                        .formatted(directory, directory, directory, directory, badRows);

        assertThat(command.run(batch + " --from 2026-11-21 --to 2026-11-22")).isEqualTo(3);

        assertThat(command.errors())
                .contains(
                        "the input cannot be read: ",
                        data("days/dt=2026-11-22").getFileName().toString());
        assertThat(command.output()).contains("2026-11-21");
        try (Stream<Path> entries = Files.walk(directory.resolve("out/_ledger"))) {
            assertThat(entries.filter(entry -> entry.toString().endsWith(".json")))
                    .singleElement()
                    .asString()
                    .contains("2026-11-21");
        }
    }

    /** A file that is named twice, or lies in a directory that is named, is read once. */
    @Test
    void noRowIsMissedWhereAllAreThere() throws IOException {
        table("orc", "orc");
        assertThat(command.run("train --input day=1 --model model" + TRAIN))
                .as(command.errors())
                .isZero();
        String file = "day=1/rows/" + data("day=1/rows").getFileName();

        for (String input : List.of(
                "day=1/rows",
                "orc",
                "day=1/rows --input " + file,
                file + " --input " + file,
                "day=1/rows --where x>1")) {
            assertThat(command.run("score --overwrite --model model --output scores --input " + input))
                    .as(input + command.errors())
                    .isZero();
        }
        assertThat(command.run("train --overwrite --input day=1 --model model --normal-only label=0" + TRAIN))
                .as(command.errors())
                .isZero();
    }

    private void table(String name, String format) {
        SparkSession spark = SharedSpark.session();
        spark.sql("SELECT id % 97 * 0.31D AS x, cos(id) AS y, id % 3 AS label FROM range(0, 300, 1, 3)")
                .write()
                .format(format)
                .save(directory.resolve(name).toString());
    }

    /** Spoils the rows of one of three files; how many they were still stands at its end. */
    private void damage(String name) throws IOException {
        Path file = data(name);
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, 4, 200, (byte) 0xff);
        Files.write(file, content);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    private Path data(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
