package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.job.console.Console;
import elbow.job.console.Figures;
import elbow.job.run.Session;
import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "tune",
                "score",
                "evaluate",
                "report",
                "calibrate",
                "generate",
                "encode",
                "reconstruct",
                "impute",
                "interpolate",
                "arithmetic",
                "export",
                "batch",
                "inspect"
            })
    void everyCommandHasHelpWithAnExampleAndTheExitCodes(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out())
                .contains(
                        "jobs/elbow " + command,
                        "Exit codes:",
                        "6     another run holds the lock",
                        "130   stopped by Ctrl-C");
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "score", "evaluate"})
    void everyReadingCommandSelectsRowsColumnsAndFormat(String command) {
        run(command, "--help");

        assertThat(out()).contains("--input URI...", "--format FORMAT", "--where SQL", "--select COL[,COL...]");
    }

    @Test
    void helpListsTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains("  train ", "  score ", "  evaluate ", "  batch ", "  inspect ")
                .doesNotContain("demo-table");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(run("help")).isZero();
        String all = out();
        out.reset();
        assertThat(run("--help")).isZero();
        assertThat(all).isEqualTo(out()).contains("reference.conf", "elbow settings");

        out.reset();
        assertThat(run("help", "train")).isZero();
        String train = out();
        out.reset();
        assertThat(run("train", "--help")).isZero();
        assertThat(train).isEqualTo(out());

        assertThat(run("help", "trai")).isEqualTo(2);
        assertThat(err()).contains("unknown command 'trai'; the nearest known is 'train'");
    }

    @Test
    void versionSaysWhichElbowItIs() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("elbow ");
    }

    @Test
    void settingsPrintsADefaultForEveryKey() {
        assertThat(run("settings")).isZero();
        Configuration printed = Configuration.defaults().withText(out(), "printed");
        assertThat(printed).isEqualTo(Configuration.defaults());
        assertThat(out()).contains("# Rows per minibatch step of one replica.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.epochs=many",
                "training.replicas=0",
                "training.averaging-frequency=often",
                "training.outer.optimizer=best",
                "training.checkpoint-rounds=-1",
                "training.learning-rate-schedule.shape=round",
                "data.validation-fraction=2",
                "data.image.likelihood=normal",
                "data.types.time=[[a, b, c]]",
                "model.activation=linear",
                "model.variance=small",
                "objective.free-bits=-1",
                "scoring.anomaly-score=best",
                "scoring.marginal-weight=-1",
                "scoring.neighbour-weight=-1",
                "scoring.neighbourhood=near",
                "scoring.threshold=high",
                "scoring.tail-risk=2",
                "scoring.samples=-3",
                "report.images=0",
                "seed=now"
            })
    void aSettingThatCannotBeIsFoundBeforeAnyRowIsRead(String setting) {
        for (String command : List.of("train --model m", "inspect")) {
            err.reset();
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.addAll(List.of("--input", "no/such.csv", "-D", setting));

            assertThat(run(words.toArray(String[]::new))).isEqualTo(2);
            assertThat(err()).startsWith("elbow: " + setting.substring(0, setting.indexOf('=')) + " must ");
        }
    }

    @Test
    void quietLeavesErrorsAndResults() {
        assertThat(run("train", "--quiet", "--input", "a", "--model", "m", "-D", "training.epochs=many"))
                .isEqualTo(2);
        assertThat(err()).startsWith("elbow: training.epochs must be auto or a whole number");

        Console quiet = console().quiet();
        err.reset();
        quiet.note("Network: 2-2-2");
        quiet.print("rows  3");
        quiet.error("no");
        assertThat(out()).endsWith("rows  3\n");
        assertThat(err()).isEqualTo("elbow: no\n");
    }

    @Test
    void unknownCommandIsBadUsage() {
        assertThat(run("trai")).isEqualTo(2);
        assertThat(err())
                .isEqualTo("elbow: unknown command 'trai'; the nearest known is 'train'\nTry 'elbow --help'.\n");
    }

    @Test
    void noCommandIsBadUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).isEqualTo("elbow: no command given\nTry 'elbow --help'.\n");
    }

    @Test
    void mistypedOptionIsNamedBeforeTheOneThatItShouldBe() {
        assertThat(run("train", "--inptu", "a.csv", "--model", "m")).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                        elbow: unknown option '--inptu'; the nearest known is '--input'
                        Try 'elbow train --help'.
                        """);
    }

    @Test
    void optionsThatAreSettingsSayHowTheyAreGiven() {
        assertThat(run("train", "--input", "a.csv", "--model", "m", "--epoch", "3"))
                .isEqualTo(2);
        assertThat(err())
                .startsWith("elbow: unknown option '--epoch'; the setting training.epochs is given by "
                        + "-D training.epochs=VALUE\n");
        assertThat(run("train", "--latent-size=4")).isEqualTo(2);
        assertThat(err()).contains("unknown option '--latent-size=4'; the setting model.latent-size is given by");
        assertThat(run("train", "--inputs", "a.csv", "--model", "m")).isEqualTo(2);
        assertThat(err()).contains("unknown option '--inputs'; the nearest known is '--input'");
        assertThat(run("train", "--threshold", "9")).isEqualTo(2);
        assertThat(err()).contains("unknown option '--threshold'; the setting scoring.threshold is given by");
        assertThat(run("settings", "--epochs", "3")).isEqualTo(2);
        assertThat(err()).contains("unknown option '--epochs'\n");
    }

    @Test
    void missingOptionIsBadUsage() {
        assertThat(run("train", "--input", "a.csv")).isEqualTo(2);
        assertThat(err()).isEqualTo("elbow: Missing required option: '--model=URI'\nTry 'elbow train --help'.\n");
    }

    @Test
    void optionOfTheWrongTypeIsBadUsage() {
        assertThat(run("score", "--model", "m", "--input", "a", "--output", "b", "--samples", "many"))
                .isEqualTo(2);
        assertThat(err()).startsWith("elbow: Invalid value for option '--samples': 'many' is not an int\n");
    }

    @Test
    void moreSamplesThanCanBeDrawnAreBadUsage() {
        assertThat(run("score", "--model", "m", "--input", "a", "--output", "b", "--samples", "2000000"))
                .isEqualTo(2);
        assertThat(err()).startsWith("elbow: --samples must be at most 1048576, but is 2000000\n");
    }

    @Test
    void negativeSamplesAreBadUsage() {
        assertThat(run("score", "--model", "m", "--input", "a", "--output", "b", "--samples", "-1"))
                .isEqualTo(2);
        assertThat(err()).startsWith("elbow: --samples must be at least 0, but is -1\n");
    }

    @Test
    void normalRowsWithoutAValueAreBadUsage() {
        assertThat(run("train", "--input", "a", "--model", "m", "--normal-only", "label"))
                .isEqualTo(2);
        assertThat(err())
                .startsWith("elbow: Invalid value for option '--normal-only': must have the form COL=VALUE, but is"
                        + " 'label'\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--absent-as-missing", "--samples 2", "--quarantine bad"})
    void whatIsOfScoresIsBadUsageForASyntheticTable(String option) {
        assertThat(run(("evaluate --synthetic a --input b " + option).split(" ", -1)))
                .isEqualTo(2);
        assertThat(err())
                .startsWith("elbow: " + option.split(" ", -1)[0]
                        + " must be given without --synthetic, but is given with it\n");
    }

    @Test
    void ignoredColumnsOfAModelAreBadUsage() {
        assertThat(run("inspect", "--model", "m", "--ignore", "id")).isEqualTo(2);
        assertThat(err()).startsWith("elbow: --ignore must be given with --input, but is given with --model\n");
    }

    @Test
    void aFormatOfTablesIsBadUsageForImages() {
        assertThat(run("generate --model m --rows 3 --output o --png --output-format csv".split(" ", -1)))
                .isEqualTo(2);
        assertThat(err())
                .startsWith("elbow: --output-format must not be given with --png, which writes no table, but is csv\n");
    }

    @Test
    void unknownConfigurationKeyIsBadUsage() throws IOException {
        Path file = Files.writeString(directory.resolve("run.conf"), "\ntraining.epoch = 3\n");

        assertThat(run("train", "--input", "a", "--model", "m", "--config", file.toString()))
                .isEqualTo(2);
        assertThat(err())
                .isEqualTo("elbow: unknown configuration key 'training.epoch' (" + file
                        + ":2); the nearest known key is 'training.epochs'\n");
    }

    @Test
    void missingConfigurationFileIsBadUsage() {
        assertThat(run("train", "--input", "a", "--model", "m", "--config", "no/such.conf"))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("elbow: no such file: no/such.conf\n");
    }

    @Test
    void demoTableJoinsTheFiguresOfTwoCommands() throws IOException {
        Files.writeString(
                directory.resolve("train.json"),
                new Figures()
                        .add("elboBefore", -543.2)
                        .add("elboAfter", -104.256)
                        .add("examplesPerSecond", 9300.4)
                        .add("report", "model/report.html")
                        .toJson());
        Files.writeString(
                directory.resolve("evaluate.json"),
                new Figures().add("rows", 10_000L).toJson());

        assertThat(run("demo-table", "mnist=" + directory)).isZero();
        assertThat(out()).isEqualTo("""
                        data set    rows  ELBO before  ELBO after  AUROC  examples/s  report
                        -------------------------------------------------------------------------------
                        mnist     10,000      -543.20     -104.26      -       9,300  model/report.html
                        """);
    }

    @Test
    void writtenTextIsReadBackAndLeavesNoOtherFile() {
        try (Session session = new Session(console(), new Stop(), "elbow test", Main.class)) {
            String file = directory.resolve("new/figures.json").toString();
            session.writeText("json", file, "{}\n");

            assertThat(session.readText("json", file)).isEqualTo("{}\n");
            assertThat(directory.resolve("new").toFile().list()).containsExactly("figures.json");
        }
    }

    @Test
    void textThatIsToGoBelowAFileIsBadUsageHoweverDeep() throws IOException {
        Files.writeString(directory.resolve("file"), "mine");
        try (Session session = new Session(console(), new Stop(), "elbow test", Main.class)) {
            for (String name : List.of("file/figures.json", "file/x/figures.json", "file/x/y/figures.json")) {
                String file = directory.resolve(name).toString();
                assertThatThrownBy(() -> session.writeText("json", file, "{}\n"))
                        .isInstanceOfSatisfying(
                                ElbowException.class,
                                e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                        .hasMessageContainingAll(name, "must name a file, but cannot be written");
            }
        }
        assertThat(directory.resolve("file")).hasContent("mine");
    }

    @Test
    void colourFollowsNoColorAndTheTerminal() {
        assertThat(Console.coloursAllowed(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Console.coloursAllowed(Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(Console.coloursAllowed(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Console.coloursAllowed(Map.of("TERM", "dumb"))).isFalse();
    }

    private int run(String... arguments) {
        return Main.run(console(), arguments);
    }

    private Console console() {
        return Console.plain(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
