package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The commands on real files, from the command line's options to what stands on disk, in this JVM's Spark session. */
class CommandsIT {
    private static final String[] QUICK =
            "-D training.epochs=12 -D training.replicas=2 -D scoring.samples=4 -D training.batch-size=32"
                    .split(" ", -1);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String rows = "";
    private String model = "";

    @BeforeEach
    void writeRows() throws IOException {
        SharedSpark.session();
        rows = Files.write(directory.resolve("rows.csv"), LabelledCsv.table(600, 7))
                .toString();
        model = directory.resolve("model").toString();
    }

    @Test
    void trainScoreEvaluateAndInspectAgree() throws IOException {
        Path figures = directory.resolve("train.json");
        assertThat(train("--normal-only", "label=0", "--json", figures.toString(), "-D", "training.epochs=60"))
                .isZero();
        String files =
                "calibration.json columns.json densities.json encoder.json history.jsonl manifest.json network.zip"
                        + " nearest.bin reference.json report.html tails.json";
        assertThat(modelFiles()).containsExactlyInAnyOrder(files.split(" "));
        JsonNode trained = json(figures);
        assertThat(trained.get("elboAfter").doubleValue())
                .isGreaterThan(trained.get("elboBefore").doubleValue() + 0.5);
        assertThat(Files.readAllLines(directory.resolve("model/history.jsonl"))).hasSize(31);

        String scores = directory.resolve("scores").toString();
        assertThat(run("score", "--model", model, "--input", rows, "--output", scores, "--keep", "label,a b"))
                .isZero();
        Dataset<Row> scored = SharedSpark.session().read().parquet(scores);
        assertThat(scored.columns())
                .containsExactly(
                        "label",
                        "a b",
                        "elbo",
                        "reconstruction",
                        "kl",
                        "importance_weighted_bound",
                        "anomaly_score",
                        "tail_probability",
                        "is_anomaly",
                        "contributions",
                        "model_id",
                        "scored_at");
        assertThat(scored.count()).isEqualTo(600);
        // The score has no units, and the file no gaps; a quarter of the tails is added, each at most log(rows + 1),
        // and
        // the distance to training rows, which is no e^20 times the usual one.
        String tails = "anomaly_score + elbo - (" + encoder().logJacobian() + ")";
        String most = String.valueOf(encoder().features().size() * (0.25 * Math.log(601) + 0.5 * 20));
        for (String wrong :
                List.of("abs(elbo - (reconstruction - kl)) > 1e-9", tails + " NOT BETWEEN -1e-9 AND " + most)) {
            assertThat(scored.filter(wrong).count()).as(wrong).isZero();
        }
        double meanElbo = scored.selectExpr("avg(elbo)").head().getDouble(0);

        Path evaluation = directory.resolve("evaluate.json");
        assertThat(run(
                        "evaluate",
                        "--model",
                        model,
                        "--input",
                        rows,
                        "--label",
                        "label",
                        "--json",
                        evaluation.toString()))
                .isZero();
        JsonNode evaluated = json(evaluation);
        assertThat(evaluated.get("rows").intValue()).isEqualTo(600);
        assertThat(evaluated.get("elbo").doubleValue()).isCloseTo(meanElbo, within(1e-9));
        assertThat(evaluated.get("auroc").doubleValue()).isGreaterThan(0.9);
        assertThat(evaluated.get("importanceWeightedBound").doubleValue())
                .isGreaterThan(evaluated.get("elbo").doubleValue());

        assertThat(run("inspect", "--model", model)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        trained.get("modelId").textValue(), "3-128-128-2-128-128-3", "a b ", "real", "flag", "binary");
    }

    private FeatureEncoder encoder() throws IOException {
        return FeatureEncoderJson.read("encoder.json", Files.readString(directory.resolve("model/encoder.json")));
    }

    @Test
    void deeplearning4jRestoresTheNetworkAndScoresRowsAsScoreDoes() throws IOException {
        assertThat(train("--ignore", "label")).isZero();
        String scores = directory.resolve("scores").toString();
        assertThat(run("score", "--model", model, "--input", rows, "--output", scores, "--keep", "a b,c,flag"))
                .isZero();
        List<Row> scored = SharedSpark.session()
                .read()
                .parquet(scores)
                // Kept as the text of the file.
                .selectExpr(
                        "cast(`a b` AS double) AS `a b`", "cast(c AS double) AS c", "cast(flag AS int) AS flag", "elbo")
                .limit(50)
                .collectAsList();

        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(
                directory.resolve("model/network.zip").toFile());
        FeatureEncoder encoder = encoder();

        var rowEncoder = encoder.bind(scored.get(0).schema());
        for (Row row : scored) {
            float[] encoded = new float[encoder.width()];
            rowEncoder.encode(row, encoded, 0);
            INDArray matrix = Nd4j.createFromArray(encoded).reshape(1, encoded.length);
            double negativeElbo =
                    network.scoreExamples(new DataSet(matrix, matrix), false).getDouble(0);
            assertThat(-negativeElbo + encoder.logJacobian()).isEqualTo(row.<Double>getAs("elbo"));
        }
    }

