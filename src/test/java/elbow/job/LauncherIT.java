package elbow.job;

import static elbow.job.process.ElbowProcess.HOME;
import static elbow.job.process.ElbowProcess.LAUNCHER;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.job.process.ElbowProcess;
import elbow.job.process.ElbowProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as users start it, a process of its own, on the job jar and the embedded Spark of this build. */
class LauncherIT {
    // The tools that the launcher needs besides Java and Maven.
    private static final Set<String> TOOLS =
            Set.of("bash", "env", "dirname", "readlink", "sed", "head", "tput", "mkdir", "id", "date", "grep");

    @TempDir
    private Path directory;

    @Test
    void helpNeedsNoSpark() throws Exception {
        Result result = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Commands", "train", "score", "evaluate", "inspect", "Exit codes:");
        assertThat(result.err()).isEmpty();
        assertThat(logs()).isEmpty();
    }

    @Test
    void helpOfACommandNeedsNoSpark() throws Exception {
        Result result = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "--master", "local[1]", "train", "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("--input URI...", "--model URI");
    }

    @Test
    void helpAndSettingsAreCommandsThatNeedNoSpark() throws Exception {
        Result help = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "help", "train");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: " + LAUNCHER + " [spark-submit options] train");

        Result settings = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "settings");
        assertThat(settings.status()).isZero();
        assertThat(settings.out()).isEqualTo(Files.readString(HOME.resolve("src/main/resources/elbow/reference.conf")));

        Result version = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "--version");
        assertThat(version.out()).matches("elbow \\d.*\n");
        assertThat(logs()).isEmpty();
    }

    @Test
    void launcherWorksThroughASymbolicLinkInADirectoryWithASpace() throws Exception {
        Path link = Files.createDirectories(directory.resolve("my tools")).resolve("elbow");
        Files.createSymbolicLink(link, Path.of(LAUNCHER));

        Result result = run(Map.of(), link.toString(), "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Usage: " + link);
        Files.delete(link);
    }

    @Test
    void exitCodeAndMessagePassThroughSparkSubmit() throws Exception {
        Result result = run(Map.of(), LAUNCHER, "--conf", "spark.ui.enabled=false", "trai");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("elbow: unknown command 'trai'; the nearest known is 'train'\nTry '" + LAUNCHER
                        + " --help'.\n");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void unknownKeyNamesTheNearestOneAndTheLogFile() throws Exception {
        Files.writeString(directory.resolve("run.conf"), "training.epoch = 3\n");

        Result result = run(Map.of(), LAUNCHER, "train", "--input", "a.csv", "--model", "m", "--config", "run.conf");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("elbow: unknown configuration key 'training.epoch' (run.conf:1); the nearest known key is"
                        + " 'training.epochs'\nThe full log is in " + logs().get(0) + "\n");
        assertThat(logs()).hasSize(1);
        assertThat(logs().get(0)).content().contains("ElbowException", "at elbow.base.Configuration");
        String run = logs().get(0).getFileName().toString().replace(".log", "");
        assertThat(Files.readAllLines(logs().get(0)))
                .filteredOn(line -> line.matches("\\d{4}-.*"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" " + run + " "));
    }

    @Test
    void optionBeforeTheCommandMustBeSparks() throws Exception {
        Result result = run(Map.of(), LAUNCHER, "--input", "a.csv", "train");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("elbow: options before the command must be those of spark-submit, but one is '--input';"
                        + " try '" + LAUNCHER + " --help'\n");
    }

    @Test
    void quietIsAnOptionOfEveryCommandWhereverItStands() throws Exception {
        Result before = run(Map.of(), LAUNCHER, "--quiet", "--master", "local[1]", "settings");
        Result after = run(Map.of(), LAUNCHER, "settings", "--quiet");

        assertThat(before.status()).isZero();
        assertThat(before.out()).isNotEmpty().isEqualTo(after.out());
        assertThat(run(Map.of(), LAUNCHER, "--quiet", "trai").err()).startsWith("elbow: unknown command 'trai'");
    }

    @Test
    void sparkHomeWithoutSparkIsBadUsage() throws Exception {
        Result result = run(Map.of("SPARK_HOME", "/no/spark"), LAUNCHER, "inspect", "--model", "m");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("elbow: SPARK_HOME must be a Spark home, but there is no /no/spark/bin/spark-submit\n");
    }

    @Test
    void sparkHomeIsUsedWhenSet() throws Exception {
        Path submit =
                Files.createDirectories(directory.resolve("other spark/bin")).resolve("spark-submit");
        Files.writeString(
                submit, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\nprintf '%s\\n' \"$SPARK_SUBMIT_OPTS\"\nexit 5\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();

        Result result = run(
                Map.of("SPARK_HOME", directory.resolve("other spark").toString()),
                LAUNCHER,
                "--master",
                "local[4]",
                "--conf",
                "spark.x=a b",
                "inspect",
                "--model",
                "my model");

        assertThat(result.status()).isEqualTo(5);
        assertThat(result.out().lines())
                .startsWith(
                        "--master",
                        "local[4]",
                        "--conf",
                        "spark.x=a b",
                        "--class",
                        "elbow.job.Main",
                        HOME.resolve("target/elbow-job.jar").toString(),
                        "inspect",
                        "--model",
                        "my model");
        assertThat(result.out()).contains("\"-Delbow.log=" + directory.resolve("logs") + "/inspect-");
        assertThat(result.out()).contains("\"-Delbow.run=inspect-");
    }

    @Test
    void withAnotherSparkTheJobJarIsAllThatTheLauncherNeedsOfABuild() throws Exception {
        // What conf/kubernetes/Dockerfile copies, at the places that it copies it to.
        Path image = directory.resolve("opt/elbow");
        for (String copied : List.of("jobs/elbow", "target/spark/conf/log4j2-job.properties")) {
            Files.createDirectories(image.resolve(copied).getParent());
            Files.copy(HOME.resolve(copied), image.resolve(copied));
        }
        Files.writeString(image.resolve("target/elbow-job.jar"), "");
        Path submit = Files.createDirectories(directory.resolve("spark/bin")).resolve("spark-submit");
        Files.writeString(submit, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\nexit 5\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();

        Result result = run(
                Map.of("SPARK_HOME", directory.resolve("spark").toString()),
                image.resolve("jobs/elbow").toString(),
                "batch",
                "--config",
                "/etc/elbow/batch.conf");

        assertThat(result.status()).as(result.err()).isEqualTo(5);
        assertThat(result.out().lines())
                .containsExactly(
                        "--class",
                        "elbow.job.Main",
                        image.toRealPath().resolve("target/elbow-job.jar").toString(),
                        "batch",
                        "--config",
                        "/etc/elbow/batch.conf");
    }

    @Test
    void theArchiveOfClassesFits() throws Exception {
        // A JVM that must have its archive ends at once if it has none, or one that does not fit.
        Result result = run(Map.of("SPARK_SUBMIT_OPTS", "-Xshare:on"), LAUNCHER, "trai");

        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).startsWith("elbow: unknown command 'trai'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--master local",
                "--master local[3]",
                "--master=local[*] --name a",
                "--conf spark.ui.enabled=true -c spark.local.dir=/x --conf=spark.sql.ansi.enabled=true"
            })
    void aLocalCommandIsStartedAtOnce(String options) throws Exception {
        Result result = withJavaThatSaysWhatItIsGiven(Map.of("SPARK_SUBMIT_OPTS", "-Da=* -Db"), options);

        assertThat(result.status()).isEqualTo(9);
        String spark = HOME.resolve("target/spark").toString();
        assertThat(result.err().lines().toList())
                .startsWith(
                        "@" + spark + "/conf/java-options",
                        "-Xmx2g",
                        "-XX:SharedArchiveFile=" + spark + "/elbow.jsa",
                        "-Da=*",
                        "-Db")
                .contains("org.apache.spark.deploy.SparkSubmit")
                .endsWith("--class", "elbow.job.Main", "spark-internal", "inspect", "--model", "m")
                .containsAll(options.isEmpty() ? List.of() : List.of(options.split(" ", -1)));
        assertThat(result.err()).contains(":" + HOME.resolve("target/elbow-job.jar") + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--master yarn",
                "--master spark://127.0.0.1:1",
                "--master local-cluster[1,1,1024]",
                "--driver-memory 1g",
                "--conf spark.driver.memory=1g",
                "-c spark.driver.extraJavaOptions=-Dx",
                "--conf=spark.jars.packages=a:b:1",
                "--conf spark.master=local[2]",
                "--jars x.jar",
                "--verbose"
            })
    void whatAsksForMoreIsStartedBySparksOwnScripts(String options) throws Exception {
        Result result = withJavaThatSaysWhatItIsGiven(Map.of(), options);

        assertThat(result.status()).isEqualTo(9);
        assertThat(result.err()).contains("org.apache.spark.launcher.Main", "\n" + options.split(" ", -1)[0] + "\n");
    }

    @ParameterizedTest
    @CsvSource({"HADOOP_CONF_DIR,/x", "SPARK_CONF_DIR,/x", "MASTER,yarn", "SPARK_SUBMIT_OPTS,\"'-Dx=a b'\""})
    void anEnvironmentForSparkIsForItsOwnScripts(String variable, String value) throws Exception {
        Result result = withJavaThatSaysWhatItIsGiven(Map.of(variable, value), "");

        assertThat(result.status()).isEqualTo(9);
        assertThat(result.err()).contains("org.apache.spark.launcher.Main");
    }

    @Test
    void theArchiveIsThatOfTheEmbeddedSparkWhateverTheCallerWorksWith() throws Exception {
        Map<String, String> environment = Map.of(
                "ELBOW_MAKE_ARCHIVE", directory.resolve("x.jsa").toString(),
                "SPARK_HOME", "/no/spark",
                "MASTER", "yarn",
                "SPARK_SUBMIT_OPTS", "-Dx");
        Result result = withJavaThatSaysWhatItIsGiven(environment, "");

        // A build goes on without one.
        assertThat(result.status()).isZero();
        assertThat(result.err())
                .startsWith("@" + HOME.resolve("target/spark/conf/java-options") + "\n-Xmx2g\n"
                        + "-XX:ArchiveClassesAtExit=" + directory.resolve("x.jsa") + "\n")
                .contains("--class\nelbow.job.Rehearsal\nspark-internal\n")
                .doesNotContain("-Dx\n")
                .contains("elbow: no archive of classes could be made");
    }

    private Result withJavaThatSaysWhatItIsGiven(Map<String, String> environment, String options) throws Exception {
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/usr/bin/env bash
                [ "$1" != -version ] || { echo 'openjdk version "17.0.1"' >&2; exit 0; }
                printf '%s\\n' "$@" >&2
                exit 9
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Map<String, String> all =
                new HashMap<>(Map.of("JAVA_HOME", directory.resolve("jdk").toString()));
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split(" ", -1)));
        }
        command.addAll(List.of("inspect", "--model", "m"));
        return run(all, command.toArray(String[]::new));
    }

    @Test
    void missingJavaIsOneClearLine() throws Exception {
        Result result = run(Map.of("PATH", toolsWithoutJava(), "JAVA_HOME", ""), LAUNCHER, "--help");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("elbow: no Java found: install JDK 17, or set JAVA_HOME to one\n");
    }

    @Test
    void wrongJavaHomeIsOneClearLine() throws Exception {
        Result result = run(Map.of("JAVA_HOME", "/no/jdk"), LAUNCHER, "--help");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("elbow: JAVA_HOME must be the directory of a JDK, but there is no /no/jdk/bin/java\n");
    }

    @Test
    void unsupportedJavaIsOneClearLine() throws Exception {
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/usr/bin/env bash\necho 'openjdk version \"25.0.1\" 2025-10-21' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Result result = run(Map.of("JAVA_HOME", directory.resolve("jdk").toString()), LAUNCHER, "--help");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("elbow: Java must be 17 (or 21), which Spark 3.5 runs on, but " + java
                        + " is 25: set JAVA_HOME to a JDK 17\n");
    }

    @Test
    void missingMavenIsOneClearLineWhenNothingIsBuilt() throws Exception {
        Path unbuilt = Files.createDirectories(directory.resolve("clone/jobs")).resolve("elbow");
        Files.copy(Path.of(LAUNCHER), unbuilt);
        String java = System.getProperty("java.home");

        Result result = run(Map.of("PATH", toolsWithoutJava(), "JAVA_HOME", java), unbuilt.toString(), "--help");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("elbow: not built yet, and no Maven found to build with: install Maven 3.6.3 or newer\n");
    }

    private String toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin")) {
                Path source = Path.of(place, tool);
                if (Files.isExecutable(source) && Files.notExists(tools.resolve(tool))) {
                    Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + source + " \"$@\"\n");
                    assertThat(tools.resolve(tool).toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return tools.toString();
    }

    private List<Path> logs() throws IOException {
        Path logs = directory.resolve("logs");
        if (Files.notExists(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.toList();
        }
    }

    private Result run(Map<String, String> environment, String... command) throws Exception {
        return ElbowProcess.run(directory, environment, command);
    }
}
