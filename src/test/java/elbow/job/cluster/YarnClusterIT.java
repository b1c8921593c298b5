package elbow.job.cluster;

import static elbow.job.process.ElbowProcess.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.fault.Seen;
import elbow.job.CommandLineRun;
import elbow.job.process.ElbowProcess;
import elbow.math.Blas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on Hadoop's own YARN, with the settings that ship for it, by client and by cluster deploy mode. All that
 * machines share there is HDFS, and what goes wrong with that is tried by commands of this process.
 */
@Tag("spark-3")
class YarnClusterIT {
    private static final String ROWS = "/rows/cardio.csv.gz";

    /** There is no such model. */
    private static final List<String> SCORING =
            List.of("--model", "/models/none", "--input", ROWS, "--output", "/scores");

    /** What the application says of its end. */
    private static final String DIAGNOSTICS = "diag message: User application exited with status 4";

    /** Most of what a short run computes is the best code for a long one. */
    private static final String JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** A small machine's share of what the shipped settings ask for. */
    private static final List<String> SMALL = List.of(
            "--num-executors",
            "2",
            "--executor-cores",
            "1",
            "--executor-memory",
            "600m",
            "--driver-memory",
            "700m",
            "--conf",
            "spark.executor.memoryOverhead=500m",
            "--conf",
            "spark.driver.memoryOverhead=400m",
            "--conf",
            "spark.yarn.am.memory=300m",
            "--conf",
            "spark.scheduler.minRegisteredResourcesRatio=1",
            "--conf",
            "spark.executor.extraJavaOptions=" + JVM,
            "--conf",
            "spark.driver.extraJavaOptions=" + JVM,
            "--conf",
            "spark.yarn.am.extraJavaOptions=" + JVM);

