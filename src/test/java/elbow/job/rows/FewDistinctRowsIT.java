package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import elbow.job.console.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on tables of which many rows are equal. */
class FewDistinctRowsIT {
    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void start() {
        SharedSpark.session();
    }

    @BeforeEach
    void open() {
        command = new CommandLineRun(directory);
    }

    @Test
    void aSurveyOfSixteenDifferentAnswersIsTrainedOnAndAboutATenthHeldOut() throws IOException {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("x,y,z,w\n");
        for (int i = 0; i < 2000; i++) {
            table.append(random.nextInt(2))
                    .append(',')
                    .append(random.nextInt(2))
                    .append(',');
            table.append(random.nextInt(2))
                    .append(',')
                    .append(random.nextInt(2))
                    .append('\n');
        }
        command.write("survey.csv", table.toString());

        assertThat(train("survey.csv")).as(command.errors()).isZero();

        assertThat(figure("validationRows")).isBetween(184, 216);
        assertThat(command.errors())
                .containsPattern("Split: 2,000 of the 2,000 rows are copies of 16 rows that each more than 1 %");
    }

    @Test
    void aRowThatMostAreCopiesOfIsOnBothSides() throws IOException {
        Random random = new Random(2);
        StringBuilder table = new StringBuilder("x,y\n");
        for (int i = 0; i < 1000; i++) {
            table.append(i % 5 < 3 ? "0.5,7" : random.nextGaussian() + "," + random.nextGaussian())
                    .append('\n');
        }
        command.write("common.csv", table.toString());
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(train("common.csv --overwrite -D seed=" + seed))
                    .as(command.errors())
                    .isZero();
            assertThat(figure("validationRows")).isBetween(69, 131);
        }
    }

    @Test
    void rowsThatAreAllTheSameAreConstantNotTooFew() throws IOException {
        command.write("same.csv", "x,y\n" + "1.5,2.5\n".repeat(50));

        assertThat(train("same.csv")).isEqualTo(3);

        assertThat(command.errors())
                .contains("x is constant: every value is 1.5, y is constant: every value is 2.5")
                .doesNotContain("give more rows");
    }

    private int train(String input) {
        return command.run("train --model model --json figures.json -D training.epochs=1 -D training.replicas=1"
                + " --input " + input);
    }

    private int figure(String name) throws IOException {
        return (int) Figures.parse(Files.readString(directory.resolve("figures.json")), "figures.json")
                .number(name)
                .orElseThrow();
    }
}
