package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.job.EmbeddedCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;

/**
 * A synthetic table of the census incomes (Adult): trained by {@code conf/synthetic.conf}, and at default settings
 * ({@code default_} before a figure's name), on its training rows, generated as many rows with gaps at their rate, and
 * held against them by {@code evaluate --synthetic}, with the test rows held out and the income as target. On two
 * cores. Published shape errors: TVAE 14.2 %, CTGAN 16.8 %, TabSyn 0.6 % (Zhang et al., "Mixed-type tabular data
 * synthesis with score-based diffusion in latent space", ICLR 2024).
 */
public final class SyntheticBenchmark {
    /** A quick run takes one row of so many. */
    private static final int QUICK_PART = 5;

    private static final List<String> NAMES = List.of(
            "age",
            "workclass",
            "fnlwgt",
            "education",
            "education_num",
            "marital_status",
            "occupation",
            "relationship",
            "race",
            "sex",
            "capital_gain",
            "capital_loss",
            "hours_per_week",
            "native_country",
            "income");

    /** From the top of the repository, where benchmarks run. */
    private static final String SETTINGS = "conf/synthetic.conf";

    private SyntheticBenchmark() {}

    /**
     * Options: {@code --data DIR}, with {@code mixed/adult} in it; {@code --quick}: by a fifth of the rows;
     * {@code --json FILE}.
     */
    public static void main(String[] options) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(options);
        Path data = arguments
                .data()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this benchmark must have the Adult files, but no --data DIR says where they are"));
        Path adult = data.resolve("mixed").resolve("adult");
        arguments.announce("8 minutes", "3 minutes");
        Path directory = Files.createTempDirectory("elbow-synthetic");
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 4)
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        try {
            int part = arguments.number(1, QUICK_PART);
            ObjectNode figures = measure(adult, directory.resolve("conf"), part, List.of("--config", SETTINGS));
            ObjectNode plain = measure(adult, directory.resolve("default"), part, List.of());
            plain.fields().forEachRemaining(figure -> figures.set("default_" + figure.getKey(), figure.getValue()));
            for (String name : (Iterable<String>) figures::fieldNames) {
                System.out.printf(
                        Locale.ROOT, "%-28s %12.4f%n", name, figures.get(name).doubleValue());
            }
            arguments.write(figures);
        } finally {
            spark.stop();
            Directories.delete(directory);
        }
    }

    private static ObjectNode measure(Path adult, Path directory, int part, List<String> settings) throws IOException {
        Files.createDirectory(directory);
        String train = write(adult.resolve("adult.data.gz"), directory.resolve("train.csv"), part);
        String test = write(adult.resolve("adult.test.as_found.gz"), directory.resolve("test.csv"), part);
        int rows = Files.readAllLines(Path.of(train)).size() - 1;
        String model = directory.resolve("model").toString();
        String made = directory.resolve("made").toString();
        Path json = directory.resolve("quality.json");
        List<String> training = new ArrayList<>(List.of("train", "--input", train, "--model", model));
        training.addAll(settings);
        double trained = seconds("train", () -> EmbeddedCommand.run(training.toArray(String[]::new)));
        double generated = seconds(
                "generate",
                () -> EmbeddedCommand.run(
                        "generate", "--model", model, "--rows", String.valueOf(rows), "--missing", "--output", made));
        double evaluated = seconds(
                "evaluate",
                () -> System.out.println(EmbeddedCommand.run(
                        "evaluate",
                        "--synthetic",
                        made,
                        "--input",
                        train,
                        "--holdout",
                        test,
                        "--target",
                        "income",
                        "--json",
                        json.toString())));
        JsonNode quality = new ObjectMapper().readTree(json.toFile());
        for (JsonNode column : quality.get("columns")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %12.4f%n",
                    column.get("column").textValue(),
                    1 - column.get("score").doubleValue());
        }
        System.out.println();
        JsonNode learned = quality.get("usefulness");
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("train_seconds", trained)
                .put("generate_seconds", generated)
                .put("evaluate_seconds", evaluated)
                .put("column_shape_error", 1 - quality.get("columnShapes").doubleValue())
                .put("pair_trend_error", 1 - quality.get("pairTrends").doubleValue())
                .put("real_accuracy", learned.get("real").doubleValue())
                .put("synthetic_accuracy", learned.get("synthetic").doubleValue())
                .put("real_auroc", learned.get("realAuroc").doubleValue())
                .put("synthetic_auroc", learned.get("syntheticAuroc").doubleValue())
                .put("copies", quality.get("copies").doubleValue())
                .put("holdout_copies", quality.get("holdoutCopies").doubleValue())
                .put("closer_to_real", quality.get("closerToReal").doubleValue());
        return figures;
    }

    private static double seconds(String name, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.printf(Locale.ROOT, "  %-10s %8.1f s%n", name, seconds);
        System.out.flush();
        return seconds;
    }

    /** The rows as a table with a header of its own; some have blanks after commas, and a point after the income. */
    private static String write(Path packed, Path to, int part) throws IOException {
        List<String> lines = new ArrayList<>(List.of(String.join(",", NAMES)));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(packed)), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] values = line.strip().split(",\\s*", -1);
                if (values.length == NAMES.size() && !values[0].equals(NAMES.get(0))) {
                    lines.add(Stream.of(values)
                            .map(value -> value.endsWith("K.") ? value.substring(0, value.length() - 1) : value)
                            .collect(Collectors.joining(",")));
                }
            }
        }
        Files.write(to, lines.subList(0, 1 + (lines.size() - 1) / part));
        return to.toString();
    }
}
