package elbow.job.process;

import static elbow.job.process.ClusterTraining.ALL_EXECUTORS;
import static elbow.job.process.ClusterTraining.UNDER_WAY;
import static elbow.job.process.ClusterTraining.command;
import static elbow.job.process.ClusterTraining.modelId;
import static elbow.job.process.ClusterTraining.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.fault.Seen;
import elbow.job.CommandLineRun;
import elbow.job.process.StandaloneCluster.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A training on two hosts, between which the network is cut in the middle of a round. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartitionedNetworkClusterIT {
    private static final int CUT_SECONDS = 4;

    /** What a cluster waits for minutes for, by default. */
    private static final List<String> WAITING = List.of(
            "spark.network.timeout 15s",
            "spark.network.timeoutInterval 1s",
            "spark.executor.heartbeatInterval 1s",
            "spark.worker.timeout 15",
            "spark.shuffle.io.maxRetries 1",
            "spark.shuffle.io.retryWait 1s");

    @TempDir
    private static Path shared = Path.of("");

    private static String undisturbed = "";
    private static Optional<LinkedNamespace> link = Optional.empty();
    private static Optional<StandaloneCluster> cluster = Optional.empty();

    @TempDir
    private Path directory;

    @BeforeAll
    static void startHosts() throws Exception {
        link = LinkedNamespace.open();
        assumeThat(link)
                .as("network namespaces, which only root may make on Linux with iproute2")
                .isPresent();
        LinkedNamespace there = link.get();
        Host here = new Host(there.address(), List.of());
        cluster = Optional.of(new StandaloneCluster(
                Files.createDirectories(shared.resolve("cluster")),
                here,
                List.of(here, new Host(there.addressWithin(), there.command())),
                WAITING));

        SharedSpark.session();
        CommandLineRun local = new CommandLineRun(shared);
        assertThat(local.run("train", options(shared, List.of())))
                .as(local.errors())
                .isZero();
        undisturbed = modelId(shared);
    }

    @AfterAll
    static void removeHosts() {
        cluster.ifPresent(StandaloneCluster::close);
        link.ifPresent(LinkedNamespace::close);
    }

    @Test
    @Order(1)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the network between two hosts is cut in a round, and mended before Spark gives up",
            where = "standalone cluster, network namespaces",
            promised = "the model of an undisturbed run, to the bit")
    void aNetworkThatIsCutForSecondsChangesNothing(Seen seen) throws Exception {
        long seconds = train(List.of(), () -> {
            link.orElseThrow().cut();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(CUT_SECONDS));
            link.orElseThrow().mend();
        });
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        seen.note("the same model to the bit, %d s after a cut of %d s", seconds, CUT_SECONDS);
    }

    @Test
    @Order(2)
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the network between two hosts is cut in a round, for good",
            where = "standalone cluster, network namespaces",
            promised =
                    "the other host is given up after Spark's `spark.network.timeout`; the model of an undisturbed run, to the bit")
    void aNetworkThatIsCutForGoodChangesNothing(Seen seen) throws Exception {
        EventLog log = new EventLog(directory);
        long seconds = train(log.options(), () -> link.orElseThrow().cut());
        assertThat(modelId(directory)).isEqualTo(undisturbed);
        assertThat(log.text()).contains("SparkListenerExecutorRemoved");
        seen.note("the same model to the bit, %d s after; the timeout was 15 s", seconds);
    }

    private interface Disturbance {
        void happen() throws Exception;
    }

    /** Trains on both hosts; seconds from the disturbance to the end. */
    private long train(List<String> more, Disturbance disturbance) throws Exception {
        List<String> options = new ArrayList<>(ALL_EXECUTORS);
        String here = link.orElseThrow().address();
        for (String setting : List.of("spark.driver.host=" + here, "spark.driver.bindAddress=" + here)) {
            options.addAll(List.of("--conf", setting));
        }
        options.addAll(more);
        StandaloneCluster hosts = cluster.orElseThrow();
        String[] command = command(hosts.settings(), hosts.url(), directory, options, List.of());
        try (ElbowProcess process = ElbowProcess.start(directory, Map.of("SPARK_LOCAL_IP", here), command)) {
            process.awaitError(UNDER_WAY);
            long start = System.nanoTime();
            disturbance.happen();
            ElbowProcess.Result result = process.await();
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(directory.resolve("model.checkpoints")).doesNotExist();
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        }
    }
}
