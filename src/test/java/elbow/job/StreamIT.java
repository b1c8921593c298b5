package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of files as they come. */
class StreamIT {
    private static final String STREAM =
            "score --stream --model model --input in --output out --checkpoint checkpoint --keep id,a";

    @TempDir
    private static Path trained;

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun run = new CommandLineRun(trained);
        run.write("rows.csv", csv(0, 600));
        assertThat(run.run("train --input rows.csv --ignore id --model model -D training.epochs=10 -D"
                        + " training.replicas=2 -D scoring.samples=2"))
                .as(run.errors())
                .isZero();
    }

    @BeforeEach
    void modelInPlace() throws IOException {
        command = new CommandLineRun(directory);
        command.copyModel(trained.resolve("model"), "model");
    }

    @Test
    void parquetFilesAreScoredOnceEachAsScoreDoes() throws IOException {
        parquet("first", 0, 300);
        parquet("second", 300, 500);
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +500\n");
        assertThat(streamed()).hasSize(500).isEqualTo(batch("in"));

        parquet("third", 500, 650);
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +150\n");
        assertThat(streamed()).hasSize(650).isEqualTo(batch("in"));

        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +0\n");
        assertThat(streamed()).hasSize(650);
    }

    @Test
    void csvFilesWithGapsAreScoredAsScoreDoes() throws IOException {
        command.write("in/1.csv", csv(0, 200));
        assertThat(command.run(STREAM + " --explain 2")).as(command.errors()).isZero();
        // Whole numbers and texts of missing values where the first file has neither.
        command.write("in/2.csv", csv(200, 300) + "300,?,red,5\n301,2,,7\n");
        assertThat(command.run(STREAM + " --explain 2")).as(command.errors()).isZero();

        assertThat(streamed()).hasSize(302).isEqualTo(batch("in"));
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory + "/out")
                        .filter("size(contributions) = 4")
                        .count())
                .isEqualTo(302);
    }

    @Test
    void jsonLinesAreScoredAsScoreDoes() throws IOException {
        command.write("in/1.json", json(0, 100));
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        command.write("in/2.json", json(100, 150));
        assertThat(command.run(STREAM)).as(command.errors()).isZero();

        assertThat(streamed()).hasSize(150).isEqualTo(batch("in"));
    }

    /** Spark's own rule is a week: older files that come later are passed over without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void anOldFileThatComesLaterIsScored(String format) throws IOException {
        command.write("in/1." + format, format.equals("csv") ? csv(0, 50) : json(0, 50));
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        command.write("in/2." + format, format.equals("csv") ? csv(50, 60) : json(50, 60));
        Files.setLastModifiedTime(
                directory.resolve("in/2." + format), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +10\n");
        assertThat(streamed()).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void aFileOfNoBytesHasNoRows(String format) throws IOException {
        command.write("in/1." + format, format.equals("csv") ? csv(0, 50) : json(0, 50));
        command.write("in/2." + format, "");

        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(command.output()).containsPattern("rows +50\n");
    }

    @Test
    void aBadRowEndsTheRunAndIsNamed() throws IOException {
        command.write("in/1.csv", csv(0, 50));
        assertThat(command.run(STREAM)).isZero();
        command.write("in/2.csv", csv(50, 60) + "61,nonsense,red,3\n");

        assertThat(command.run(STREAM)).isEqualTo(3);
        assertThat(command.errors()).contains("column a must have a finite number", "nonsense");
        assertThat(streamed()).hasSize(50);
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a stream fails over a bad row",
            promised = "gone on with once the file is right, each row once")
    void aFirstRunThatFailedIsGoneOnWithOnceItsFileIsRight() throws IOException {
        command.write("in/1.csv", csv(0, 50));
        command.write("in/2.csv", csv(50, 60) + "61,nonsense,red,3\n");
        assertThat(command.run(STREAM)).isEqualTo(3);
        assertThat(command.errors()).contains("2.csv: in line 12, column a must have a finite number");

        command.write("in/2.csv", csv(50, 60));
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        assertThat(streamed()).hasSize(60).isEqualTo(batch("in"));
    }

    @Test
    void aFileWithAnotherHeaderIsNamed() throws IOException {
        command.write("in/1.csv", csv(0, 50));
        command.write("in/2.csv", csv(50, 60).replaceFirst("id,", "number,"));

        assertThat(command.run(STREAM)).isEqualTo(3);
        assertThat(command.errors()).contains("must have one header", "1.csv", "2.csv");
    }

    @Test
    void anIntervalRunsUntilItIsStopped() throws Exception {
        parquet("first", 0, 100);
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> command.run(STREAM + " --trigger 200ms"));
        StreamingQuery query = begun(run);
        query.processAllAvailable();
        assertThat(streamed()).hasSize(100);
        parquet("second", 100, 220);
        query.processAllAvailable();
        query.stop();
        assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(streamed()).hasSize(220).isEqualTo(batch("in"));
    }

    @Test
    void rowsOfMoreBatchesThanAQueryRemembersAreCounted() throws Exception {
        String key = "spark.sql.streaming.numRecentProgressUpdates";
        SharedSpark.session().conf().set(key, 2);
        try {
            parquet("batch0", 0, 10);
            CompletableFuture<Integer> run =
                    CompletableFuture.supplyAsync(() -> command.run(STREAM + " --trigger 50ms"));
            StreamingQuery query = begun(run);
            for (int i = 1; i < 6; i++) {
                query.processAllAvailable();
                parquet("batch" + i, 10 * i, 10 * i + 10);
            }
            query.processAllAvailable();
            query.stop();
            assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
            assertThat(command.output()).containsPattern("rows +60\n");
        } finally {
            SharedSpark.session().conf().unset(key);
        }
    }

    @Test
    void aLaterParquetFileOfAnotherTypeIsNamed() throws Exception {
        parquet("1", 0, 50);
        assertThat(command.run(STREAM)).as(command.errors()).isZero();
        SparkSession spark = SharedSpark.session();
        spark.read()
                .parquet(directory.resolve("in/1.parquet").toString())
                .withColumn("n", functions.col("n").cast("timestamp"))
                .coalesce(1)
                .write()
                .parquet(directory.resolve("staging").toString());
        try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
            Files.move(
                    files.filter(file -> file.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow(),
                    directory.resolve("in/2.parquet"));
        }

        assertThat(command.run(STREAM)).isEqualTo(3);
        assertThat(command.errors())
                .contains("column n must have one type in all files, but is int in the first and INT", "2.parquet")
                .doesNotContain("unexpected");
    }

    @Test
    void outputAndCheckpointBelongTogether() throws IOException {
        parquet("first", 0, 100);
        assertThat(command.run(STREAM)).as(command.errors()).isZero();

        assertThat(command.run(STREAM.replace("--checkpoint checkpoint", "--checkpoint other")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--checkpoint must be that of the stream that wrote --output");
        assertThat(command.run(STREAM.replace("--output out", "--output other")))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("--output must be the directory that the stream of --checkpoint writes to");
        assertThat(command.run(STREAM.replace("--keep id,a", "--keep id"))).isEqualTo(2);
        assertThat(command.errors()).contains("--output must have the columns of the runs before");
        command.write("mine/file", "mine");
        assertThat(command.run(
                        STREAM.replace("--output out --checkpoint checkpoint", "--output mine --checkpoint new")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("is something else: name another");
        assertThat(streamed()).hasSize(100);
    }

    @Test
    void optionsThatStreamsDoNotSupportAreRefused() throws IOException {
        parquet("first", 0, 10);
        assertThat(command.run("score --stream --model model --input in --output out"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--stream must have a --checkpoint");
        assertThat(command.run("score --model model --input in --output out --trigger 5s"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--checkpoint and --trigger must be given with --stream");
        assertThat(command.run(STREAM + " --overwrite")).isEqualTo(2);
        assertThat(command.errors()).contains("--overwrite must not be given with --stream");
        assertThat(command.run(STREAM + " --output-format csv")).isEqualTo(2);
        assertThat(command.errors()).contains("--output-format must be parquet, delta or iceberg with --stream");
        assertThat(command.run(STREAM + " --trigger soon")).isEqualTo(2);
        assertThat(command.errors()).contains("must be available-now or an interval such as 30s, 5m or 1h");
        assertThat(command.run(STREAM.replace("--output out", "--output in/out")))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--output must be apart from --input");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    /** The query of a run that goes on, once it is there. */
    private StreamingQuery begun(CompletableFuture<Integer> run) throws Exception {
        for (int i = 0; i < 600; i++) {
            for (StreamingQuery query : SharedSpark.session().streams().active()) {
                return query;
            }
            try {
                throw new AssertionError("ended with " + run.get(100, TimeUnit.MILLISECONDS) + command.errors());
            } catch (TimeoutException e) {
                // It is still at work.
            }
        }
        throw new AssertionError("no query after a minute");
    }

    private List<String> streamed() {
        return scores("out");
    }

    private List<String> batch(String input) {
        assertThat(command.run("score --model model --input " + input + " --output batch --overwrite --keep id,a"))
                .as(command.errors())
                .isZero();
        return scores("batch");
    }

    /** Keys and all scores, but for contributions and the time. */
    private List<String> scores(String output) {
        return SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .selectExpr(
                        "cast(id as int) id",
                        "try_cast(a as double) a",
                        "elbo",
                        "reconstruction",
                        "kl",
                        "importance_weighted_bound",
                        "anomaly_score",
                        "tail_probability",
                        "is_anomaly",
                        "model_id")
                .orderBy("id")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }

    private void parquet(String name, int from, int to) throws IOException {
        SparkSession spark = SharedSpark.session();
        Path staging = directory.resolve("staging-" + name);
        spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(spark.createDataset(Arrays.asList(csv(from, to).split("\n", -1)), Encoders.STRING()))
                .coalesce(1)
                .write()
                .parquet(staging.toString());
        try (Stream<Path> files = Files.list(staging)) {
            Path part = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(directory.resolve("in"));
            Files.move(part, directory.resolve("in").resolve(name + ".parquet"));
        }
    }

    private static String csv(int from, int to) {
        StringBuilder lines = new StringBuilder("id,a,colour,n\n");
        IntStream.range(from, to)
                .mapToObj(StreamIT::row)
                .forEach(row -> lines.append(String.join(",", row)).append('\n'));
        return lines.toString();
    }

    private static String json(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            List<String> row = row(i);
            // Whole numbers where the first file has nothing else.
            String a = from == 0 ? Integer.toString(i % 3) : row.get(1);
            lines.append("{\"id\":%s,\"a\":%s,\"colour\":\"%s\",\"n\":%s}\n"
                    .formatted(row.get(0), a, row.get(2), row.get(3)));
        }
        return lines.toString();
    }

    private static List<String> row(int i) {
        Random random = new Random(i);
        random.nextInt();
        int kind = random.nextInt(3);
        return List.of(
                Integer.toString(i),
                Double.toString(kind + random.nextGaussian()),
                new String[] {"red", "green", "blue"}[kind],
                Integer.toString((int) (3 * Math.exp(random.nextGaussian()))));
    }
}
