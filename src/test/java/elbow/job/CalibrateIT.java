package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.console.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New thresholds for a trained model, from new rows. */
class CalibrateIT {
    @TempDir
    private static Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun command = new CommandLineRun(directory);
        command.write("rows.csv", table(3000, 1));
        command.write("reference.csv", table(20_000, 2));
        command.write("others.csv", table(20_000, 3));
        assertThat(command.run("train --input rows.csv --model trained -D training.epochs=20 -D training.replicas=2"
                        + " -D scoring.samples=2"))
                .as(command.errors())
                .isZero();
    }

    @BeforeEach
    void freshModel() throws IOException {
        command = new CommandLineRun(directory);
        Path model = directory.resolve("model");
        Files.createDirectories(model);
        try (Stream<Path> old = Files.list(model)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        command.copyModel(directory.resolve("trained"), "model");
    }

    /**
     * The share above is a mean of 20,000 rows, above a threshold that is a quantile of as many: its standard deviation
     * is sqrt(2 * 0.01 * 0.99 / 20,000) = 0.1 %. Data and seed are fixed, so that nothing varies here.
     */
    @Test
    void aThresholdForOnePercentFlagsOnePercentOfOtherRows() {
        for (String rule : List.of(
                "scoring.threshold=quantile",
                "scoring.threshold=contamination",
                "scoring.threshold=tail -D scoring.tail-risk=0.01 -D scoring.tail-quantile=0.95")) {
            assertThat(command.run("calibrate --model model --input reference.csv -D " + rule))
                    .as(command.errors())
                    .isZero();
            Dataset<Row> scores = scores("flagged");

            double share = scores.filter("is_anomaly").count() / 20_000.0;

            assertThat(share).as(rule).isBetween(0.008, 0.012);
        }
    }

    @Test
    void tailProbabilitiesOfOtherRowsAreUniform() {
        assertThat(command.run("calibrate --model model --input reference.csv")).isZero();
        Dataset<Row> scores = scores("uniform");
        for (double level : new double[] {0.5, 0.1, 0.01}) {
            double share = scores.filter("tail_probability <= " + level).count() / 20_000.0;
            // Five standard deviations: false-reject rate below 1e-6 each.
            double deviation = Math.sqrt(2 * level * (1 - level) / 20_000);
            assertThat(share).isBetween(level - 5 * deviation, level + 5 * deviation);
        }
    }

    @Test
    void newCalibrationIsAddedAndTheModelIsUnchanged() throws IOException {
        String manifest = Files.readString(directory.resolve("model/manifest.json"));
        String first = Files.readString(directory.resolve("model/calibration.json"));
        Figures before = inspected();

        assertThat(command.run("calibrate --model model --input reference.csv --json once.json"))
                .as(command.errors())
                .isZero();
        assertThat(command.run("calibrate --model model --input others.csv --samples 0 --json twice.json"
                        + " -D scoring.threshold-quantile=0.5"))
                .as(command.errors())
                .isZero();

        assertThat(Files.readString(directory.resolve("model/manifest.json"))).isEqualTo(manifest);
        assertThat(Files.readString(directory.resolve("model/calibration.json")))
                .isEqualTo(first);
        assertThat(recalibrations()).hasSize(2);
        try (Stream<Path> files = Files.list(directory.resolve("model"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
        Figures once = figures("once.json");
        Figures twice = figures("twice.json");
        assertThat(once.text("modelId")).isEqualTo(before.text("modelId"));
        assertThat(once.text("thresholdRule")).isEqualTo("99 % quantile");
        assertThat(twice.number("formerThreshold")).isEqualTo(once.number("threshold"));
        assertThat(twice.number("threshold").orElseThrow())
                .isLessThan(once.number("threshold").orElseThrow());
        assertThat(command.run("inspect --model model")).isZero();
        assertThat(command.output())
                .containsPattern("thresholdRule +50 % quantile")
                .containsPattern("calibrationRows +20000")
                .containsPattern("calibrationInputs .*others.csv");
    }

    @Test
    void damagedCalibrationIsRefusedUntilItIsRemoved() throws IOException {
        assertThat(command.run("calibrate --model model --input reference.csv")).isZero();
        Path file = recalibrations().get(0);
        String content = Files.readString(file);
        Files.writeString(file, content.replaceFirst("\"threshold\":", "\"threshold\":1"));

        assertThat(command.run("inspect --model model")).isEqualTo(4);
        assertThat(command.errors())
                .contains(
                        "must have the SHA-256 that its name begins with",
                        "remove it, and the calibration before it is in force again");
        Files.delete(file);
        assertThat(command.run("inspect --model model")).isZero();
        assertThat(command.output()).containsPattern("calibrationRows +\\d{3}\n");
    }

    @Test
    void aCalibrationOfAnotherModelIsRefused() throws IOException {
        assertThat(command.run("calibrate --model model --input reference.csv")).isZero();
        Path file = recalibrations().get(0);
        assertThat(command.run("train --input rows.csv --model another -D training.epochs=2 -D seed=7 -D"
                        + " training.replicas=2"))
                .as(command.errors())
                .isZero();
        Files.copy(file, directory.resolve("another").resolve(file.getFileName()));

        assertThat(command.run("inspect --model another")).isEqualTo(4);
        assertThat(command.errors()).contains("must be of model ", ", but is of model ");
    }

    @Test
    void unsuitableRulesAndRowsAreRefused() throws IOException {
        command.write("few.csv", table(300, 5));

        assertThat(command.run("calibrate --model model --input few.csv -D scoring.threshold=tail"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("scoring.threshold = tail must have at least 10 held-out rows");
        assertThat(command.run("calibrate --model model --input few.csv -D scoring.threshold=median"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("scoring.threshold must be one of quantile, contamination, tail");
        assertThat(command.run("calibrate --model model --input few.csv -D scoring.threshold=tail -D"
                        + " scoring.tail-risk=0.5"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("scoring.tail-risk must lie above 0 and below 1 - scoring.tail-quantile = 0.02");
        assertThat(recalibrations()).isEmpty();
        assertThat(command.run("train --input few.csv --model never -D scoring.threshold=tail"))
                .isEqualTo(3);
        assertThat(directory.resolve("never")).doesNotExist();
    }

    private Dataset<Row> scores(String output) {
        assertThat(command.run("score --model model --input others.csv --overwrite --output " + output))
                .as(command.errors())
                .isZero();
        return SharedSpark.session().read().parquet(directory.resolve(output).toString());
    }

    private Figures inspected() {
        assertThat(command.run("inspect --model model")).isZero();
        Figures figures = new Figures();
        command.output().lines().map(line -> line.split(" +", 2)).forEach(words -> {
            if (words.length == 2) {
                figures.add(words[0], words[1]);
            }
        });
        return figures;
    }

    private static Figures figures(String name) throws IOException {
        return Figures.parse(Files.readString(directory.resolve(name)), name);
    }

    private static List<Path> recalibrations() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("model"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("calibration-"))
                    .sorted()
                    .toList();
        }
    }

    private static String table(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder("a,b,c\n");
        for (int i = 0; i < count; i++) {
            double kind = random.nextInt(3);
            lines.append(kind + 0.3 * random.nextGaussian())
                    .append(',')
                    .append(kind * kind + random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append('\n');
        }
        return lines.toString();
    }
}
