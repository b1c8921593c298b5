package elbow.job.process;

import static elbow.job.process.ClusterTraining.ALL_EXECUTORS;
import static elbow.job.process.ClusterTraining.UNDER_WAY;
import static elbow.job.process.ClusterTraining.command;
import static elbow.job.process.ClusterTraining.modelId;
import static elbow.job.process.ClusterTraining.options;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.fault.Seen;
import elbow.job.CommandLineRun;
import elbow.signature.Keystores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One training run on a real standalone cluster, disturbed in every way: the model is the same to the bit, so its id is
 * that of the run that nobody disturbed. The cluster takes nobody without its secret, and encrypts what goes over the
 * network.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AveragingClusterIT {
    // Behind all that have no order.
    private static final int LATE = Order.DEFAULT + 1;
    private static final String SPECULATIVE = "\"Speculative\":true";

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
        ElbowProcess.Result result = ElbowProcess.run(
                shared, Map.of(), command(cluster.settings(), "local[2]", shared, List.of(), List.of()));
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
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "one executor instead of two",
            where = "standalone cluster",
            promised = "the model of an undisturbed run, to the bit")
    void oneExecutorMakesTheSameModelAsOneProcess(Seen seen) throws Exception {
        EventLog log = new EventLog(directory);
        train(both(List.of("--conf", "spark.cores.max=1"), log.options()), List.of());
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        assertThat(log.executorsOf("averaging round")).hasSize(1);
        seen.note("the same model to the bit, all rounds on one executor");

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
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "an executor is killed in a round",
            where = "standalone cluster",
            promised = "the model of an undisturbed run, to the bit")
    void oneOfTwoExecutorsKilledDuringARoundChangesNothing(Seen seen) throws Exception {
        EventLog log = new EventLog(directory);
        List<String> options = both(ALL_EXECUTORS, log.options());
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, options, List.of()))) {
            process.awaitError(UNDER_WAY);
            cluster.executors().get(0).destroyForcibly();
            ElbowProcess.Result result = process.await();
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(modelId(directory)).isEqualTo(undisturbed);
            assertThat(log.text()).contains("SparkListenerExecutorRemoved");
            assertThat(log.executorsOf("averaging round")).hasSizeGreaterThanOrEqualTo(2);
            seen.note("the same model to the bit, an executor removed");
        }
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "an executor crawls, and Spark makes copies of its tasks",
            where = "standalone cluster",
            promised = "the model of an undisturbed run, to the bit")
    void speculativeCopiesOfTasksChangeNothing(Seen seen) throws Exception {
        EventLog log = new EventLog(directory);
        List<String> speculation = List.of(
                "--conf", "spark.speculation=true",
                "--conf", "spark.speculation.interval=20ms",
                "--conf", "spark.speculation.quantile=0.5",
                "--conf", "spark.speculation.multiplier=1.1",
                "--conf", "spark.speculation.minTaskRuntime=50ms");
        List<String> options = both(both(ALL_EXECUTORS, speculation), log.options());
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, options, List.of()))) {
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
            seen.note("the same model to the bit, copies of tasks run");
        }
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a worker without the cluster's secret",
            where = "standalone cluster",
            promised = "turned away")
    void nobodyJoinsWhoDoesNotKnowTheSecret() throws Exception {
        assertThat(cluster.strangersLog()).doesNotContain("Successfully registered");
        assertThat(cluster.state()).contains("\"aliveworkers\" : 2").doesNotContain("127.0.0.3");
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the driver is killed",
            where = "standalone cluster",
            promised =
                    "no model at its place; `--resume` makes the same model, to the bit, and refuses other settings (2)")
    void killedDriverResumesToTheSameModel(Seen seen) throws Exception {
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, List.of(), List.of()))) {
            awaitCheckpoint();
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
        seen.note("no model; then the same model to the bit, and no checkpoints left");
    }

    private void awaitCheckpoint() throws IOException {
        Path checkpoints = directory.resolve("model.checkpoints");
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!(Files.isDirectory(checkpoints) && hasRound(checkpoints))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean hasRound(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("round-"));
        }
    }

    private void train(List<String> spark, List<String> options) throws Exception {
        ElbowProcess.Result result = ElbowProcess.run(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, spark, options));
        assertThat(result.status()).as(result.err()).isZero();
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    // The cluster is taken apart from here on: last, in this order.
    @Test
    @Order(LATE)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "an executor is frozen (SIGSTOP) and never goes on",
            where = "standalone cluster",
            promised = "given up after Spark's `spark.network.timeout`; the model of an undisturbed run, to the bit")
    void anExecutorThatIsFrozenForGoodIsGivenUp(Seen seen) throws Exception {
        EventLog log = new EventLog(directory);
        List<String> soon = List.of(
                "--conf", "spark.network.timeout=8s",
                "--conf", "spark.network.timeoutInterval=1s",
                "--conf", "spark.executor.heartbeatInterval=1s");
        List<String> options = both(both(ALL_EXECUTORS, soon), log.options());
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, options, List.of()))) {
            process.awaitError(UNDER_WAY);
            ProcessHandle frozen = cluster.executors().get(0);
            signal("STOP", frozen);
            long start = System.nanoTime();
            ElbowProcess.Result result = process.await();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            frozen.destroyForcibly();

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(modelId(directory)).isEqualTo(undisturbed);
            assertThat(log.text()).contains("Executor heartbeat timed out");
            seen.note("the same model to the bit, %d s after; the timeout was 8 s", seconds);
        }
    }

    @Test
    @Order(LATE + 1)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "a worker and its executor are killed in a round",
            where = "standalone cluster",
            promised = "the model of an undisturbed run, to the bit")
    void aWorkerKilledDuringARoundChangesNothing(Seen seen) throws Exception {
        trainAndMeanwhile(ALL_EXECUTORS, () -> cluster.killWorker(1));
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        seen.note("the same model to the bit, from the other worker");
    }

    @Test
    @Order(LATE + 2)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the only executor is lost, and no other one comes",
            where = "standalone cluster",
            promised = "said; with `spark.elbow.no-executor-timeout` ended after that (8): no model at its place, and"
                    + " checkpoints to go on from")
    void aRunThatIsLeftWithoutAnExecutorSaysSoAndEndsWhenItIsTo(Seen seen) throws Exception {
        List<String> soon = List.of("--conf", "spark.elbow.no-executor-timeout=4s");
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, soon, List.of()))) {
            awaitCheckpoint();
            cluster.killWorker(0);
            ElbowProcess.Result result = process.await();

            assertThat(result.status()).as(result.err()).isEqualTo(8);
            assertThat(result.err())
                    .contains(
                            "Warning: the run has waited 2 s for the cluster, which has no executor for it",
                            "it waits 4 s at the most, as spark.elbow.no-executor-timeout says",
                            "elbow: the cluster could not do the work: it has given no executor for 4 s");
        }
        assertThat(directory.resolve("model")).doesNotExist();
        assertThat(hasRound(directory.resolve("model.checkpoints"))).isTrue();
        seen.note("said, and ended (8); no model, the checkpoints stay; the timeout was 4 s");
        cluster.restartWorker(0);
    }

    @Test
    @Order(LATE + 3)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the master is killed in a round",
            where = "standalone cluster",
            promised = "what runs goes on without it: the model of an undisturbed run, to the bit")
    void aMasterKilledDuringARoundChangesNothing(Seen seen) throws Exception {
        trainAndMeanwhile(List.of(), cluster::killMaster);
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        seen.note("the same model to the bit");
    }

    private void trainAndMeanwhile(List<String> spark, Runnable disturbance) throws Exception {
        try (ElbowProcess process = ElbowProcess.start(
                directory, Map.of(), command(cluster.settings(), cluster.url(), directory, spark, List.of()))) {
            process.awaitError(UNDER_WAY);
            disturbance.run();
            ElbowProcess.Result result = process.await();
            assertThat(result.status()).as(result.err()).isZero();
        }
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
}