    /** Nothing of a test listens beyond loopback. */
    private static final List<String> LOOPBACK = List.of(
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "--conf",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_HOSTNAME=127.0.0.1",
            "--conf",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1");

    @TempDir
    private static Path shared;

    private static PageCommand client;
    private static PageCommand inCluster;
    private static YarnCluster cluster;
    private static Path spark = Path.of("");

    @BeforeAll
    static void startClusterAndShareRowsAndJars() throws Exception {
        client = PageCommand.with("conf/yarn/", "--deploy-mode");
        inCluster = PageCommand.with("conf/yarn/spark-defaults.conf --deploy-mode cluster", "k8s:");
        spark = SparkHomes.distribution();
        cluster = new YarnCluster(Files.createDirectory(shared.resolve("cluster")));
        FileSystem files = cluster.files();
        files.copyFromLocalFile(
                new org.apache.hadoop.fs.Path(
                        HOME.resolve("data/anomaly/cardio.csv.gz").toUri()),
                new org.apache.hadoop.fs.Path(ROWS));
        files.mkdirs(new org.apache.hadoop.fs.Path("/spark"));
        files.copyFromLocalFile(
                new org.apache.hadoop.fs.Path(spark.resolve("jars").toUri()),
                new org.apache.hadoop.fs.Path("/spark/jars"));
    }

    @AfterAll
    static void stopCluster() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void modelIsThatOfOneProcessWhereverTheDriverRuns() throws Exception {
        try (ElbowProcess byClient = start(client, "train", trainingTo("/models/client", ""));
                ElbowProcess byCluster = start(inCluster, "train", trainingTo("/models/cluster", ""));
                ElbowProcess fails = start(inCluster, "score", SCORING)) {
            trainHere(trainingTo("/models/here", cluster.files().getUri().toString()));
            succeeded(byClient.await());
            succeeded(byCluster.await());
            ElbowProcess.Result failed = fails.await();
            assertThat(failed.status()).as(failed.toString()).isEqualTo(1);
        }
        assertThat(modelId("/models/client"))
                .isEqualTo(modelId("/models/cluster"))
                .isEqualTo(modelId("/models/here"));
        List<YarnCluster.Container> containers = cluster.containers();
        requireNothingOfTheLaunchersMachine(containers);
        requireNativesOnExecutors(containers);
        requireDriversInContainers(containers);
    }

    /** What containers are started with is in HDFS, but for the JDK; Spark only tells where the job jar came from. */
    private static void requireNothingOfTheLaunchersMachine(List<YarnCluster.Container> containers) {
        assertThat(containers)
                .allSatisfy(container -> assertThat(container.script().replaceFirst(" --jar file:\\S+", ""))
                        .doesNotContain(HOME.toString(), spark.toString())
                        .contains("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    }

    private static void requireNativesOnExecutors(List<YarnCluster.Container> containers) {
        String failed = containers.stream()
                .filter(container -> container.err().contains(DIAGNOSTICS))
                .map(YarnCluster.Container::application)
                .findFirst()
                .orElseThrow();
        List<YarnCluster.Container> executors = containers.stream()
                .filter(container ->
                        container.isExecutor() && !container.application().equals(failed))
                .toList();
        // Of two trainings.
        assertThat(executors).hasSize(4);
        assertThat(executors.stream().map(YarnCluster.Container::application).distinct())
                .hasSize(2);
        assertThat(executors)
                .allSatisfy(executor -> assertThat(executor.err()).contains("matrix products: " + Blas.description()));
    }

    /** By cluster deploy mode what commands print is in the log of a container. */
    private static void requireDriversInContainers(List<YarnCluster.Container> containers) {
        List<YarnCluster.Container> drivers = containers.stream()
                .filter(container -> container.script().contains("'elbow.job.Main'"))
                .toList();
        assertThat(drivers).hasSize(2);
        assertThat(drivers)
                .extracting(YarnCluster.Container::out)
                .anySatisfy(out -> assertThat(out).contains("elboAfter", "modelId"));
        assertThat(drivers)
                .extracting(YarnCluster.Container::err)
                .anySatisfy(err -> assertThat(err)
                        .contains("elbow: --model must be a directory that Elbow has written", DIAGNOSTICS));
    }

    private static void succeeded(ElbowProcess.Result result) {
        assertThat(result.status()).as(result.out() + result.err()).isZero();
    }

    /** As on the page, paths have no scheme; elsewhere than on the cluster they need one. */
    private static List<String> trainingTo(String model, String scheme) {
        List<String> words =
                new ArrayList<>(List.of("--input", scheme + "/rows", "--ignore", "label", "--model", scheme + model));
        for (String setting : List.of("training.epochs=3", "training.replicas=2", "training.averaging-frequency=20")) {
            words.addAll(List.of("-D", setting));
        }
        return words;
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a quota is used up when scores are written over others",
            where = "HDFS",
            promised = "a disk is full (8); the scores that were there stay")
    void aQuotaThatIsUsedUpKeepsTheScoresThatWereThere(Seen seen) throws Exception {
        HdfsScores scores = scored("/quota");
        scores.files().setQuota(scores.directory(), HdfsConstants.QUOTA_DONT_SET, 100_000);
        assertThat(scores.score("--overwrite")).as(scores.errors()).isEqualTo(8);
        assertThat(scores.errors()).contains("a disk is full: The DiskSpace quota of /quota is exceeded");
        scores.requireUnchanged();

        long names = scores.files().getContentSummary(scores.directory()).getFileAndDirectoryCount();
        scores.files().setQuota(scores.directory(), names, HdfsConstants.QUOTA_RESET);
        assertThat(scores.score("--overwrite")).as(scores.errors()).isEqualTo(8);
        assertThat(scores.errors())
                .contains("a disk is full: The NameSpace quota (directories and files) of directory");
        scores.requireUnchanged();

        scores.files().setQuota(scores.directory(), HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
        assertThat(scores.score("--overwrite")).as(scores.errors()).isZero();
        seen.note(
                "the former scores (8), for a quota of bytes and one of names; with room, the same command replaces them");
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "the file system is in safe mode",
            where = "HDFS",
            promised = "it takes no changes now (8); the scores that were there stay")
    void safeModeKeepsTheScoresThatWereThere(Seen seen) throws Exception {
        HdfsScores scores = scored("/safe");
        scores.files().setSafeMode(HdfsConstants.SafeModeAction.SAFEMODE_ENTER);
        try {
            assertThat(scores.score("--overwrite")).as(scores.errors()).isEqualTo(8);
            assertThat(scores.errors()).contains("the file system takes no changes now: ", "in safe mode");
            scores.requireUnchanged();
        } finally {
            scores.files().setSafeMode(HdfsConstants.SafeModeAction.SAFEMODE_LEAVE);
        }
        assertThat(scores.score("--overwrite")).as(scores.errors()).isZero();
        seen.note("the former scores (8); once it has left safe mode, the same command replaces them");
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "the user may not write the output, read the rows, or read the model",
            where = "HDFS",
            promised = "said of writing before the work (2), of reading with the path (3); nothing is changed")
    void whoMayNotReadOrWriteIsToldSo(Seen seen) throws Exception {
        HdfsScores scores = scored("/denied");
        scores.asAnotherUser(() -> {
            assertThat(scores.score("--overwrite")).as(scores.errors()).isEqualTo(2);
            assertThat(scores.errors())
                    .contains(
                            "--output must name",
                            "nothing can be written to",
                            "/denied: Permission denied: user=guest, access=WRITE");
        });
        for (String kept : List.of("rows.csv", "model/network.zip")) {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(scores.directory(), kept);
            scores.files().setPermission(scores.directory(), new FsPermission("777"));
            scores.files().setPermission(path, new FsPermission("600"));
            scores.asAnotherUser(() -> {
                assertThat(scores.score("--overwrite")).as(scores.errors()).isEqualTo(3);
                assertThat(scores.errors()).contains("must be readable by this user, but is not", kept, "user=guest");
            });
            scores.files().setPermission(path, new FsPermission("644"));
        }
        scores.requireUnchanged();
        seen.note("the former scores; each path named, with the user (2, 3)");
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "the file system answers nobody for seconds",
            where = "HDFS, its processes frozen (SIGSTOP)",
            promised = "waited for; the scores of an undisturbed run")
    void aFrozenFileSystemIsWaitedFor(Seen seen) throws Exception {
        HdfsScores scores = scored("/frozen");
        CompletableFuture<Integer> running = new CompletableFuture<>();
        cluster.whileFrozen(() -> {
            running.completeAsync(() -> scores.score("--overwrite"));
            assertThatThrownBy(() -> running.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        });
        assertThat(running.get(1, TimeUnit.MINUTES)).as(scores.errors()).isZero();
        scores.requireSameScores();
        seen.note("the same scores, after 2 s without an answer");
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "two scores at once to one place",
            where = "HDFS",
            promised = "one is there, whole; the other is refused (2), and leaves nothing")
    void ofTwoScoresAtOnceOneIsThereWhole(Seen seen) throws Exception {
        HdfsScores scores = scored("/both");
        scores.files().delete(scores.output(), true);
        List<HdfsScores> both = List.of(scores, new HdfsScores(shared, scores));
        List<CompletableFuture<Integer>> running = both.stream()
                .map(one -> CompletableFuture.supplyAsync(one::score))
                .toList();
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<Integer> one : running) {
            statuses.add(one.get(1, TimeUnit.MINUTES));
        }
        assertThat(statuses).as(both.get(0).errors() + both.get(1).errors()).containsExactlyInAnyOrder(0, 2);
        assertThat(both.get(statuses.indexOf(2)).errors())
                .contains("--output must name a directory that does not exist yet");
        scores.requireSameScores();
        seen.note("one, whole; the other refused (2)");
    }

    private static HdfsScores scored(String place) throws IOException {
        return new HdfsScores(shared, (DistributedFileSystem) cluster.files(), place);
    }

    /** The page's command, as small as a test is, with another command of Elbow behind it. */
    private static ElbowProcess start(PageCommand page, String command, List<String> words) throws IOException {
        Map<String, String> environment = new HashMap<>(page.environment());
        assertThat(environment.replace("SPARK_HOME", spark.toString())).isNotNull();
        assertThat(environment.replace("HADOOP_CONF_DIR", cluster.conf().toString()))
                .isNotNull();
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("SPARK_LOCAL_HOSTNAME", "127.0.0.1");
        List<String> all = new ArrayList<>(page.submit());
        all.addAll(SMALL);
        all.addAll(LOOPBACK);
        all.add(command);
        all.addAll(words);
        return ElbowProcess.start(Files.createTempDirectory(shared, command), environment, all.toArray(String[]::new));
    }

    /** The same training in this process, on two cores. */
    private static void trainHere(List<String> words) {
        SharedSpark.session();
        CommandLineRun here = new CommandLineRun(shared);
        assertThat(here.run("train", words.toArray(String[]::new)))
                .as(here.errors())
                .isZero();
    }

    private static String modelId(String model) throws IOException {
        try (InputStream in = cluster.files().open(new org.apache.hadoop.fs.Path(model + "/manifest.json"))) {
            return new ObjectMapper().readTree(in).get("modelId").textValue();
        }
    }
}
