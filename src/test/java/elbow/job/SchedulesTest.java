package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import elbow.job.command.BatchCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The schedules that ship: each is checked by the tool that reads it as far as this machine has one, and the command
 * that it runs by the command's own parser.
 */
class SchedulesTest {
    private static final Path SCHEDULES = Path.of("jobs/schedules");
    private static final Pattern CRON_FIELD = Pattern.compile("\\*|\\d{1,2}(-\\d{1,2})?(,\\d{1,2})*|\\*/\\d{1,2}");
    private static final Pattern COMMAND = Pattern.compile("jobs/elbow (batch[^>&|\"\n]*)");

    @TempDir
    private Path directory;

    @Test
    void theCrontabHasSettingsAndOneLineOfFiveFieldsAndACommandOfTheShell() throws Exception {
        List<String> lines = Files.readAllLines(SCHEDULES.resolve("elbow.crontab")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> jobs =
                lines.stream().filter(line -> !line.matches("[A-Z_]+=\\S+")).toList();
        assertThat(jobs).hasSize(1);
        String[] fields = jobs.get(0).split(" ", 6);
        assertThat(Arrays.copyOf(fields, 5))
                .allMatch(field -> CRON_FIELD.matcher(field).matches());
        // A bare % would end the command.
        assertThat(fields[5].replace("\\%", "")).doesNotContain("%");
        assertThat(output("sh", "-n", "-c", fields[5])).isEmpty();
        requireBatchCommand(fields[5]);
    }

    @Test
    void theCrontabsCommandTellsOfFailuresButNotOfAHeldLock() throws Exception {
        String line = Files.readAllLines(SCHEDULES.resolve("elbow.crontab")).stream()
                .filter(text -> text.startsWith("30 2 "))
                .findFirst()
                .orElseThrow();
        String command = line.split(" ", 6)[5]
                .replace(
                        "cd /opt/elbow && jobs/elbow batch --config conf/batch.conf",
                        "sh -c \"echo said; exit $STATUS\"")
                .replace("/var/log/elbow", directory.toString());

        for (int status : new int[] {0, 1, 3, 6}) {
            ProcessBuilder cron = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
            cron.environment().put("STATUS", Integer.toString(status));
            Process process = cron.start();
            String mailed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean told = status != 0 && status != 6;
            assertThat(process.waitFor()).isEqualTo(told ? status : 0);
            assertThat(mailed).isEqualTo(told ? "said\n" : "");
        }
    }

    @Test
    void theCrontabIsAddedToTheUsersOwnAsItsCommentSays() throws Exception {
        Path own = Files.writeString(directory.resolve("crontab.txt"), "0 1 * * * mine\n");
        Path crontab = directory.resolve("crontab");
        Files.writeString(crontab, """
                #!/bin/sh
                case $1 in -l) cat %1$s ;; -) cat >%1$s.new; mv %1$s.new %1$s ;; *) cp "$1" %1$s ;; esac
                """.formatted(own));
        assertThat(crontab.toFile().setExecutable(true)).isTrue();
        String command = Files.readAllLines(SCHEDULES.resolve("elbow.crontab")).stream()
                .filter(line -> line.contains("crontab -"))
                .map(line -> line.substring(1).strip())
                .findFirst()
                .orElseThrow();

        assertThat(output("env", "PATH=" + directory + ":" + System.getenv("PATH"), "sh", "-ec", command))
                .isEmpty();

        assertThat(own).content().startsWith("0 1 * * * mine\n").contains("30 2 * * * cd /opt/elbow");
    }

    @Test
    void systemdFindsNoFaultInServiceAndTimer() throws Exception {
        String service = Files.readString(SCHEDULES.resolve("elbow-batch.service"));
        requireBatchCommand(service);
        assumeThat(isThere("systemd-analyze")).as("systemd is installed").isTrue();
        String home = Path.of("").toAbsolutePath().toString();
        Path copied = directory.resolve("elbow-batch.service");
        // The launcher's place is checked, too.
        Files.writeString(copied, service.replace("/opt/elbow", home));
        Path timer = directory.resolve("elbow-batch.timer");
        Files.copy(SCHEDULES.resolve("elbow-batch.timer"), timer);

        String said = output("systemd-analyze", "verify", "--man=no", copied.toString(), timer.toString());

        // What else is installed here may have faults of its own.
        assertThat(said.lines().filter(line -> line.contains("elbow"))).isEmpty();
        assertThat(output("systemd-analyze", "calendar", onCalendar(timer))).contains("02:30:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void theDagOfEitherAirflowScoresTheDayBeforeItsRun(String version) throws Exception {
        assumeThat(isThere("python3")).as("Python is installed").isTrue();
        Path dag = SCHEDULES.resolve("elbow_batch_dag.py").toAbsolutePath();
        String home = version.equals("2") ? "airflow" : "airflow/sdk";
        String operators = version.equals("2") ? "airflow/operators" : "airflow/providers/standard/operators";
        for (String module : List.of(home, operators)) {
            for (Path at = Path.of(module); at != null; at = at.getParent()) {
                Files.createDirectories(directory.resolve(at));
                Files.writeString(directory.resolve(at).resolve("__init__.py"), "");
            }
        }
        // In the place of Airflow, modules that print what they are given. Both versions end the interval of a run at
        // the time
        // of its schedule; 2 starts it a day before, 3 at the same time.
        Files.writeString(directory.resolve(home).resolve("__init__.py"), """
                class DAG:
                    def __init__(self, **settings): print("dag", sorted(settings), settings["start_date"].tzinfo)
                    def __enter__(self): return self
                    def __exit__(self, *ignored): pass
                """);
        Files.writeString(directory.resolve(operators).resolve("bash.py"), """
                from datetime import date, datetime, timedelta
                from types import SimpleNamespace

                class Filter:
                    def __ror__(self, time): return time.strftime("%Y-%m-%d")

                def ds_add(day, days): return (date.fromisoformat(day) + timedelta(days)).isoformat()

                def rendered(text, end):
                    start, expression, rest = text.partition("{{")[0], *text.partition("{{")[2].partition("}}")[::2]
                    names = {"ds": Filter(), "macros": SimpleNamespace(ds_add=ds_add), "data_interval_end": end,
                             "dag_run": SimpleNamespace(run_after=datetime(2026, 11, 25, 17, 0))}
                    return start + eval(expression.strip().replace("data_interval_end is defined and ", ""), names) + rest

                def BashOperator(**settings):
                    print("scheduled", rendered(settings["bash_command"], datetime(2026, 11, 24, 2, 30)))
                    print("by hand", rendered(settings["bash_command"], None))
                    print("skips", settings["skip_on_exit_code"])
                """);

        String said = output("env", "PYTHONPATH=" + directory, "PYTHONDONTWRITEBYTECODE=1", "python3", dag.toString());

        assertThat(said.lines().toList())
                .contains(
                        "scheduled jobs/elbow batch --config conf/batch.conf --date 2026-11-23",
                        "by hand jobs/elbow batch --config conf/batch.conf --date 2026-11-24",
                        "skips 6");
        assertThat(said).contains("'max_active_runs'", "'schedule'", "] UTC");
        requireBatchCommand(said);
    }

    @Test
    void theCronJobHasWhatKubernetesRequires() throws Exception {
        JsonNode job = yaml("cronjob.yaml");
        assertThat(job.at("/apiVersion").textValue()).isEqualTo("batch/v1");
        assertThat(job.at("/kind").textValue()).isEqualTo("CronJob");
        assertThat(job.at("/metadata/name").textValue()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        requireCron(job.at("/spec/schedule").textValue());
        assertThat(job.at("/spec/concurrencyPolicy").textValue()).isEqualTo("Forbid");
        JsonNode pod = job.at("/spec/jobTemplate/spec/template/spec");
        // A failure policy is allowed for pods that are not restarted only.
        assertThat(pod.at("/restartPolicy").textValue()).isEqualTo("Never");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/name"))
                .isEqualTo(job.at("/spec/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/containerName"));
        assertThat(container.at("/image").textValue()).isNotEmpty();
        requireBatchCommand(String.join(" ", texts(container.at("/command"))) + " "
                + String.join(" ", texts(container.at("/args"))));
    }

    @Test
    void theCronJobMountsWhatItWrites() throws Exception {
        JsonNode pod = yaml("cronjob.yaml").at("/spec/jobTemplate/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        // Else it would work until a node has no room, or the pod is gone with its scores.
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").booleanValue())
                .isTrue();
        Map<String, String> volumes = new HashMap<>();
        pod.at("/volumes").forEach(volume -> {
            List<String> names = new ArrayList<>();
            volume.fieldNames().forEachRemaining(names::add);
            names.remove("name");
            assertThat(names).hasSize(1);
            volumes.put(volume.at("/name").textValue(), names.get(0));
        });
        Map<Path, String> written = new HashMap<>();
        container.at("/volumeMounts").forEach(mount -> {
            assertThat(volumes).containsKey(mount.at("/name").textValue());
            if (!mount.at("/readOnly").booleanValue()) {
                written.put(
                        Path.of(mount.at("/mountPath").textValue()),
                        volumes.get(mount.at("/name").textValue()));
            }
        });
        assertThat(written).doesNotContainValue("hostPath").containsEntry(Path.of("/tmp"), "emptyDir");

        Path work = Path.of(container.at("/workingDir").textValue());
        Config batch = ConfigFactory.parseFile(Path.of("conf/batch.conf").toFile());
        for (String key : List.of("batch.input", "batch.model", "batch.output", "batch.metrics.prometheus")) {
            assertThat(mountOf(work.resolve(batch.getString(key)), written))
                    .as(key)
                    .isEqualTo("persistentVolumeClaim");
        }
        JsonNode log = StreamSupport.stream(container.at("/env").spliterator(), false)
                .filter(variable -> variable.at("/name").textValue().equals("ELBOW_LOG_DIR"))
                .findFirst()
                .orElseThrow();
        assertThat(mountOf(Path.of(log.at("/value").textValue()), written)).isEqualTo("emptyDir");
    }

    private static String mountOf(Path path, Map<Path, String> mounts) {
        return mounts.entrySet().stream()
                .filter(mount -> path.startsWith(mount.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("no mount");
    }

    @Test
    void theSparkApplicationHasWhatTheOperatorRequires() throws Exception {
        JsonNode application = yaml("scheduled-spark-application.yaml");
        assertThat(application.at("/apiVersion").textValue()).isEqualTo("sparkoperator.k8s.io/v1beta2");
        assertThat(application.at("/kind").textValue()).isEqualTo("ScheduledSparkApplication");
        requireCron(application.at("/spec/schedule").textValue());
        assertThat(application.at("/spec/concurrencyPolicy").textValue()).isEqualTo("Forbid");
        JsonNode template = application.at("/spec/template");
        for (String required :
                List.of("type", "mode", "sparkVersion", "mainApplicationFile", "restartPolicy", "driver", "executor")) {
            assertThat(template.has(required)).as(required).isTrue();
        }
        assertThat(Class.forName(template.at("/mainClass").textValue())).isEqualTo(Main.class);
        requireBatchCommand("jobs/elbow " + String.join(" ", texts(template.at("/arguments"))));
    }

    private static void requireCron(String schedule) {
        assertThat(schedule.split(" ", -1))
                .hasSize(5)
                .allMatch(field -> CRON_FIELD.matcher(field).matches());
    }

    /** The command after jobs/elbow, as picocli reads it. */
    private static void requireBatchCommand(String text) {
        Matcher matcher = COMMAND.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        String[] words = matcher.group(1).strip().split("\\s+", -1);
        CommandLine.ParseResult parsed =
                new CommandLine(new BatchCommand()).parseArgs(Arrays.copyOfRange(words, 1, words.length));
        assertThat(parsed.hasMatchedOption("--config")).isTrue();
    }

    private JsonNode yaml(String name) throws Exception {
        boolean readsYaml =
                isThere("python3") && output("python3", "-c", "import yaml").isEmpty();
        assumeThat(readsYaml).as("Python has PyYAML").isTrue();
        String json = output(
                "python3",
                "-c",
                "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
                SCHEDULES.resolve(name).toString());
        return new ObjectMapper().readTree(json);
    }

    private static String onCalendar(Path timer) throws IOException {
        return Files.readAllLines(timer).stream()
                .filter(line -> line.startsWith("OnCalendar="))
                .findFirst()
                .orElseThrow()
                .substring("OnCalendar=".length());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static boolean isThere(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    /** What a command prints on either stream. */
    private String output(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
