package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels as tables have them, and all columns of the input beside the scores. */
class LabelsIT {
    private static final String TRAIN =
            "train --input rows.csv --ignore id -D training.epochs=4 -D training.replicas=1 ";
    private static final int NORMAL = 360;

    @TempDir
    private static Path directory = Path.of("");

    private final CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun run = new CommandLineRun(directory);
        run.write("rows.csv", rows());
        assertThat(run.run(TRAIN + "--label fraud=confirmed --model model"))
                .as(run.errors())
                .isZero();
        assertThat(count(run, "trainingRows") + count(run, "validationRows")).isEqualTo(NORMAL);
    }

    @BeforeEach
    void begin() {
        SharedSpark.session();
    }

    private static long count(CommandLineRun run, String figure) {
        return run.output()
                .lines()
                .filter(line -> line.matches(figure + " +[0-9,]+"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aValueSaysWhichRowsAreAnomalies() {
        assertThat(command.run("evaluate --model model --input rows.csv --label fraud=confirmed"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("anomalies +40\n").containsPattern("auroc +\\S+\n");
    }

    @Test
    void valuesThatDoNotSpeakForThemselvesAreNamed() {
        assertThat(command.run("evaluate --model model --input rows.csv --label fraud"))
                .isEqualTo(3);
        assertThat(command.errors())
                .contains(
                        "label column fraud must hold 1 and 0, true and false, or yes and no, but holds \"confirmed\","
                                + " \"none\", \"open\": say which value is that of an anomaly, as --label fraud=VALUE");
        assertThat(command.run(TRAIN + "--label fraud --model other")).isEqualTo(3);
        assertThat(command.errors()).contains("but holds \"confirmed\", \"none\", \"open\"", "--label fraud=VALUE");
        assertThat(command.run("evaluate --model model --input rows.csv --label fraud=Confirmed"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("by fraud=Confirmed there are 0 anomalies and 400 normal rows");
        assertThat(command.run(TRAIN + "--label fraud=Confirmed --model other")).isEqualTo(3);
        assertThat(command.errors())
                .contains("--label must name a value that some row has, but no row has fraud=Confirmed");
    }

    @Test
    void yesAndNoNeedNoValue() {
        assertThat(command.run("evaluate --model model --input rows.csv --label strange"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("anomalies +40\n");
        assertThat(command.run(TRAIN + "--label strange --overwrite --model yes"))
                .as(command.errors())
                .isZero();
        assertThat(count(command, "trainingRows") + count(command, "validationRows"))
                .isEqualTo(NORMAL);
    }

    @Test
    void theSameIsNotSaidTwice() {
        assertThat(command.run(TRAIN + "--label strange --normal-only fraud=none --model other"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--label must not be given with --normal-only");
        assertThat(command.run("evaluate --model model --input rows.csv --label =yes"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("must have the form COL or COL=VALUE");
    }

    @Test
    void knownAnomaliesAreNotTrainedOnAndChooseWhatPartsWeigh() {
        assertThat(command.run(TRAIN + "--anomalies fraud=confirmed --model known"))
                .as(command.errors())
                .isZero();
        assertThat(count(command, "trainingRows") + count(command, "validationRows"))
                .isEqualTo(NORMAL);
        assertThat(command.errors()).contains("40 known anomalies, each scored by weights that the others choose");
        assertThat(command.output()).containsPattern("knownAnomalies +40\n").containsPattern("marginalWeight +\\S+\n");
        assertThat(command.run("evaluate --model known --input rows.csv --label fraud=confirmed"))
                .as(command.errors())
                .isZero();
    }

    @Test
    void knownAnomaliesGoWithNormalRowsAndLabels() {
        for (String rows : List.of("--normal-only fraud=none", "--label fraud=confirmed")) {
            assertThat(command.run(TRAIN + rows + " --anomalies fraud=confirmed --overwrite --model both"))
                    .as(command.errors())
                    .isZero();
            assertThat(count(command, "trainingRows") + count(command, "validationRows"))
                    .isEqualTo(rows.endsWith("none") ? 200 : NORMAL);
        }
    }

    @Test
    void rowsToValidateOnMayHaveOtherColumnsThatAreNoFeatures() throws IOException {
        command.write(
                "held.csv",
                rows().replaceFirst("id,", "").replaceAll("(?m)^\\d{5},", "").replaceAll("(?m)$(?!\\z)", ",x"));
        assertThat(command.run(TRAIN + "--ignore strange --anomalies fraud=confirmed --validation held.csv --model held"
                        + " --quarantine bad"))
                .as(command.errors())
                .isZero();
        assertThat(count(command, "trainingRows")).isEqualTo(NORMAL);
        assertThat(count(command, "validationRows")).isEqualTo(NORMAL);
        assertThat(count(command, "knownAnomalies")).isEqualTo(80);
    }

    @Test
    void theMessageOverAMissingColumnNamesTheRowsToValidateOn() throws IOException {
        command.write("unknown.csv", rows().replaceFirst("fraud", "cheat"));
        for (String option : List.of("--anomalies", "--normal-only")) {
            String held = option + " fraud=none --validation unknown.csv --model unknown --ignore cheat";
            assertThat(command.run(TRAIN + held)).as(command.errors()).isEqualTo(2);
            assertThat(command.errors())
                    .contains(option + " must name columns of the input, but \"fraud\" is none of them in "
                            + directory.resolve("unknown.csv") + ": ");
        }
    }

    @Test
    void aDryRunCountsKnownAnomalies() {
        assertThat(command.run(TRAIN + "--anomalies fraud=confirmed --model none --dry-run"))
                .as(command.errors())
                .isZero();
        assertThat(count(command, "knownAnomalies")).isEqualTo(40);
    }

    @Test
    void knownAnomaliesThatContradictOtherOptionsAreRefused() {
        String known = TRAIN + "--anomalies fraud=confirmed --model other ";
        assertThat(command.run(known + "--normal-only fraud=confirmed")).isEqualTo(2);
        assertThat(command.errors()).contains("--anomalies must not be given with the value of --normal-only");
        assertThat(command.run(known + "--ignore fraud")).isEqualTo(2);
        assertThat(command.errors())
                .contains("--ignore must not name a column that says which rows are trained on, and so is no feature,"
                        + " but is fraud");
        assertThat(command.run(known + "--label strange=no")).isEqualTo(3);
        assertThat(command.errors())
                .contains("--anomalies must leave rows to train on, but beside the known anomalies no row is left");
        assertThat(command.run(TRAIN + "--anomalies colour=red --model other --from " + directory.resolve("model")))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--anomalies must not name a column that the model to start from has as a feature");
    }

    @Test
    void knownAnomaliesThatCannotChooseAreRefused() {
        assertThat(command.run(TRAIN + "--anomalies fraud=Confirmed --model other"))
                .isEqualTo(3);
        assertThat(command.errors())
                .contains("--anomalies must name at least 3 rows, but names 0: no row has the value");
        assertThat(command.run(TRAIN + "--anomalies fraud=confirmed --model other -D scoring.marginal-weight=0.25"
                        + " -D scoring.neighbour-weight=0"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("scoring.marginal-weight or scoring.neighbour-weight must be auto with --anomalies");
        assertThat(command.run(TRAIN + "--anomalies nothing=1 --model other")).isEqualTo(2);
        assertThat(command.errors()).contains("nothing");
    }

    @Test
    void aStarKeepsAllColumnsAsTheyStand() {
        assertThat(command.run("score --model model --input rows.csv --output kept --overwrite --keep", "*"))
                .as(command.errors())
                .isZero();

        Dataset<Row> kept = SharedSpark.session().read().parquet(directory + "/kept");
        assertThat(kept.columns())
                .startsWith("id", "a", "colour", "fraud", "strange", "elbo")
                .endsWith("scored_at");
        assertThat(kept.filter("id = '00007'")
                        .select("id", "a", "colour", "strange")
                        .head())
                .hasToString("[00007," + cells(7)[1] + ",blue,no]");

        // As without, but for the columns.
        assertThat(command.run("score --model model --input rows.csv --output few --overwrite --keep id"))
                .isZero();
        Dataset<Row> few = SharedSpark.session().read().parquet(directory + "/few");
        assertThat(kept.select("id", "elbo", "anomaly_score")
                        .except(few.select("id", "elbo", "anomaly_score"))
                        .count())
                .isZero();
    }

    @Test
    void aStarWorksForCsvAndStreamsToo() throws IOException {
        assertThat(command.run(
                        "score --model model --input rows.csv --output text --overwrite --output-format csv --keep",
                        "*"))
                .as(command.errors())
                .isZero();
        assertThat(SharedSpark.session()
                        .read()
                        .option("header", true)
                        .csv(directory + "/text")
                        .columns())
                .startsWith("id", "a", "colour", "fraud", "strange", "elbo");

        command.write("in/1.csv", rows());
        assertThat(command.run(
                        "score --stream --model model --input in --output streamed --checkpoint point --keep", "*"))
                .as(command.errors())
                .isZero();
        assertThat(SharedSpark.session().read().parquet(directory + "/streamed").columns())
                .startsWith("id", "a", "colour", "fraud", "strange", "elbo");
    }

    /** 360 normal rows and 40 strange ones. */
    private static String rows() {
        StringBuilder lines = new StringBuilder("id,a,colour,fraud,strange\n");
        for (int i = 0; i < 400; i++) {
            lines.append(String.join(",", cells(i))).append('\n');
        }
        return lines.toString();
    }

    private static String[] cells(int i) {
        Random random = new Random(i);
        boolean strange = i % 10 == 9;
        int kind = i % 3;
        return new String[] {
            String.format(Locale.ROOT, "%05d", i),
            String.format(Locale.ROOT, "%.4f0", 5 * (strange ? 2 - kind : kind) + random.nextGaussian()),
            new String[] {"red", "blue", "green"}[kind],
            strange ? "confirmed" : i % 2 == 0 ? "none" : "open",
            strange ? "yes" : "no"
        };
    }
}
