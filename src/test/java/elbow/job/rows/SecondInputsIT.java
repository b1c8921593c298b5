package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a command reads beside those that a model or another table was made of must have their columns. */
class SecondInputsIT {
    private static final String QUICK = " -D training.epochs=1 -D training.replicas=1 -D scoring.samples=1";

    @TempDir
    private static Path directory;

    private static CommandLineRun command;

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        for (String ending : new String[] {"csv", "jsonl"}) {
            command.write("rows." + ending, rows(ending, true));
            command.write("lacking." + ending, rows(ending, false));
        }
        assertThat(command.run("train --input rows.csv --model model" + QUICK))
                .as(command.errors())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --input rows.csv --validation lacking.csv --model other" + QUICK,
                "train --input rows.jsonl --validation lacking.jsonl --model other" + QUICK,
                "train --input rows.csv --validation lacking.csv --quarantine bad --model other" + QUICK,
                "train --dry-run --input rows.csv --validation lacking.csv --model other" + QUICK,
                "tune --input rows.csv --validation lacking.csv --output search" + QUICK
            })
    void validationRowsWithoutAColumnAreRefusedByItsName(String words) {
        assertThat(command.run(words)).as(command.output()).isEqualTo(3);
        assertThat(command.errors())
                .contains("--validation must have the columns of the rows to train on, but has no \"y\" among x, z");
        assertThat(directory.resolve("other")).doesNotExist();
        assertThat(directory.resolve("search/winner.conf")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score --model model --output scores --input lacking.csv",
                "score --model model --output scores2 --input lacking.jsonl",
                "evaluate --model model --input lacking.csv",
                "calibrate --model model --input lacking.jsonl"
            })
    void rowsForAModelWithoutAColumnAreRefusedUnlessItIsToBeMissing(String words) {
        assertThat(command.run(words)).isEqualTo(3);
        assertThat(command.errors())
                .contains("column y must be a number, but is missing among x, z (--absent-as-missing takes a column");

        assertThat(command.run(words + " --absent-as-missing"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("Absent columns, taken as missing: y");
    }

    @Test
    void tablesThatAreComparedSayWhatTheyLack() {
        assertThat(command.run("evaluate --synthetic lacking.csv --input rows.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("column y is left out: the synthetic table has no such column");

        assertThat(command.run("evaluate --synthetic rows.csv --input rows.csv --holdout lacking.csv"))
                .isEqualTo(3);
        assertThat(command.errors())
                .contains("the held-out table must have the columns of the others, but y is missing among x, z");
    }

    private static String rows(String ending, boolean whole) {
        boolean csv = ending.equals("csv");
        String header = csv ? (whole ? "x,y,z\n" : "x,z\n") : "";
        String row = csv
                ? (whole ? "%s,%s,%s%n" : "%1$s,%3$s%n")
                : whole ? "{\"x\": %s, \"y\": %s, \"z\": \"%s\"}%n" : "{\"x\": %1$s, \"z\": \"%3$s\"}%n";
        return IntStream.range(0, 80)
                .mapToObj(i -> row.formatted(Math.sin(i), Math.cos(3 * i), "k" + i % 3))
                .collect(Collectors.joining("", header, ""));
    }
}
