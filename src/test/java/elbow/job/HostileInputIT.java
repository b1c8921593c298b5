package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against what users do by mistake: the exit code, the one line, and that nothing is lost. */
class HostileInputIT {
    private static final String QUICK = "-D training.epochs=1 -D training.replicas=2 -D scoring.samples=1";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String table = "";

    @BeforeEach
    void writeRows() throws IOException {
        SharedSpark.session();
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder("a.b,x y,`\n");
        for (int i = 0; i < 200; i++) {
            rows.append(random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',')
                    .append(i % 7);
            rows.append('\n');
        }
        table = rows.toString();
        write("rows.csv", table);
    }

    @Test
    void columnNamesMayHoldDotsBlanksAndBackticks() {
        assertThat(run(
                        "train",
                        "--input rows.csv --model model " + QUICK,
                        "--where",
                        "`a.b` > -9",
                        "--select",
                        "a.b,x y,`"))
                .isZero();
        for (String format : List.of("csv", "json", "parquet")) {
            assertThat(run(
                            "score",
                            "--model model --input rows.csv --output " + format + " --output-format " + format,
                            "--keep",
                            "a.b,x y,`"))
                    .isZero();
        }
    }

    @Test
    void scoresNeverOverwriteTheirInput() throws IOException {
        assertThat(run("train", "--input rows.csv --model model " + QUICK)).isZero();
        SharedSpark.session()
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(directory + "/rows.csv")
                .write()
                .parquet(directory + "/table");

        assertThat(run("score", "--model model --input table --output table --overwrite"))
                .isEqualTo(2);

        assertThat(errors()).contains("--output must not be or hold what --input reads, but", "table is; name another");
        assertThat(SharedSpark.session().read().parquet(directory + "/table").count())
                .isEqualTo(200);
    }

    @Test
    void modelOverwritesNothingButAModel() throws IOException {
        write("home/thesis.txt", "mine");

        assertThat(run("train", "--input rows.csv --model home --overwrite " + QUICK))
                .isEqualTo(2);
        assertThat(errors()).contains("--overwrite replaces only a directory that has a manifest.json");
        assertThat(directory.resolve("home/thesis.txt")).hasContent("mine");

        assertThat(run("train", "--input rows.csv --model rows.csv/model " + QUICK))
                .isEqualTo(2);
        assertThat(errors()).contains("--model must name a directory that can be made");
    }

    @Test
    void keptColumnNamedLikeAScoreIsBadUsage() throws IOException {
        write("clash.csv", table.replaceFirst("`", "ELBO"));
        assertThat(run("train", "--input clash.csv --model model " + QUICK)).isZero();

        assertThat(run("score", "--model model --input clash.csv --output scores --keep ELBO"))
                .isEqualTo(2);
        assertThat(errors()).contains("--keep must not name ELBO, which the output has already: leave it out, or");
        assertThat(run("score", "--model model --input clash.csv --output scores --keep a.b,a.b"))
                .isEqualTo(2);
        assertThat(errors()).contains("--keep must not name a.b, which the output has already: leave it out");
        assertThat(directory.resolve("scores")).doesNotExist();
    }

    @Test
    void nestedColumnsAreLeftOutAndKeptOnlyWhereTheFormatAllows() {
        SharedSpark.session()
                .sql("SELECT id % 13 AS x, id % 7 AS y, struct(map('k', id) AS m) AS s, array(id) AS v FROM range(200)")
                .write()
                .parquet(directory + "/nested");
        assertThat(run("train", "--input nested --model model " + QUICK)).isZero();
        assertThat(errors()).contains("2 columns; left out: s (of type struct<m:map<string,bigint>>");

        assertThat(run("score", "--model model --input nested --output scores --keep s,v --output-format csv"))
                .isEqualTo(2);
        assertThat(errors())
                .contains("--keep must name columns that a CSV field can hold, but s is of type"
                        + " struct<m:map<string,bigint>>: leave it out, or choose another --output-format");
        assertThat(directory.resolve("scores")).doesNotExist();
        assertThat(run("score", "--model model --input nested --output scores --keep s,v --output-format json"))
                .isZero();
    }

    @Test
    void ignoringEveryColumnIsBadUsage() {
        assertThat(run("train", "--input rows.csv --model model " + QUICK, "--ignore", "a.b,x y,`"))
                .isEqualTo(2);
        assertThat(errors()).contains("--ignore must leave a column to train on, but of a.b, x y, ` none is left");
    }

    @Test
    void validationRowsMustHaveTheColumns() throws IOException {
        write("other.csv", "a.b,x y\n1,2\n3,4\n");

        assertThat(run("train", "--input rows.csv --validation other.csv --model model " + QUICK))
                .isEqualTo(3);
        assertThat(errors())
                .contains(
                        "--validation must have the columns of the rows to train on, but has no \"`\" among a.b, x y");
    }

    @Test
    void gzipByNameOnlyOrByContentOnlyIsBadInput() throws IOException {
        write("named.csv.gz", table);
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(directory.resolve("packed.csv")))) {
            packed.write(table.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run("train", "--input named.csv.gz --model model " + QUICK)).isEqualTo(3);
        assertThat(errors()).contains("named.csv.gz must be gzip exactly if its name ends with .gz, but is not");
        assertThat(run("train", "--input packed.csv --model model " + QUICK)).isEqualTo(3);
        assertThat(errors()).contains("packed.csv must be gzip exactly if its name ends with .gz, but is gzip");
    }

    @Test
    void settingsOfLaterStepsAreValidatedFirst() {
        assertThat(run("train", "--input rows.csv --model model -D report.images=0 " + QUICK))
                .isEqualTo(2);
        assertThat(errors()).contains("report.images must be a whole number of at least 1, but is 0");
        assertThat(errors()).doesNotContain("Data:");
    }

    /** Runs a command; words after --input, --model and the like that name files are taken from the directory. */
    private int run(String command, String options, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        String last = "";
        for (String word : options.split(" ", -1)) {
            boolean path =
                    List.of("--input", "--model", "--output", "--validation").contains(last);
            arguments.add(path ? directory.resolve(word).toString() : word);
            last = word;
        }
        arguments.addAll(Arrays.asList(more));
        err.reset();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(Console.plain(nowhere, errors), arguments.toArray(String[]::new));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
