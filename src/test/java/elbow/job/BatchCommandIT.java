package elbow.job;

import static elbow.job.process.ElbowProcess.LAUNCHER;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.batch.PublishedScores;
import elbow.fault.Fault;
import elbow.job.process.ElbowProcess;
import elbow.job.process.ElbowProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch command as schedulers start it: options, exit codes, what it prints, and a process that is killed. */
class BatchCommandIT {
    private static final int ROWS = 60;

    @TempDir
    private static Path shared = Path.of("");

    private static Path model = Path.of("");

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        Path rows = Files.write(shared.resolve("training.csv"), rows(300, 0));
        model = TestModels.train(rows, shared.resolve("model"), "-D", "training.epochs=4");
    }

    @BeforeEach
    void writePartitions() throws IOException {
        command = new CommandLineRun(directory);
        for (int day = 21; day <= 23; day++) {
            partition(day, rows(ROWS, day));
        }
        Files.writeString(directory.resolve("batch.conf"), """
                batch {
                  input = "%s/rows"
                  model = "%s"
                  output = "%s/scores"
                }
                """.formatted(directory, model, directory));
    }

    @Test
    void everyPartitionIsPrintedAndASecondRunHasNothingToDo() {
        assertThat(batch("--date", "2026-11-22")).as(command.errors()).isZero();
        assertThat(command.output().lines())
                .anyMatch(line -> line.matches("2026-11-21 +new +60 .*/dt=2026-11-21/run=1"))
                .anyMatch(line -> line.matches("2026-11-22 +new +60 .*/dt=2026-11-22/run=1"))
                .noneMatch(line -> line.contains("2026-11-23"));

        assertThat(batch("--date", "2026-11-22")).isZero();
        assertThat(command.output()).isEqualTo("Nothing to do: every partition up to 2026-11-22 is scored.\n");

        assertThat(batch("--from", "2026-11-23", "--to", "2026-11-23")).isZero();
        assertThat(command.output()).contains("2026-11-23");
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "one partition has bad data",
            promised = "the others are published; said (3)")
    void badDataIsExitCode3AndTheOthersAreScored() throws IOException {
        partition(22, List.of("a,b", "1,many"));

        assertThat(batch()).isEqualTo(3);

        assertThat(command.output()).contains("dt=2026-11-21", "dt=2026-11-23").doesNotContain("dt=2026-11-22");
        assertThat(command.errors()).contains("elbow: 1 of 3 partitions could not be scored, 2026-11-22");
    }

    @Test
    void aDryRunShowsWhichPartitionTheRunCouldNotScoreAndTheOthers() throws IOException {
        Files.createSymbolicLink(
                directory.resolve("rows/dt=2026-11-22/gone.csv"), directory.resolve("nowhere/gone.csv"));

        assertThat(batch("--dry-run")).isEqualTo(3);
        assertThat(command.output().lines())
                .anyMatch(line -> line.matches("2026-11-21 +new +1 +[0-9,]+ .*/dt=2026-11-21"))
                .anyMatch(line ->
                        line.matches("2026-11-22 +new +- +- .*/dt=2026-11-22 +not scored: .*gone.csv must be there.*"))
                .anyMatch(line -> line.matches("2026-11-23 +new +1 +[0-9,]+ .*/dt=2026-11-23"));
        assertThat(command.errors())
                .contains("elbow: 1 of 3 partitions could not be scored, 2026-11-22; the table says why");
        assertThat(directory.resolve("scores")).doesNotExist();

        assertThat(batch()).isEqualTo(3);
        assertThat(command.errors()).contains("elbow: 1 of 3 partitions could not be scored, 2026-11-22");
        assertThat(batch("--dry-run", "--date", "2026-11-21")).isZero();
        assertThat(command.output()).contains("Nothing to do");
    }

    @Test
    void aDryRunTriesWhetherScoresAndMetricsCanBeWrittenAndLeavesNothing() throws IOException {
        Files.writeString(directory.resolve("file"), "taken");

        assertThat(batch("--dry-run", "-D", "batch.output=" + directory.resolve("file/scores")))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains(
                        "batch.output must name a directory that can be written, but nothing can be written to",
                        "/file");

        assertThat(batch("--dry-run", "-D", "batch.metrics.json=" + directory.resolve("file/metrics.json")))
                .as(command.errors())
                .isZero();
        assertThat(command.errors())
                .contains("Warning: metrics could not be written to", "batch.metrics.json must name");

        Files.writeString(Files.createDirectory(directory.resolve("scores")).resolve("_ledger"), "taken");
        assertThat(batch("--dry-run")).isEqualTo(2);
        assertThat(command.errors()).contains("/scores/_ledger");

        Files.delete(directory.resolve("scores/_ledger"));
        assertThat(batch("--dry-run")).as(command.errors()).isZero();
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains(".try-"));
        }
        assertThat(directory.resolve("scores")).isEmptyDirectory();
    }

    @Test
    void aModelThatIsNotThereIsExitCode4() {
        assertThat(batch("-D", "batch.model=" + directory.resolve("none"))).isEqualTo(4);
    }

    @Test
    void invalidOptionsAndSettingsAreExitCode2() throws IOException {
        assertThat(batch("--date", "2026-11-22", "--from", "2026-11-21")).isEqualTo(2);
        assertThat(command.errors()).contains("--date must not be given with --from or --to");
        assertThat(batch("--to", "2026-11-22")).isEqualTo(2);
        assertThat(batch("--from", "2026-11-23", "--to", "2026-11-22")).isEqualTo(2);
        assertThat(command.errors()).contains("--from must not be after --to");
        assertThat(batch("--date", "yesterday")).isEqualTo(2);
        assertThat(batch("-D", "batch.keep=a,Run")).isEqualTo(2);
        assertThat(command.errors()).contains("batch.keep must name no column that the output's directories are");
        assertThat(batch("-D", "batch.bad-rows=drop")).isEqualTo(2);
        assertThat(command.errors()).contains("batch.bad-rows must be one of fail, quarantine, but is drop");
        assertThat(batch("-D", "batch.retention.day=3")).isEqualTo(2);
        assertThat(command.errors()).contains("the nearest known key is 'batch.retention.days'");
        Files.writeString(directory.resolve("batch.conf"), "batch.input = rows");
        assertThat(batch()).isEqualTo(2);
        assertThat(command.errors()).contains("batch.model must be given");
    }

    @Test
    void aHeldLockIsExitCode6() throws IOException {
        Path lock = Files.createDirectories(directory.resolve("scores/_lock"));
        Files.writeString(
                lock.resolve("1.json"),
                "{\"machine\":\"elsewhere\",\"process\":1,\"startedAt\":0,\"until\":" + Long.MAX_VALUE / 1_000_000_000
                        + "000}");

        assertThat(batch()).isEqualTo(6);

        assertThat(command.errors()).contains("is held by process 1 on elsewhere until");
        assertThat(directory.resolve("scores/_ledger")).doesNotExist();
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "the process is killed",
            where = "local process",
            promised = "the next run completes it")
    void killedRunIsCompletedByTheNextOne() throws Exception {
        List<String> lines = rows(20_000, 5);
        for (int day = 21; day <= 23; day++) {
            partition(day, lines);
        }
        String config = directory.resolve("batch.conf").toString();
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), LAUNCHER, "--master", "local[1]", "batch", "--config", config)) {
            awaitScores();
            process.kill();
        }

        Result again =
                ElbowProcess.run(directory, Map.of(), LAUNCHER, "--master", "local[1]", "batch", "--config", config);

        assertThat(again.status()).as(again.err()).isZero();
        String id = modelId();
        Dataset<Row> scores = new PublishedScores(
                        SharedSpark.session(), directory.resolve("scores").toString())
                .rows(id);
        assertThat(scores.groupBy("dt").count().collectAsList())
                .hasSize(3)
                .allSatisfy(day -> assertThat(day.getLong(1)).isEqualTo(20_000));
        try (Stream<Path> entries = Files.list(directory.resolve("scores/_ledger/" + id))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("2026-11-21.1.json", "2026-11-22.1.json", "2026-11-23.1.json");
        }
        try (Stream<Path> runs = Files.walk(directory.resolve("scores/model=" + id), 2)) {
            assertThat(runs.filter(path -> path.getFileName().toString().startsWith("run=")))
                    .hasSize(3);
        }
    }

    /** Until the process has begun to write scores. */
    private void awaitScores() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(directory.resolve("scores/model=" + modelId()))) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private String modelId() throws IOException {
        return Files.readString(model.resolve("manifest.json"))
                .replaceAll("(?s).*\"modelId\" : \"([0-9a-f]{12})\".*", "$1");
    }

    private int batch(String... options) {
        return command.run("batch --config " + directory.resolve("batch.conf"), options);
    }

    private void partition(int day, List<String> lines) throws IOException {
        Path partition = Files.createDirectories(directory.resolve("rows/dt=2026-11-" + day));
        Files.write(partition.resolve("part.csv"), lines);
    }

    private static List<String> rows(int count, int seed) {
        return Stream.concat(
                        Stream.of("a,b"),
                        IntStream.range(0, count).mapToObj(i -> Math.sin(i + seed) + "," + Math.cos(1.7 * i + seed)))
                .toList();
    }
}
