package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.data.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input, each case with its exit code and its line; and what --quarantine makes of it. */
class BadInputIT {
    private static final String QUICK =
            " -D training.epochs=1 -D training.replicas=2 -D scoring.samples=1 -D report.images=1";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void prepare() {
        SharedSpark.session();
        command = new CommandLineRun(directory);
    }

    @Test
    void noUsableColumnIsNamedColumnByColumn() throws IOException {
        String rows = IntStream.range(0, 60).mapToObj(i -> "1,name " + i + "\n").collect(Collectors.joining());
        command.write("same.csv", "a,b\n" + rows);
        assertBadInput(
                "same.csv",
                "the training rows must have a column that can be modelled (numbers that vary, categories, truth values,"
                        + " times, images), but have none: a is constant: every value is 1, b is an identifier or free"
                        + " text: as many different texts as rows");
    }

    @Test
    void aFileOfNumbersWithoutAHeaderIsRefusedUnlessItsColumnsAreNamed() throws IOException {
        command.write("bare.csv", numbers(300));
        assertBadInput("bare.csv", "must start with a line of column names, but its first line is");
        assertThat(command.run("inspect --input bare.csv --columns a,b")).isZero();
        assertThat(command.output()).contains("a       ordinal", "b       real");
        assertThat(command.run("inspect --input bare.csv --columns a,b,c")).isEqualTo(2);
        assertThat(command.errors()).contains("--columns must name the 2 columns of file:");
    }

    @Test
    void malformedNumberIsNamedWithItsFileAndRow() throws IOException {
        command.write("words.csv", "a,b\n" + numbers(300) + "5,oops\n");
        assertBadInput(
                "words.csv",
                "column b must have a number in every row that has a value, but 1 of",
                " have not, such as \"oops\"",
                "words.csv, row \"{\"a\":5,\"b\":\"oops\"}\"",
                "set such rows aside (--quarantine)");
    }

    @Test
    void anInfinityIsNamed() throws IOException {
        command.write("infinite.csv", "a,b\n" + numbers(300) + "5,-Infinity\n");
        assertBadInput("infinite.csv", "column b must have a finite number in every row that has a value, but 1 of");
    }

