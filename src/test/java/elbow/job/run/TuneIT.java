package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import elbow.job.StopsAt;
import elbow.job.console.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that searches for settings. */
class TuneIT {
    private static final String TUNE = "tune --input rows.csv --output search -D training.epochs=4 -D tune.trials=4"
            + " -D tune.rungs=2 -D tune.reduction=2 -D training.batch-size=32 -D tune.parallel=1";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void writeRows() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.writeWaves("rows.csv");
    }

    @Test
    void aSearchLeavesATableAPageAndAConfigurationThatTrainTakes() throws IOException {
        assertThat(command.run(TUNE)).as(command.errors()).isZero();

        assertThat(command.output())
                .containsPattern("rank +trial +ELBO +± +epochs +seconds +settings")
                .containsPattern("\\n +1 +\\d +-?\\d+\\.\\d{4} +\\d+\\.\\d{4} +4 ")
                .containsPattern("elboAsConfigured +-?\\d");
        assertThat(command.errors())
                .contains("Search: 4 trials of 2 epochs, 2 trials of 4 epochs, and the configuration as it is for 4"
                        + " epochs, compared by ELBO, 1 at a time")
                .contains("Rung: 4 trials of 2 epochs\n");
        assertThat(Files.readString(directory.resolve("search/report.html"))).contains("Search for settings: ");
        assertThat(Files.readString(directory.resolve("search/trials.json"))).contains("\"objective\" : \"elbo\"");
        String winner = Files.readString(directory.resolve("search/winner.conf"));
        assertThat(winner)
                .startsWith("# The best of 4 trials by ELBO of ")
                .contains("\n#   train --config winner.conf --input " + path("rows.csv") + "\n")
                .contains("\ntraining.epochs = 4\n", "\ntraining.replicas = 1\n");

        assertThat(command.run("train --input rows.csv --model model", "--config", path("search/winner.conf")))
                .as(command.errors())
                .isZero();
        assertThat(directory.resolve("model/manifest.json")).exists();
    }

    @Test
    void theWinnersModelIsTheOneThatTrainMakesOfItsConfiguration() throws IOException {
        assertThat(command.run(TUNE + " --model tuned")).as(command.errors()).isZero();
        assertThat(command.run("train --input rows.csv --model model", "--config", path("search/winner.conf")))
                .isZero();

        assertThat(modelId("tuned")).isEqualTo(modelId("model"));
    }

    @Test
    void aSearchThatIsStoppedGoesOnWithTheNextTrial() throws IOException {
        assertThat(command.run(TUNE.replace("--output search", "--output whole")))
                .isZero();
        Stop stop = new Stop();
        StopsAt err = new StopsAt("  trial 2: ", stop);

        assertThat(command.run(stop, err, TUNE)).isEqualTo(130);

        assertThat(err.text())
                .endsWith("elbow: stopped with 2 trainings done: the same command goes on with the next\n");
        assertThat(directory.resolve("search/winner.conf")).doesNotExist();
        assertThat(command.run(TUNE)).as(command.errors()).isZero();
        assertThat(command.errors()).contains("  trial 2: ", "(found, ");
        assertThat(Files.readString(directory.resolve("search/winner.conf")))
                .isEqualTo(Files.readString(directory.resolve("whole/winner.conf")));
    }

    @Test
    void aDryRunSaysWhatWouldBeTriedAndWritesNothing() {
        assertThat(command.run(TUNE + " --dry-run")).as(command.errors()).isZero();

        assertThat(command.output())
                .containsPattern("1 +1 +as configured")
                .containsPattern("brackets +4 trials of 2 epochs, 2 trials of 4 epochs")
                .containsPattern("epochs +20\\n");
        assertThat(directory.resolve("search")).doesNotExist();
    }

    @Test
    void whatCannotBeComparedIsRefusedByItsKey() {
        assertThat(command.run(TUNE, "-D", "tune.space={data.image.likelihood=[gaussian, continuous-bernoulli]}"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("tune.space must not have data.image.likelihood: it decides what the rows");
        assertThat(command.run(TUNE, "-D", "tune.objective=auroc")).isEqualTo(2);
        assertThat(command.errors()).contains("tune.objective = auroc needs --label, which says what anomalies are");
        assertThat(command.run(TUNE, "-D", "tune.rungs=5")).isEqualTo(2);
        assertThat(command.errors()).contains("tune.rungs must leave the first rung an epoch");
        assertThat(command.run(TUNE + " --model tuned@latest")).isEqualTo(2);
        assertThat(command.errors()).contains("--model must be a directory to write, or end in @next");
        assertThat(directory.resolve("search")).doesNotExist();
    }

    @Test
    void anotherSearchIsRefusedUnlessItBeginsAnew() {
        assertThat(command.run(TUNE)).isZero();

        assertThat(command.run(TUNE + " -D objective.beta=2")).isEqualTo(2);
        assertThat(command.errors())
                .contains("--output must name the directory of a search like this one, but in that of ")
                .contains(" objective.beta is 1 and here 2: name another, or begin anew with --overwrite");
        assertThat(command.run(TUNE + " -D objective.beta=2 --overwrite"))
                .as(command.errors())
                .isZero();
    }

    @Test
    void labelledAnomaliesAreToldFromHeldOutRows() throws IOException {
        command.write(
                "labelled.csv",
                IntStream.range(0, 320)
                        .mapToObj(i ->
                                Math.sin(i) + (i < 20 ? 9 : 0) + "," + Math.cos(7 * i) + "," + (i < 20 ? "bad" : "ok"))
                        .collect(Collectors.joining("\n", "a,b,state\n", "\n")));

        assertThat(command.run(TUNE.replace("rows.csv", "labelled.csv")
                        + " -D tune.objective=auroc --label state=bad --model model"))
                .as(command.errors())
                .isZero();

        assertThat(command.output()).containsPattern("\\n +1 +\\d +(1\\.0000|0\\.9\\d+) +0\\.0");
        assertThat(Files.readString(directory.resolve("search/winner.conf")))
                .contains("train --config winner.conf --input " + path("labelled.csv") + " --label state=bad\n");
    }

    @Test
    void categoriesAreReadAsTrainReadsThem() throws IOException {
        command.write(
                "zips.csv",
                IntStream.range(0, 320)
                        .mapToObj(i -> Math.sin(i) + ","
                                + List.of("7", "007", "12").get(i % 3) + "," + (i < 20 ? "bad" : "ok"))
                        .collect(Collectors.joining("\n", "a,zip,state\n", "\n")));
        String zips = " -D data.types.categorical=[zip] --label state=bad --validation zips.csv";

        assertThat(command.run(TUNE.replace("rows.csv", "zips.csv") + " -D tune.trials=1 -D tune.rungs=1"
                        + " -D tune.objective=auroc" + zips))
                .as(command.errors())
                .isZero();
        assertThat(command.run("train --input zips.csv --model model -D training.epochs=4" + zips))
                .as(command.errors())
                .isZero();

        String manifest = Files.readString(directory.resolve("model/manifest.json"));
        long parameters = (long)
                Figures.parse(manifest, "manifest.json").number("parameters").orElseThrow();
        assertThat(Files.readString(directory.resolve("search/trials.json")))
                .contains("\"parameters\" : " + parameters + ",");
    }

    @Test
    void theWinnersCommandHasAllThatDecidesOnTheRows() throws IOException {
        command.write("held out.csv", Files.readAllBytes(directory.resolve("rows.csv")));

        assertThat(command.run(
                        TUNE + " --format csv --header yes --delimiter , --select a,b -D tune.trials=1 -D tune.rungs=1",
                        "--where",
                        "a > -0.9 AND b < 2",
                        "--validation",
                        path("held out.csv")))
                .as(command.errors())
                .isZero();

        assertThat(Files.readString(directory.resolve("search/winner.conf")))
                .contains("#   train --config winner.conf --input " + path("rows.csv")
                        + " --format csv --where 'a > -0.9 AND b < 2' --select a,b --delimiter , --header yes"
                        + " --validation '" + path("held out.csv") + "'\n");
    }

    @Test
    void aSearchThatIsStoppedWhileItsModelTrainsGoesOnWithTheModel() throws IOException {
        String tune = TUNE + " -D training.checkpoint-rounds=1 -D tune.trials=1 -D tune.rungs=1 --model tuned@next";
        assertThat(command.run(tune.replace("--model tuned@next", "--model whole")))
                .isZero();
        Stop stop = new Stop();
        StopsAt err = new StopsAt("Averaging: every", stop);

        assertThat(command.run(stop, err, tune)).as(err.text()).isEqualTo(130);

        assertThat(err.text())
                .containsPattern("elbow: stopped after round \\d+ of the winner's model: the same command goes on\n$");
        assertThat(directory.resolve("tuned@1.checkpoints")).exists();
        assertThat(command.run(tune.replace("--output search", "--output other")))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--model must name a model that no other interrupted run was making, but ")
                .doesNotContain("Rung: ");
        assertThat(command.run(tune)).as(command.errors()).isZero();
        assertThat(modelId("tuned@1")).isEqualTo(modelId("whole"));
        assertThat(directory.resolve("tuned@1.checkpoints")).doesNotExist();
        assertThat(directory.resolve(".tuned.versions/1.json")).content().contains("\"version\":1");
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private String modelId(String model) throws IOException {
        return Figures.parse(Files.readString(directory.resolve(model).resolve("manifest.json")), model)
                .text("modelId");
    }
}
