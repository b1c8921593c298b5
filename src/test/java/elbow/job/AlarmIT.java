package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are not like those of training: what score and its stream say, and the exit code. */
class AlarmIT {
    private static final String SCORE = "score --model model --input rows.csv --output out";
    private static final String STREAM = "score --stream --model model --input in --output out --checkpoint checkpoint";

    @TempDir
    private static Path trained;

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun run = new CommandLineRun(trained);
        run.write("rows.csv", csv(0, 1500, row -> row));
        assertThat(run.run("train --input rows.csv --model model -D training.epochs=10 -D training.replicas=1"))
                .as(run.errors())
                .isZero();
    }

    @BeforeEach
    void modelInPlace() throws IOException {
        command = new CommandLineRun(directory);
        command.copyModel(trained.resolve("model"), "model");
    }

    @Test
    void rowsAsInTrainingRaiseNoAlarm() throws IOException {
        command.write("rows.csv", csv(5000, 5400, row -> row));

        assertThat(command.run(SCORE + " --fail-on-alarm")).as(command.errors()).isZero();
        assertThat(command.errors()).doesNotContain("Warning");
    }

    @Test
    void aChangedSpellingIsAWarningThatNamesTheColumn() throws IOException {
        command.write("rows.csv", csv(5000, 5400, row -> row.toUpperCase(Locale.ROOT)));

        assertThat(command.run(SCORE)).as(command.errors()).isZero();

        assertThat(command.errors())
                .contains("Warning: column city has a category that training did not have in 400 of 400 values, 100 %;"
                        + " in training in 0 %")
                .containsPattern("Warning: \\d+ of 400 rows are flagged, [0-9.]+ %, but of rows as in training")
                .doesNotContain("column amount", "column size");
    }

    @Test
    void toFailOnAlarmIsExitCode7WithTheScoresThere() throws IOException {
        command.write("rows.csv", csv(5000, 5400, row -> row.toUpperCase(Locale.ROOT)));

        assertThat(command.run(SCORE + " --fail-on-alarm")).isEqualTo(7);

        assertThat(SharedSpark.session().read().parquet(directory + "/out").count())
                .isEqualTo(400);
        assertThat(command.output()).containsPattern("rows +400\n");
    }

    @Test
    void aHandfulOfRowsRaisesNone() throws IOException {
        command.write("rows.csv", csv(5000, 5006, row -> row.toUpperCase(Locale.ROOT)));

        assertThat(command.run(SCORE + " --fail-on-alarm")).as(command.errors()).isZero();
    }

    @Test
    void numbersOutOfRangeMissingOnesAndConstantOnesAreNamed() throws IOException {
        command.write("rows.csv", csv(5000, 5400, row -> {
            String[] cells = row.split(",", -1);
            return String.join(",", cells[0], "9" + cells[1] + "1", "", "BERG");
        }));

        assertThat(command.run(SCORE)).as(command.errors()).isZero();

        assertThat(command.errors())
                .contains("Warning: column amount is outside the range of training, ")
                .contains("Warning: column size has no value in 400 of 400 rows, 100 %; in training in ")
                .contains("Warning: column kind is BERG in all 400 rows that have a value; in training in at most ");
    }

    @Test
    void aStreamTellsAnAlarmOnceAndCanFail() throws IOException {
        command.write("in/1.csv", csv(5000, 5400, row -> row));
        assertThat(command.run(STREAM + " --fail-on-alarm"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).doesNotContain("Warning");

        command.write("in/2.csv", csv(6000, 6400, row -> row.toUpperCase(Locale.ROOT)));
        assertThat(command.run(STREAM + " --fail-on-alarm")).isEqualTo(7);
        assertThat(command.errors()).containsOnlyOnce("Warning: column city has a category that training did not have");
        assertThat(command.output()).containsPattern("rows +400\n");

        command.write("in/3.csv", csv(7000, 7400, row -> row.toUpperCase(Locale.ROOT)));
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.errors()).contains("Warning: column city");
        assertThat(SharedSpark.session().read().parquet(directory + "/out").count())
                .isEqualTo(1200);
    }

    @Test
    void anEndlessStreamEndsWithAnAlarmThatIsToBeAFailure() throws IOException {
        command.write("in/1.csv", csv(5000, 5400, row -> row.toUpperCase(Locale.ROOT)));

        assertThat(command.run(STREAM + " --trigger 200ms --fail-on-alarm")).isEqualTo(7);

        assertThat(SharedSpark.session().read().parquet(directory + "/out").count())
                .isEqualTo(400);
    }

    /** City, amount, size and kind. */
    private static String csv(int from, int to, UnaryOperator<String> change) {
        return "city,amount,size,kind\n"
                + IntStream.range(from, to)
                        .mapToObj(AlarmIT::row)
                        .map(change)
                        .map(row -> row + "\n")
                        .collect(Collectors.joining());
    }

    private static String row(int i) {
        Random random = new Random(i);
        random.nextInt();
        int city = random.nextInt(3);
        // In capitals, so that a change of spelling is one of the city alone.
        return String.format(
                Locale.ROOT,
                "%s,%.3f,%s,%s",
                new String[] {"Bonn", "Köln", "Trier"}[city],
                50 + 10 * city + 3 * random.nextGaussian(),
                random.nextInt(20) == 0 ? "" : String.format(Locale.ROOT, "%.3f", city + 0.3 * random.nextGaussian()),
                new String[] {"BERG", "TAL", "SEE"}[random.nextInt(3)]);
    }
}
