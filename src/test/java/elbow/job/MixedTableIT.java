package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.job.console.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of every kind of column, with gaps, from a raw CSV file to scores. */
class MixedTableIT {
    private static final String QUICK =
            " -D training.epochs=30 -D training.replicas=2 -D training.batch-size=32 -D scoring.samples=4";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void writeRows() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.write("rows.csv", table(900));
    }

    @Test
    void inspectSaysWhatEachColumnIsAndWhy() {
        assertThat(command.run("inspect --input rows.csv")).as(command.errors()).isZero();
        assertThat(command.output().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .anyMatch(line ->
                        line.matches("colour\\|categorical\\|\\d+\\.\\d\\|3\\|.*\\|categorical\\|text of 3 values"))
                .anyMatch(line -> line.matches(
                        "grade\\|ordinal\\|0\\.0\\|5\\|1 \\.\\. 5\\|ordinal\\|5 whole numbers close together"))
                .anyMatch(
                        line -> line.matches(
                                "visits\\|count\\|\\d+\\.\\d\\|.*\\|negative-binomial\\|whole numbers from 0, variance above the mean"))
                .anyMatch(line ->
                        line.matches("price\\|positive\\|.*\\|log-normal\\|above 0, and near it for its spread"))
                .anyMatch(line -> line.matches(
                        "number\\|left out\\|.*\\|-\\|an identifier: as many different whole numbers as rows"))
                .anyMatch(line ->
                        line.matches("at\\|time\\|.*\\|gaussian\\|a point in time, as time of day, day of week"));
    }

    @Test
    void trainingLearnsEveryColumnAndScoresRowsWithGaps() throws IOException {
        assertThat(command.run("train --input rows.csv --model model --json train.json" + QUICK))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("colour", "an identifier: as many different whole numbers as rows");
        Figures figures = Figures.parse(Files.readString(directory.resolve("train.json")), "train.json");
        assertThat(figures.number("elboAfter").orElseThrow())
                .isGreaterThan(figures.number("elboBefore").orElseThrow() + 1);

        assertThat(command.run("score --model model --input rows.csv --output scores --keep number,colour"))
                .as(command.errors())
                .isZero();
        Dataset<Row> scores = SharedSpark.session().read().parquet(directory + "/scores");
        assertThat(scores.count()).isEqualTo(900);
        assertThat(scores.filter("elbo is null or isnan(elbo) or colour = '?'").count())
                .isEqualTo(scores.filter("colour = '?'").count());
        double mean = scores.selectExpr("avg(elbo)").head().getDouble(0);

        assertThat(command.run("evaluate --model model --input rows.csv --json evaluate.json"))
                .isZero();
        Figures evaluated = Figures.parse(Files.readString(directory.resolve("evaluate.json")), "evaluate.json");
        assertThat(evaluated.number("elbo").orElseThrow()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void unseenValuesAreScoredAsMoreAnomalous() throws IOException {
        assertThat(command.run("train --input rows.csv --model model" + QUICK)).isZero();
        String header = "number,colour,grade,visits,price,flag,at\n";
        command.write(
                "odd.csv",
                header + "1,red,3,3,20.5,1,2026-01-05T06:00:00\n" + "2,mauve,9,3,20.5,1,2026-01-05T06:00:00\n"
                        + "3,,3,,,,2026-01-05T06:00:00\n");
        assertThat(command.run("score --model model --input odd.csv --output scores --keep number --samples 8"))
                .as(command.errors())
                .isZero();
        var rows = SharedSpark.session()
                .read()
                .parquet(directory + "/scores")
                .orderBy("number")
                .collectAsList();
        assertThat(rows.get(1).<Double>getAs("anomaly_score"))
                .isGreaterThan(rows.get(0).<Double>getAs("anomaly_score") + 3);
        assertThat(rows.get(2).<Double>getAs("elbo")).isFinite();
    }

    private static String table(int count) {
        Random random = new Random(11);
        StringBuilder lines = new StringBuilder("number,colour,grade,visits,price,flag,at\n");
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(3);
            lines.append(1000 + i)
                    .append(',')
                    .append(random.nextInt(10) == 0 ? "?" : new String[] {"red", "green", "blue"}[kind])
                    .append(',')
                    .append(1 + (kind + random.nextInt(3)) % 5)
                    .append(',')
                    .append(random.nextInt(20) == 0 ? "" : Integer.toString((int) (Math.exp(kind) * random.nextInt(9))))
                    .append(',')
                    .append(Math.exp(kind + 0.8 * random.nextGaussian()))
                    .append(',')
                    .append(kind == 0 ? 0 : 1)
                    .append(',')
                    .append(String.format(
                            Locale.ROOT, "2026-01-%02dT%02d:00:00", 1 + i % 28, 8 * kind + random.nextInt(3)))
                    .append('\n');
        }
        return lines.toString();
    }
}
