package elbow.job.process;

import static elbow.job.process.ElbowProcess.HOME;
import static elbow.job.process.ElbowProcess.LAUNCHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real runs through spark-submit, on the job jar and the embedded Spark of this build. */
class SparkSubmitIT {
    private static final String CARDIO =
            HOME.resolve("data/anomaly/cardio.csv.gz").toString();

    @TempDir
    private Path directory;

    @Test
    void trainsAndScoresThroughTheLauncherWithRelativePaths() throws Exception {
        Files.copy(Path.of(CARDIO), directory.resolve("rows.csv.gz"));

        ElbowProcess.Result train = elbow(
                "--master",
                "local[2]",
                "train",
                "--input",
                "rows.csv.gz",
                "--model",
                "model",
                "--ignore",
                "label",
                "-D",
                "training.epochs=3");
        assertThat(train.status()).as(train.err()).isZero();
        assertThat(train.out()).contains("elboBefore", "elboAfter", "modelId");
        assertThat(train.err()).contains("Log: ", "epoch 3/3, ELBO ").doesNotContain(" INFO ", " WARN ");
        assertThat(directory.resolve("model/manifest.json")).exists();

        ElbowProcess.Result score = elbow(
                "score",
                "--model",
                "model",
                "--input",
                "rows.csv.gz",
                "--output",
                "scores",
                "--output-format",
                "csv",
                "--keep",
                "label");
        assertThat(score.status()).as(score.err()).isZero();
        assertThat(score.out()).containsPattern("rows +1831");
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the process is killed",
            where = "local process",
            promised = "no model, and every command says so (4)")
    void killedTrainingLeavesNoModel() throws Exception {
        try (ElbowProcess process = ElbowProcess.start(
                directory,
                Map.of(),
                LAUNCHER,
                "--master",
                "local[2]",
                "train",
                "--input",
                CARDIO,
                "--model",
                "model",
                "--ignore",
                "label",
                "-D",
                "training.epochs=100000")) {
            process.awaitError("/100000, ELBO ");
            process.kill();
        }

        assertThat(directory.resolve("model")).doesNotExist();
        assertThat(manifests()).isEmpty();
        ElbowProcess.Result inspect = elbow("inspect", "--model", "model");
        assertThat(inspect.status()).isEqualTo(4);
        assertThat(inspect.err()).contains("--model must be a directory that Elbow has written");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "Ctrl-C, SIGTERM",
            where = "local process",
            promised = "ends after its round with a checkpoint, in one line (130, 143)")
    void aSignalEndsTrainingAfterItsRoundInOneLineAndItsOwnExitCode(String signal, int code) throws Exception {
        assumeThat(ignoredSignals() & 1L << (code - 129))
                .as("a signal that is not ignored here, as Ctrl-C is by what a shell runs in the background")
                .isZero();
        String[] train = {
            LAUNCHER,
            "--master",
            "local[2]",
            "train",
            "--input",
            CARDIO,
            "--model",
            "model",
            "--ignore",
            "label",
            "-D",
            "training.epochs=100000",
            "-D",
            "training.averaging-frequency=10"
        };
        try (ElbowProcess process = ElbowProcess.start(directory, Map.of(), train)) {
            process.awaitError("/100000, ELBO ");
            process.signal(signal);
            ElbowProcess.Result ended = process.await();

            assertThat(ended.status()).isEqualTo(code);
            assertThat(ended.err().lines().reduce("", (former, line) -> line))
                    .matches("elbow: stopped after round [1-9]\\d*, continue with --resume");
            assertThat(ended.err()).doesNotContain("Exception", "\tat ");
        }
        assertThat(directory.resolve("model")).doesNotExist();
        try (Stream<Path> checkpoints = Files.list(directory.resolve("model.checkpoints"))) {
            assertThat(checkpoints).isNotEmpty();
        }
    }

    @Test
    void aStandaloneClusterOfTheEmbeddedSparkTrainsAndEvaluates() throws Exception {
        try (StandaloneCluster cluster = new StandaloneCluster(directory, 2)) {
            ElbowProcess.Result train = elbow(
                    "--master",
                    cluster.url(),
                    "--properties-file",
                    cluster.settings().toString(),
                    "--executor-memory",
                    "700m",
                    "train",
                    "--input",
                    CARDIO,
                    "--normal-only",
                    "label=0",
                    "--model",
                    directory.resolve("model").toString(),
                    "-D",
                    "training.epochs=3",
                    "-D",
                    "training.replicas=2");
            assertThat(train.status()).as(train.err()).isZero();
            assertThat(train.out()).containsPattern("replicas +2");

            ElbowProcess.Result evaluate = elbow(
                    "--master",
                    cluster.url(),
                    "--properties-file",
                    cluster.settings().toString(),
                    "--executor-memory",
                    "700m",
                    "evaluate",
                    "--model",
                    directory.resolve("model").toString(),
                    "--input",
                    CARDIO,
                    "--label",
                    "label");
            assertThat(evaluate.status()).as(evaluate.err()).isZero();
            assertThat(evaluate.out()).contains("auroc");
        }
    }

    private ElbowProcess.Result elbow(String... arguments) throws Exception {
        String[] command =
                Stream.concat(Stream.of(LAUNCHER), Stream.of(arguments)).toArray(String[]::new);
        return ElbowProcess.run(directory, Map.of(), command);
    }

    private Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("manifest.json")).toList().stream();
        }
    }

    // A bit for each signal, the first one for signal 1; processes inherit them.
    private static long ignoredSignals() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
    }
}
