package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that run notebooks, among programs that stand for Python, Maven and a network of one's own. */
class NotebookScriptsTest {
    private static final String USUAL = ":/usr/bin:/bin";

    @TempDir
    private Path directory = Path.of("");

    private Path home = Path.of("");
    private Path programs = Path.of("");

    @BeforeEach
    void copyScripts() throws IOException {
        directory = directory.toRealPath();
        home = directory.resolve("clone");
        programs = Files.createDirectories(directory.resolve("programs"));
        for (String file : List.of(
                "jobs/notebooks",
                "src/python/run",
                "src/python/requirements.txt",
                "src/python/notebooks.txt",
                "src/zeppelin/bin/interpreter.sh",
                "src/zeppelin/interpreter-setting.json")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(Path.of(file), home.resolve(file));
        }
        program(home.resolve("target/spark/bin/spark-submit"), "exit 0");
        Files.createFile(home.resolve("target/elbow-job.jar"));
    }

    @Test
    void jupyterWithoutPythonFails() throws IOException, InterruptedException {
        program(programs.resolve("dirname"), "exec /usr/bin/dirname \"$@\"");

        Ended ended = run("", "src/python/run", "notebooks", "a.ipynb");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("Python: there is no python3");
    }

    @Test
    void ofANotebookThatFailsTheEndOfTheLogIsSaid() throws IOException, InterruptedException {
        program(programs.resolve("python3"), "exit 0");
        Path environment = home.resolve("target/python/venv");
        program(environment.resolve("bin/python"), "echo the cause >&2\nexit 1");
        for (String file : List.of("requirements.txt", "notebooks.txt")) {
            Files.copy(home.resolve("src/python").resolve(file), environment.resolve(file));
        }

        Ended ended = run(USUAL, "src/python/run", "notebooks", "a.ipynb");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("the end of").contains("the cause");
    }

    @Test
    void zeppelinIsToldWhoTheUserIsOutsideOfItsNamespaces() throws IOException, InterruptedException {
        program(programs.resolve("mvn"), "exit 0");
        program(programs.resolve("unshare"), "printf '%s\\n' \"$@\"");

        Ended ended = run(USUAL, "jobs/notebooks", "zeppelin", "--store");

        assertThat(ended.said())
                .contains("-Delbow.revealing=" + home + "\n/home/someone/\nuser " + System.getProperty("user.name")
                        + "\n"
                        + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip() + "\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void allOfThemAreBothOfThemAndFailIfOneDoes() throws IOException, InterruptedException {
        program(programs.resolve("mvn"), "exit 0");
        program(programs.resolve("unshare"), "echo zeppelin; exit 3");
        program(programs.resolve("python3"), "echo jupyter; exit 4");

        Ended ended = run(USUAL, "jobs/notebooks", "all", "--store");

        assertThat(ended.code()).isNotZero();
        assertThat(ended.said())
                .contains("this kernel must let a user make a network of its own")
                .contains("jupyter");
        assertThat(run(USUAL, "jobs/notebooks", "all", "a.zpln").said())
                .isEqualTo("notebooks: options of all must be --store, but are 'a.zpln'\n");
    }

    @Test
    void servingNeedsAZeppelin() throws IOException, InterruptedException {
        Ended ended = run(USUAL, "jobs/notebooks", "serve");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .isEqualTo("notebooks: ZEPPELIN_HOME must be the directory of a Zeppelin that was unpacked, with its"
                        + " bin/zeppelin.sh, but is ''\n");
    }

    @Test
    void aZeppelinIsStartedOnLoopbackWithTheJarAndACopyOfTheNotes() throws IOException, InterruptedException {
        Path zeppelin = directory.resolve("zeppelin");
        program(
                zeppelin.resolve("bin/zeppelin.sh"),
                "pwd\nprintf '%s\\n' \"$ZEPPELIN_ADDR\" \"$ZEPPELIN_NOTEBOOK_DIR\" \"$SPARK_HOME\" \"$SPARK_SUBMIT_OPTIONS\""
                        + " \"$ZEPPELIN_INTP_CLASSPATH_OVERRIDES\"");
        program(
                programs.resolve("mvn"),
                "case \"$*\" in *' dependency:copy@shell') mkdir -p target/zeppelin/shell &&"
                        + " touch target/zeppelin/shell/repl.jar ;; *) exit 1 ;; esac");
        Files.createDirectories(home.resolve("notebooks"));
        Files.copy(Path.of("notebooks/1-train.zpln"), home.resolve("notebooks/1-train.zpln"));
        Path notes = home.resolve("target/zeppelin-notes");

        Ended ended = run(Map.of("ZEPPELIN_HOME", zeppelin.toString()), USUAL, "jobs/notebooks", "serve");

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .isEqualTo(home + "\n127.0.0.1\n" + notes + "\n" + home + "/target/spark\n--driver-memory 2g \n" + home
                        + "/target/elbow-job.jar:" + home + "/target/zeppelin/shell/repl.jar\n");
        Path copy = notes.resolve("1-train_2ELBOW001.zpln");
        assertThat(copy).hasSameTextualContentAs(Path.of("notebooks/1-train.zpln"));

        // Another Spark has a shell of its own.
        assertThat(run(
                                Map.of("ZEPPELIN_HOME", zeppelin.toString(), "SPARK_HOME", "/opt/spark"),
                                USUAL,
                                "jobs/notebooks",
                                "serve")
                        .said())
                .endsWith("\n/opt/spark\n--driver-memory 2g \n" + home + "/target/elbow-job.jar\n");

        Files.writeString(copy, "changed in Zeppelin");
        assertThat(run(Map.of("ZEPPELIN_HOME", zeppelin.toString()), USUAL, "jobs/notebooks", "serve")
                        .code())
                .isZero();
        assertThat(copy).hasContent("changed in Zeppelin");
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Ended(int code, String said) {}

    private Ended run(String otherPrograms, String script, String... arguments)
            throws IOException, InterruptedException {
        return run(Map.of(), otherPrograms, script, arguments);
    }

    private Ended run(Map<String, String> environment, String otherPrograms, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", home.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", programs + otherPrograms, "HOME", "/home/someone"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
