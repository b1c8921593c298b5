package elbow.job;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.console.Console;
import elbow.job.page.ShellBlocks;
import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that a page prints does what it says, as printed, one after the other as in a clone of the repository.
 */
class PageCommandsIT {
    private static final String ON_YARN = "SPARK_HOME=/opt/spark HADOOP_CONF_DIR=/etc/hadoop/conf jobs/elbow"
            + " --properties-file conf/yarn/spark-defaults.conf ";

    /** Commands that no test can run, with the reason. */
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            entry("jobs/demo", "takes minutes, and the build runs it by itself"),
            entry("mvn verify", "is the build that runs this test"),
            entry("mvn -DskipTests -DskipITs install", "writes into the user's Maven repository, and .ci/run does so"),
            entry("mvn -f src/example/pom.xml compile exec:exec", "needs what that has written, and .ci/run does so"),
            entry(
                    "SPARK_HOME=/opt/spark jobs/elbow --master spark://HOST:7077 --executor-memory 4g train"
                            + " --input hdfs:///rows --model hdfs:///models/rows",
                    "needs a cluster; SparkSubmitIT has one"),
            entry(ON_YARN + "train --input /rows --model /models/rows", "is run by YarnClusterIT"),
            entry(
                    ON_YARN + "--deploy-mode cluster train --input /rows --model /models/rows",
                    "is run by YarnClusterIT, too"),
            entry(
                    "$SPARK_HOME/bin/spark-submit --master k8s://https://API:6443 --deploy-mode cluster"
                            + " --properties-file conf/kubernetes/spark-defaults.conf --class elbow.job.Main"
                            + " local:///opt/elbow/target/elbow-job.jar train --input file:///data/rows"
                            + " --model file:///data/models/rows",
                    "needs a Kubernetes; KubernetesIT submits it to a server in the place of one"),
            entry("mvn -Pspark-4 -DskipTests package", "is another build, which .ci/matrix runs"),
            entry("ELBOW_BUILD=target/spark-4 jobs/elbow inspect --model models/cardio", "needs that build"),
            entry(
                    "$SPARK_HOME/sbin/start-connect-server.sh --jars target/spark-4/elbow-job.jar",
                    "needs that build; src/python/connect starts a server with its jar"),
            entry("src/python/run wheel", "is part of src/python/run test, which follows in mvn verify"),
            entry("pip install target/python/elbow-*.whl", "is part of it, too"),
            entry("pip install jupyterlab target/python/elbow-*.whl", "JupyterLab is the user's"),
            entry("jupyter lab notebooks", "waits for a browser"),
            entry(
                    "ZEPPELIN_HOME=~/zeppelin-0.11.2-bin-netinst jobs/notebooks serve",
                    "needs a Zeppelin; NotebookScriptsTest has one in its place"),
            entry("jobs/notebooks all", "takes minutes; NotesIT and the tests of Python run what is in them"),
            entry("jobs/notebooks zeppelin", "is the first half of it"),
            entry("jobs/notebooks jupyter", "is the second half of it"));

    private static final String ELBOW = "jobs/elbow ";
    private static final String RESUME = " --resume";

    @TempDir
    private static Path clone = Path.of("");

    private static org.apache.hadoop.fs.Path before = new org.apache.hadoop.fs.Path("/");

    @BeforeAll
    static void workInAClone() throws IOException {
        for (String name : List.of("data", "conf")) {
            Files.createSymbolicLink(clone.resolve(name), Path.of(name).toAbsolutePath());
        }
        FileSystem files = local();
        before = files.getWorkingDirectory();
        files.setWorkingDirectory(new org.apache.hadoop.fs.Path(clone.toUri()));
    }

    @AfterAll
    static void comeBack() throws IOException {
        local().setWorkingDirectory(before);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandRunsAsPrinted() throws IOException {
        List<String> commands = commands().stream()
                .filter(command -> !NOT_RUN.containsKey(command))
                .toList();
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    if (!command.startsWith(ELBOW)) {
                        shell(command);
                    } else if (commands.contains(command + RESUME)) {
                        stopped(command);
                    } else {
                        done(command);
                    }
                }));
    }

    @Test
    void whatIsNotRunIsPrintedSomewhere() throws IOException {
        assertThat(commands()).containsAll(NOT_RUN.keySet());
    }

    @Test
    void thePagesHaveTheirTasks() throws IOException {
        assertThat(commands())
                .anyMatch(command -> command.contains(" train "))
                .anyMatch(command -> command.endsWith(RESUME))
                .anyMatch(command -> command.contains(" --stream "))
                .anyMatch(command -> command.contains(" batch "))
                .hasSizeGreaterThan(12);
    }

    private static void done(String command) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(Console.plain(stream(new ByteArrayOutputStream()), stream(err)), words(command));

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** As by Ctrl-C, as soon as rounds begin. */
    private static void stopped(String command) throws Exception {
        Stop stop = new Stop();
        StopsAt err = new StopsAt("Averaging: every", stop);
        int code = Main.run(Console.plain(stream(new ByteArrayOutputStream()), stream(err)), stop, words(command));

        assertThat(code).isEqualTo(130);
        assertThat(err.text()).endsWith("elbow: stopped after round 1, continue with --resume\n");
    }

    private static void shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", command)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }

    /** The words after the program's name, as a shell reads them. */
    private static String[] words(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + command.substring(ELBOW.length()))
                .directory(clone.toFile())
                .start();
        String[] words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0", -1);
        return Arrays.copyOf(words, words.length - 1);
    }

    /** The commands of all pages in their order, each once. */
    private static List<String> commands() throws IOException {
        Map<String, String> commands = new LinkedHashMap<>();
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown")).sorted()) {
            List<Path> all = new ArrayList<>(
                    List.of(Path.of("README.md"), Path.of("data/README.md"), Path.of("notebooks/README.md")));
            all.addAll(pages.toList());
            for (Path page : all) {
                ShellBlocks.commands(Files.readString(page))
                        .forEach(command -> commands.putIfAbsent(command, page.toString()));
            }
        }
        return List.copyOf(commands.keySet());
    }

    private static FileSystem local() throws IOException {
        return FileSystem.get(
                URI.create("file:///"), SharedSpark.session().sparkContext().hadoopConfiguration());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