    @Test
    @Tag("common-kernels")
    void scoresDoNotDependOnPartitioning() throws IOException {
        assertThat(train("--ignore", "label")).isZero();
        List<String> lines = Files.readAllLines(Path.of(rows));
        Path parts = Files.createDirectories(directory.resolve("parts"));
        for (int part = 0; part < 5; part++) {
            List<String> some = new ArrayList<>(List.of(lines.get(0)));
            for (int line = lines.size() - 1; line > 0; line--) {
                if (line % 5 == part) {
                    some.add(lines.get(line));
                }
            }
            Files.write(parts.resolve(part + ".csv"), some);
        }

        assertThat(scoresByRow(rows, "one")).isEqualTo(scoresByRow(parts.toString(), "five"));
    }

    @Test
    void theSameRunGivesTheSameModel() throws IOException {
        Path first = directory.resolve("first.json");
        Path second = directory.resolve("second.json");
        assertThat(train("--ignore", "label", "--json", first.toString())).isZero();
        assertThat(train("--ignore", "label", "--json", second.toString(), "--overwrite"))
                .isZero();

        assertThat(json(second).get("modelId")).isEqualTo(json(first).get("modelId"));
    }

    @Test
    void validationRowsMayComeFromTheirOwnFile() throws IOException {
        Path held = Files.write(directory.resolve("held.csv"), LabelledCsv.table(80, 8));
        Path figures = directory.resolve("train.json");

        assertThat(train("--ignore", "label", "--validation", held.toString(), "--json", figures.toString()))
                .isZero();

        assertThat(json(figures).get("trainingRows").intValue()).isEqualTo(600);
        assertThat(json(figures).get("validationRows").intValue()).isEqualTo(80);
    }

    @Test
    void missingInputIsBadInput() {
        String missing = directory.resolve("none.csv").toString();

        assertThat(run("train", "--input", missing, "--model", model)).isEqualTo(3);
        assertThat(errors()).contains("input " + missing + " must be a file, a directory or a pattern");
        assertThat(Path.of(model)).doesNotExist();
    }

    @Test
    void emptyInputIsBadInput() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.csv"));

