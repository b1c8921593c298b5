package elbow.job.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.export.OnnxRun;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models exported by the command line. */
class ExportIT {
    private static final int ROWS = 400;
    private static final String TRAIN = "train --input rows.csv -D training.epochs=2 -D training.replicas=1"
            + " -D model.latent-size=2 -D model.encoder-sizes=[8] --ignore id --model model";

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    private CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun training = new CommandLineRun(shared);
        training.write("rows.csv", rows("a"));
        assertThat(training.run(TRAIN)).as(training.errors()).isZero();
    }

    private static String rows(String first) {
        StringBuilder rows = new StringBuilder("id," + first + ",b,colour\n");
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            double common = random.nextGaussian();
            rows.append("row ").append(i).append(',');
            rows.append(common + 0.3 * random.nextGaussian()).append(',');
            rows.append(random.nextInt(5) == 0 ? "" : Math.exp(common)).append(',');
            rows.append(List.of("red", "blue", "").get(random.nextInt(3))).append('\n');
        }
        return rows.toString();
    }

    @BeforeEach
    void begin() throws IOException {
        command = new CommandLineRun(directory);
        command.write("rows.csv", rows("a"));
        command.copyModel(shared.resolve("model"), "model");
    }

    private void run(String words) {
        assertThat(command.run(words)).as(command.errors()).isZero();
    }

    private Path file(String name) {
        return directory.resolve("exported").resolve(name);
    }

    @Test
    void theExportedScoresAreThoseOfScore() throws IOException, OrtException {
        run("export --format onnx --model model --output exported");
        run("score --model model --input rows.csv --output scores --samples 0 --keep id,a,b,colour");

        assertThat(command.errors()).doesNotContain("WARN");
        List<Row> expected = SharedSpark.session()
                .read()
                .parquet(directory.resolve("scores").toString())
                .collectAsList();
        assertThat(expected).hasSize(ROWS);
        try (OnnxRun run = new OnnxRun(Files.readAllBytes(file("model.onnx")))) {
            OnnxRun.Results found = run.with("a", numbers(expected, "a"), ROWS)
                    .with("b", numbers(expected, "b"), ROWS)
                    .with(
                            "colour",
                            expected.stream()
                                    .map(row ->
                                            row.isNullAt(row.fieldIndex("colour")) ? "" : row.<String>getAs("colour"))
                                    .toArray(String[]::new),
                            ROWS)
                    .run();
            for (String score : List.of("elbo", "reconstruction", "kl", "anomaly_score")) {
                double[] scores = numbers(expected, score);
                for (int i = 0; i < ROWS; i++) {
                    assertThat(found.of(score)[i]).as(score).isCloseTo(scores[i], within(1e-4));
                }
            }
        }
    }

    private static double[] numbers(List<Row> rows, String column) {
        return rows.stream()
                .mapToDouble(row ->
                        row.isNullAt(row.fieldIndex(column)) ? Double.NaN : number(row.get(row.fieldIndex(column))))
                .toArray();
    }

    // A column that is kept is as the reader found it.
    private static double number(Object value) {
        return Double.parseDouble(value.toString());
    }

    @Test
    void theDirectoryIsAModelOfMlflowAndSaysWhatGoesInAndComesOut() throws IOException {
        run("export --model model --output exported");

        try (Stream<Path> files = Files.list(directory.resolve("exported"))) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .containsExactlyInAnyOrder(
                            "encoder.onnx",
                            "decoder.onnx",
                            "generator.onnx",
                            "model.onnx",
                            "description.json",
                            "MLmodel",
                            "conda.yaml",
                            "python_env.yaml",
                            "requirements.txt");
        }
        assertThat(Files.readString(file("MLmodel")))
                .contains(
                        "    data: model.onnx\n",
                        "    loader_module: mlflow.onnx\n",
                        "inputs: '[{\"type\":\"double\",\"name\":\"a\",\"required\":true},",
                        "{\"type\":\"string\",\"name\":\"colour\",\"required\":true}]'",
                        "outputs: '[{\"type\":\"double\",\"name\":\"elbo\",\"required\":true},");
        JsonNode about = new ObjectMapper().readTree(Files.readString(file("description.json")));
        assertThat(about.get("latents").asInt()).isEqualTo(2);
        assertThat(about.get("columns").findValuesAsText("name")).containsExactlyInAnyOrder("a", "b", "colour");
        assertThat(about.at("/graphs/generator/inputs/0").toString())
                .isEqualTo("{\"name\":\"noise\",\"type\":\"float32\",\"shape\":[-1,2]}");
    }

    @Test
    void whatIsThereIsReplacedOnlyIfAskedForAndOnlyByItsLike() throws IOException {
        run("export --model model --output exported");
        assertThat(command.run("export --model model --output exported")).isEqualTo(2);
        assertThat(command.errors())
                .contains("--output must name a directory that does not exist yet", "replace it with --overwrite");
        run("export --model model --output exported --overwrite");

        command.write("mine/notes.txt", "mine");
        assertThat(command.run("export --model model --output mine --overwrite"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--overwrite replaces only a directory that has a description.json");
        assertThat(command.run("export --model model --output model --overwrite"))
                .isEqualTo(2);
        assertThat(directory.resolve("mine/notes.txt")).hasContent("mine");
        assertThat(directory.resolve("model/manifest.json")).exists();
    }

    @Test
    void aColumnWithTheNameOfAnOutputIsRefusedByNameAndNothingIsWritten() throws IOException {
        command.write(
                "rows.csv", Files.readString(directory.resolve("rows.csv")).replaceFirst("a,b", "elbo,b"));
        run(TRAIN + " --ignore id --overwrite");

        assertThat(command.run("export --model model --output exported")).isEqualTo(2);

        assertThat(command.errors())
                .contains(
                        "names of inputs and outputs of the graph score must be unique, but elbo is one of the model's"
                                + " columns and something else: rename the column and train again");
        assertThat(directory.resolve("exported")).doesNotExist();
    }

    @Test
    void anotherFormatOrNoModelIsAnErrorOfItsOwn() {
        assertThat(command.run("export --model model --output exported --format pmml"))
                .isEqualTo(2);
        assertThat(command.run("export --model nothing --output exported")).isEqualTo(4);
        assertThat(directory.resolve("exported")).doesNotExist();
    }
}