    @Test
    void badRowsAreQuarantinedWithReasonAndFile() throws IOException {
        command.write("bad.csv", "a,b\n" + numbers(300) + "5,oops\n6\n7,inf\n");
        assertThat(command.run("train --input bad.csv --model model --quarantine bad --json train.json" + QUICK))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("Bad rows: 3 set aside in ");
        assertThat(Files.readString(directory.resolve("train.json"))).contains("\"setAside\" : 3");
        List<Row> bad = SharedSpark.session()
                .read()
                .parquet(directory + "/bad")
                .orderBy("reason")
                .collectAsList();
        assertThat(bad)
                .extracting(row -> row.getString(0))
                .containsExactly(
                        "a CSV row must have 2 values as the header has, but has 1",
                        "column b must have a finite number in every row that has a value, but one value is \"oops\"",
                        "column b must have a finite number in every row that has a value, but one value is Infinity");
        assertThat(bad).allSatisfy(row -> assertThat(row.getString(1)).endsWith("/bad.csv"));
        assertThat(bad)
                .extracting(row -> row.getString(2))
                .containsExactly("6", "{\"a\":5,\"b\":\"oops\"}", "{\"a\":7,\"b\":\"inf\"}");

        assertThat(command.run("score --model model --input bad.csv --output scores"))
                .isEqualTo(3);
        assertThat(command.run("score --model model --input bad.csv --output scores --quarantine bad2"))
                .isZero();
        assertThat(SharedSpark.session().read().parquet(directory + "/scores").count())
                .isEqualTo(300);
        assertThat(command.output()).contains("setAside   3");
        assertThat(command.run("score --model model --input bad.csv --output scores2 --quarantine bad2"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--quarantine must name a directory that does not exist yet");
    }

    @Test
    void aColumnOfAnotherTypeAtScoringIsNamed() throws IOException {
        SharedSpark.session()
                .sql("SELECT id % 7 * 0.5D AS x, cast(id % 11 AS double) AS y FROM range(300)")
                .write()
                .parquet(directory + "/typed");
        SharedSpark.session()
                .sql("SELECT id * 0.5D AS x, concat('v', id) AS y FROM range(3)")
                .write()
                .parquet(directory + "/other");
        assertThat(command.run("train --input typed --model model" + QUICK)).isZero();
        assertThat(command.run("score --model model --input other --output scores"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("column y must be a number as in training, but is of type string");
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        SharedSpark.session()
                .range(1000)
                .selectExpr("id * 0.5 AS x")
                .coalesce(1)
                .write()
                .parquet(directory + "/p");
        SharedSpark.session()
                .range(1000)
                .selectExpr("id * 0.5 AS x")
                .coalesce(1)
                .write()
                .orc(directory + "/o");
        for (String format : List.of("p", "o")) {
            Path part;
            try (var files = Files.list(directory.resolve(format))) {
                part = files.filter(file -> file.getFileName().toString().startsWith("part"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] whole = Files.readAllBytes(part);
            String extension = format.equals("p") ? ".parquet" : ".orc";
            command.write("cut" + extension, Arrays.copyOf(whole, whole.length / 2));
            assertBadInput("cut" + extension, "the input cannot be read", "cut" + extension);
        }
        command.write("cut.avro", "Obj\u0001 and no more of it");
        assertBadInput("cut.avro", "the input cannot be read");
        command.write("cut.json", "{\"a\": 1}\n{\"a\": \n");
        assertBadInput(
                "cut.json",
                "cut.json: the row in line 2 must be an object with values of the types inferred for its fields, but"
                        + " cannot be read: \"{\"a\": \"");
        command.write("bad.libsvm", "1 1:0.5 2:1\n0 1:x\n");
        assertBadInput("bad.libsvm", "bad.libsvm: behind its label a row must have index:value pairs");
    }

    @Test
    void unreadableImagesAreNamedOrQuarantined() throws IOException {
        for (int i = 0; i < 30; i++) {
            command.write("pictures/" + i + ".png", Images.plain("png", 4, 4, 0x010101 * 8 * i));
        }
        byte[] good = Images.greyPng(4, 4);
        command.write("pictures/cut.png", Arrays.copyOf(good, 40));
        assertBadInput("pictures", "column image must have an image in every row", "pictures/cut.png");

        command.write("pictures/bomb.png", Images.bomb(100_000, 100_000));
        command.write("pictures/large.png", Images.greyPng(5, 5));
        assertThat(command.run("train --input pictures --model model --quarantine bad" + QUICK))
                .as(command.errors())
                .isZero();
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory + "/bad")
                        .select("reason", "source_file")
                        .collectAsList())
                .extracting(row -> row.getString(1).replaceAll(".*/", "") + ": "
                        + row.getString(0).replaceAll("damaged.*", "damaged"))
                .containsExactlyInAnyOrder(
                        "cut.png: column image must hold images (PNG, JPEG, GIF or BMP), but one is damaged",
                        "bomb.png: column image must hold images (PNG, JPEG, GIF or BMP), but one states 100000 x 100000"
                                + " pixels, and 67108864 is the most that is read",
                        "large.png: column image must hold images of 4 x 4, but one has 5 x 5: resize all with"
                                + " data.image.height and data.image.width");
    }

    @Test
    void oneRowIsTooFewAndTenThousandColumnsAreNotTooMany() throws IOException {
        command.write("one.csv", "a,b\n1,2\n");
        assertBadInput("one.csv", "training and validation must each get a row, but of 1 rows");
        String header = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String rows = IntStream.range(0, 20)
                .mapToObj(row -> IntStream.range(0, 10_000)
                        .mapToObj(i -> Integer.toString((row * 7 + i) % 11))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        command.write("wide.csv", header + "\n" + rows + "\n");
        assertThat(command.run("inspect --input wide.csv -D data.maximum-levels=2"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).contains("columns         10000", "used            10000");
    }

    @Test
    void invalidConditionListsTheUsersColumns() throws IOException {
        command.write("rows.csv", "a,b\n" + numbers(300));
        for (String condition : List.of("c > 1", "a +", "a + 1", "elbow.fault is null")) {
            for (String quarantine : List.of("", " --quarantine bad")) {
                assertThat(command.run(
                                "train --input rows.csv --model model" + QUICK + quarantine, "--where", condition))
                        .as(condition)
                        .isEqualTo(2);
                assertThat(command.errors())
                        .contains(
                                "--where must be an SQL condition on the columns a, b, but is \"" + condition + "\": ")
                        .doesNotContain("unexpected", "SQLSTATE", "[", "line 1", "elbow.source", "elbow.line");
            }
        }
        assertThat(command.run("train --input rows.csv --model model" + QUICK, "--select", "a,c"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--select must name columns of the input, but \"c\" is none of them: a, b");
    }

    @Test
    void aRowOverWhichAConditionFailsIsBadInput() throws IOException {
        command.write("rows.csv", "a,b\n" + numbers(300));
        SharedSpark.session().conf().set("spark.sql.ansi.enabled", true);
        try {
            assertThat(command.run("inspect --input rows.csv", "--where", "1 / (cast(a as int) - 3) < 9"))
                    .as(command.errors())
                    .isEqualTo(3);
        } finally {
            SharedSpark.session().conf().unset("spark.sql.ansi.enabled");
        }
        assertThat(command.errors())
                .contains("--where must have a value for every row, but has none for one: Division by zero")
                .doesNotContain("DIVIDE_BY_ZERO");
    }

    @Test
    void aPlaceOnNoKnownFileSystemIsNamed() throws IOException {
        command.write("rows.csv", "a,b\n" + numbers(300));
        for (String place : List.of("nosuch://x/rows", "hdfs://no.such.host.invalid:1/rows")) {
            assertThat(command.run("inspect", "--input", place)).isEqualTo(3);
            assertThat(command.errors()).contains(place).doesNotContain("unexpected");
            assertThat(command.run("train --input rows.csv" + QUICK, "--model", place))
                    .isEqualTo(2);
            assertThat(command.errors()).contains(place).doesNotContain("unexpected");
        }
    }

    @Test
    void unusableColumnsAreRefusedOnRequest() throws IOException {
        command.write("same.csv", "a,b,c\n" + numbers(50).replace("\n", ",1\n"));
        assertThat(command.run("inspect --input same.csv -D data.unusable=refuse"))
                .isEqualTo(3);
        assertThat(command.errors())
                .contains("every column must be of use (data.unusable is refuse), but c is constant: every value is 1:"
                        + " leave it out with --ignore, or give its type in data.types");
    }

    @Test
    void namesMayHaveDotsBlanksAndLettersOfAnyScript() throws IOException {
        command.write(
                "names.csv",
                "a.b,größe in m²,名前\n" + numbers(60).replace("\n", ",見\n").replaceFirst("見", "聞"));
        assertThat(command.run("train --input names.csv --model model" + QUICK))
                .as(command.errors())
                .isZero();
        assertThat(command.run("score --model model --input names.csv --output scores", "--keep", "größe in m²,名前"))
                .isZero();
    }

    private void assertBadInput(String input, String... parts) {
        assertThat(command.run("train --input " + input + " --model model" + QUICK))
                .as(command.errors())
                .isEqualTo(3);
        assertThat(command.errors()).contains(parts);
        assertThat(directory.resolve("model")).doesNotExist();
    }

    /** Lines of a whole number from 0 to 16 and a number. */
    private static String numbers(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(i % 17).append(',').append(Math.sin(i)).append('\n');
        }
        return lines.toString();
    }
}