        assertThat(run("train", "--input", empty.toString(), "--model", model)).isEqualTo(3);
        assertThat(errors()).contains("empty.csv must have rows, but the file is empty (0 bytes)");
    }

    @Test
    void existingModelIsKeptUnlessOverwritten() throws IOException {
        assertThat(train("--ignore", "label")).isZero();
        String first = Files.readString(Path.of(model, "manifest.json"));

        assertThat(train("--ignore", "label", "-D", "seed=43")).isEqualTo(2);
        assertThat(errors())
                .contains("--model must name a directory that does not exist yet, but file:" + model
                        + " does; name another, or replace it with --overwrite");
        assertThat(Path.of(model, "manifest.json")).hasContent(first);

        assertThat(train("--ignore", "label", "-D", "seed=43", "--overwrite")).isZero();
        assertThat(Files.readString(Path.of(model, "manifest.json"))).contains("\"seed\" : 43");
        assertThat(hiddenSiblings()).isEmpty();
    }

    @Test
    void aDirectoryThatElbowDidNotWriteIsNeverReplaced() throws IOException {
        Files.createDirectories(Path.of(model));
        Files.writeString(Path.of(model, "mine"), "mine");

        assertThat(train("--ignore", "label", "--overwrite")).isEqualTo(2);

        assertThat(Path.of(model, "mine")).hasContent("mine");
    }

    @Test
    void aColumnMissingAtScoringIsNamedAndNothingIsWritten() throws IOException {
        assertThat(train("--ignore", "label")).isZero();
        Path narrow = Files.write(directory.resolve("narrow.csv"), List.of("a b,flag", "1.5,0", "2.5,1"));
        Path scores = directory.resolve("scores");

        assertThat(run("score", "--model", model, "--input", narrow.toString(), "--output", scores.toString()))
                .isEqualTo(3);

        assertThat(errors()).contains("column c must be a number, but is missing among a b, flag");
        assertThat(scores).doesNotExist();
        assertThat(hiddenSiblings()).isEmpty();
    }

    @Test
    void aDamagedModelIsRefusedByItsDigest() throws IOException {
        assertThat(train("--ignore", "label")).isZero();
        Path network = directory.resolve("model/network.zip");
        byte[] bytes = Files.readAllBytes(network);
        bytes[bytes.length / 2] ^= 1;
        Files.write(network, bytes);

        assertThat(run("inspect", "--model", model)).isEqualTo(4);
        assertThat(errors()).contains("network.zip must have the SHA-256 that manifest.json lists");
    }

    @Test
    void directoryWithoutAModelIsReported() {
        assertThat(run("inspect", "--model", directory.toString())).isEqualTo(4);
        assertThat(errors()).contains("--model must be a directory that Elbow has written");
        assertThat(errors()).contains("has no manifest.json");
    }

    @Test
    void divergenceHasItsOwnExitCodeAndLeavesNoModel() {
        assertThat(train("--ignore", "label", "-D", "training.optimizer=sgd", "-D", "training.learning-rate=1e9"))
                .isEqualTo(5);
        assertThat(errors()).contains("must stay finite", "try a smaller training.learning-rate");
        assertThat(Path.of(model)).doesNotExist();
    }

    @Test
    void warmUpThatOutlastsTheRunIsAWarning() {
        assertThat(train("--ignore", "label", "-D", "objective.kl-warm-up-steps=100000"))
                .isZero();
        assertThat(errors())
                .containsPattern(
                        "Warning: the KL term reaches its full weight after 100,000 steps, but the run has \\d+:");
    }

    @Test
    void trainingStopsEarlyWithoutImprovementOnHeldOutRows() throws IOException {
        Path figures = directory.resolve("train.json");
        assertThat(train(
                        "--ignore",
                        "label",
                        "--json",
                        figures.toString(),
                        "-D",
                        "training.epochs=2000",
                        "-D",
                        "training.measure-every=5",
                        "-D",
                        "training.early-stopping=3",
                        "-D",
                        "objective.kl-warm-up-steps=20"))
                .isZero();
        assertThat(json(figures).get("epochs").intValue()).isLessThan(2000);
        List<String> history = Files.readAllLines(directory.resolve("model/history.jsonl"));
        double last = elbo(history.get(history.size() - 1));
        double best =
                history.stream().skip(1).mapToDouble(CommandsIT::elbo).max().orElseThrow();
        assertThat(elbo(history.get(history.size() - 4))).isEqualTo(best).isGreaterThan(last);
    }

    private static double elbo(String line) {
        try {
            return new ObjectMapper().readTree(line).get("elbo").doubleValue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void resumeWithoutACheckpointIsRefused() {
        assertThat(train("--ignore", "label", "--resume")).isEqualTo(2);
        assertThat(errors()).contains("--resume must find a checkpoint, but there is none in file:" + model);
        assertThat(train("--ignore", "label", "--resume", "--overwrite")).isEqualTo(2);
        assertThat(errors()).contains("--resume and --overwrite must not be given together");
    }

    @Test
    void invalidLabelsAreNamed() {
        assertThat(train("--ignore", "label")).isZero();

        assertThat(run("evaluate", "--model", model, "--input", rows, "--label", "c"))
                .isEqualTo(3);
        assertThat(errors()).contains("label column c must hold 1 and 0, true and false, or yes and no, but holds ");
    }

    /** Score of each row, by its content. */
    private List<String> scoresByRow(String input, String name) {
        String output = directory.resolve(name).toString();
        assertThat(run("score", "--model", model, "--input", input, "--output", output, "--keep", "a b,c"))
                .isZero();
        return SharedSpark.session().read().parquet(output).collectAsList().stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.<Double>getAs("elbo") + " "
                        + row.<Double>getAs("importance_weighted_bound"))
                .sorted()
                .toList();
    }

    private int train(String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--input", rows, "--model", model));
        arguments.addAll(Arrays.asList(QUICK));
        arguments.addAll(Arrays.asList(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(
                Console.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private List<String> modelFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(model))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** But for the lock of trainings, which counts its holders and stays. */
    private List<Path> hiddenSiblings() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .filter(file -> !file.endsWith(".model.lock"))
                    .toList();
        }
    }
}
