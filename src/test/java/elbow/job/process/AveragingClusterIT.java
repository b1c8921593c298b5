package elbow.job.process;

import static elbow.job.process.ElbowProcess.HOME;
import static elbow.job.process.ElbowProcess.LAUNCHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import elbow.signature.Keystores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One training run on a real standalone cluster, disturbed in every way: the model is the same to the bit, so its id is
 * that of the run that nobody disturbed. The cluster takes nobody without its secret, and encrypts what goes over the
 * network.
 */
class AveragingClusterIT {
    private static final String ROWS =
            HOME.resolve("data/anomaly/cardio.csv.gz").toString();
    private static final String UNDER_WAY = " round ";
    private static final String SPECULATIVE = "\"Speculative\":true";

    /** Both executors are there before the first task: each of them is given a replica. */
    private static final List<String> BOTH_EXECUTORS =
            List.of("--conf", "spark.cores.max=2", "--conf", "spark.scheduler.minRegisteredResourcesRatio=1");

    @TempDir
    private static Path shared;

    private static String undisturbed = "";

    @TempDir
    private Path directory;

    // Started once: a master and two workers are three JVMs.
    private static StandaloneCluster cluster;

    @BeforeAll
    static void startClusterAndTrainUndisturbed() throws Exception {
        cluster = new StandaloneCluster(Files.createDirectories(shared.resolve("cluster")), 2);
        ElbowProcess.Result result =
                ElbowProcess.run(shared, Map.of(), command("local[2]", shared, List.of(), List.of()));
        assertThat(result.status()).as(result.err()).isZero();
        undisturbed = modelId(shared);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
        undisturbed = "";
    }

    @BeforeEach
    void awaitTheEndOfFormerExecutors() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!cluster.executors().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void oneExecutorMakesTheSameModelAsOneProcess() throws Exception {
        EventLog log = new EventLog(directory);
        train(both(List.of("--conf", "spark.cores.max=1"), log.options()), List.of());
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        assertThat(log.executorsOf("averaging round")).hasSize(1);

        assertThat(log.text()).contains("\"spark.authenticate\":\"true\"", "\"spark.network.crypto.enabled\":\"true\"");
        for (Path file : both(writtenIn(directory), writtenIn(shared))) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(StandaloneCluster.SECRET, Keystores.PASSWORD);
        }
    }

    /** All that runs, and the cluster that they ran on, have left: logs, models, events. */
    private static List<Path> writtenIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*(\\.jar|\\.p12|\\.conf|/password)"))
                    .toList();
        }
    }

    @Test
    void oneOfTwoExecutorsKilledDuringARoundChangesNothing() throws Exception {
        EventLog log = new EventLog(directory);
        List<String> options = both(BOTH_EXECUTORS, log.options());
        try (ElbowProcess process =
                ElbowProcess.start(directory, Map.of(), command(cluster.url(), directory, options, List.of()))) {
            process.awaitError(UNDER_WAY);
            cluster.executors().get(0).destroyForcibly();
            ElbowProcess.Result result = process.await();
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(modelId(directory)).isEqualTo(undisturbed);
            assertThat(log.text()).contains("SparkListenerExecutorRemoved");
            assertThat(log.executorsOf("averaging round")).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void speculativeCopiesOfTasksChangeNothing() throws Exception {
        EventLog log = new EventLog(directory);
        List<String> speculation = List.of(
                "--conf", "spark.speculation=true",
                "--conf", "spark.speculation.interval=20ms",
                "--conf", "spark.speculation.quantile=0.5",
                "--conf", "spark.speculation.multiplier=1.1",
                "--conf", "spark.speculation.minTaskRuntime=50ms");
        List<String> options = both(both(BOTH_EXECUTORS, speculation), log.options());
        try (ElbowProcess process =
                ElbowProcess.start(directory, Map.of(), command(cluster.url(), directory, options, List.of()))) {
            process.awaitError(UNDER_WAY);
            // One executor crawls until the other one has been given a copy of its task.
            ProcessHandle slow = cluster.executors().get(0);
            while (process.isAlive() && !log.text().contains(SPECULATIVE)) {
                crawl(slow);
            }
            ElbowProcess.Result result = process.await();
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(modelId(directory)).isEqualTo(undisturbed);
            assertThat(log.text()).contains(SPECULATIVE);
        }
    }

    @Test
    void nobodyJoinsWhoDoesNotKnowTheSecret() throws Exception {
        assertThat(cluster.strangersLog()).doesNotContain("Successfully registered");
        assertThat(cluster.state()).contains("\"aliveworkers\" : 2").doesNotContain("127.0.0.3");
    }

    @Test
    void killedDriverResumesToTheSameModel() throws Exception {
        try (ElbowProcess process =
                ElbowProcess.start(directory, Map.of(), command(cluster.url(), directory, List.of(), List.of()))) {
            Path checkpoints = directory.resolve("model.checkpoints");
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (!(Files.isDirectory(checkpoints) && hasRound(checkpoints))) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            process.kill();
        }
        assertThat(directory.resolve("model")).doesNotExist();

        // What is refused needs no cluster.
        SharedSpark.session();
        CommandLineRun here = new CommandLineRun(directory);
        assertThat(here.run("train", options(directory, List.of()))).isEqualTo(2);
        assertThat(here.errors()).contains("has checkpoints of one: go on with --resume, or start anew");
        List<String> otherBatches = List.of("--resume", "-D", "training.batch-size=64");
        assertThat(here.run("train", options(directory, otherBatches))).isEqualTo(2);
        assertThat(here.errors()).contains("training.batch-size is 64 and was 32 in the checkpoint");

        train(List.of(), List.of("--resume"));
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        assertThat(directory.resolve("model.checkpoints")).doesNotExist();
    }

    private static boolean hasRound(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("round-"));
        }
    }

    private void train(List<String> spark, List<String> options) throws Exception {
        ElbowProcess.Result result =
                ElbowProcess.run(directory, Map.of(), command(cluster.url(), directory, spark, options));
        assertThat(result.status()).as(result.err()).isZero();
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String[] command(String master, Path directory, List<String> spark, List<String> options) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER, "--master", master, "--executor-memory", "700m"));
        command.addAll(List.of("--properties-file", cluster.settings().toString()));
        command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1"));
        command.addAll(spark);
        command.add("train");
        command.addAll(List.of(options(directory, options)));
        return command.toArray(String[]::new);
    }

    /** Rounds of about half a second, six of them. */
    private static String[] options(Path directory, List<String> more) {
        List<String> options = new ArrayList<>(List.of("--input", ROWS, "--normal-only", "label=0"));
        options.addAll(List.of("--model", directory.resolve("model").toString()));
        options.addAll(List.of("--json", directory.resolve("train.json").toString()));
        for (String setting : List.of(
                "training.replicas=2",
                "training.epochs=30",
                "training.measure-every=15",
                "training.batch-size=32",
                "training.averaging-frequency=125",
                "training.checkpoint-rounds=2",
                "model.encoder-sizes=[512, 256]")) {
            options.addAll(List.of("-D", setting));
        }
        options.addAll(more);
        return options.toArray(String[]::new);
    }

    /** Lets a process run for a tenth of half a second; it answers all the while, only late. */
    private static void crawl(ProcessHandle process) throws Exception {
        signal("STOP", process);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(450));
        signal("CONT", process);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    /** Does nothing to a process that has ended. */
    private static void signal(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String modelId(Path directory) throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("train.json").toFile())
                .get("modelId")
                .textValue();
    }
}
