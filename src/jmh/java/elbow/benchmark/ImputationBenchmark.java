package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.job.EmbeddedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.spark.sql.SparkSession;

/**
 * Errors of filled values on the tables of HI-VAE (Nazabal et al., "Handling incomplete heterogeneous data using VAEs",
 * Pattern Recognition 2020) with 10, 30 and 50 % missing: trained on the table with gaps, at default settings and by
 * {@code conf/impute.conf}, beside means and modes, five nearest neighbours and random forests. The error of a column
 * is, as there, of categories the share of wrong ones, of levels the mean difference over their number, of numbers the
 * root of the mean squared error over their range; that of a table is the mean over its columns.
 */
public final class ImputationBenchmark {
    private static final List<String> TABLES = List.of("Adult", "Breast", "Wine");
    private static final int[] PERCENT = {10, 30, 50};
    private static final int[] QUICK_PERCENT = {30};
    private static final String SETTINGS = "conf/impute.conf";

    private ImputationBenchmark() {}

    /**
     * Options: {@code --data DIR}, with {@code mixed/hivae} in it; {@code --sets NAME,..} some of the tables;
     * {@code --quick}: 30 % missing alone; {@code --json FILE}.
     */
    public static void main(String[] options) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(options);
        List<String> sets = BenchmarkArguments.text(List.of(options), "--sets")
                .map(names -> List.of(names.split(",")))
                .orElse(TABLES);
        Path data = arguments
                .data()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this benchmark must have the tables of HI-VAE, but no --data DIR says where they are"));
        arguments.announce("half an hour", "ten minutes");
        Path directory = Files.createTempDirectory("elbow-imputation");
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        ObjectNode figures = new ObjectMapper().createObjectNode();
        try {
            for (String name : sets) {
                Path table = data.resolve("mixed").resolve("hivae").resolve(name);
                for (int percent : arguments.quick() ? QUICK_PERCENT : PERCENT) {
                    IncompleteTable rows = IncompleteTable.read(table, percent);
                    ObjectNode errors = figures.putObject(name + "_" + percent);
                    measure(rows, directory, spark, (method, error) -> {
                        errors.put(method, error);
                        System.out.printf(Locale.ROOT, "%-8s %2d %%  %-20s %8.4f%n", name, percent, method, error);
                        System.out.flush();
                    });
                }
            }
            arguments.write(figures);
        } finally {
            spark.stop();
            Directories.delete(directory);
        }
    }

    private static void measure(
            IncompleteTable rows, Path directory, SparkSession spark, BiConsumer<String, Double> measured)
            throws IOException {
        measured.accept("mean_or_mode", rows.error(rows.usual()));
        measured.accept("nearest_neighbours", rows.error(rows.nearest()));
        measured.accept("random_forests", rows.error(rows.forests(spark)));
        measured.accept("elbow", rows.error(imputed(rows, directory, spark, List.of())));
        measured.accept(
                "elbow_impute_conf", rows.error(imputed(rows, directory, spark, List.of("--config", SETTINGS))));
    }

    private static double[][] imputed(IncompleteTable rows, Path directory, SparkSession spark, List<String> settings)
            throws IOException {
        Path gaps = directory.resolve("gaps.csv");
        Files.write(gaps, rows.lines());
        String model = directory.resolve("model").toString();
        String filled = directory.resolve("filled").toString();
        List<String> train = new ArrayList<>(
                List.of("train", "--input", gaps.toString(), "--model", model, "--overwrite", "--ignore", "row"));
        // Which numbers are codes nobody can tell from them; what numbers there are, training tells itself.
        train.addAll(List.of("-D", "data.types.categorical=[" + String.join(",", rows.columns("cat")) + "]"));
        train.addAll(List.of("-D", "data.types.ordinal=[" + String.join(",", rows.columns("ordinal")) + "]"));
        train.addAll(settings);
        EmbeddedCommand.run(train.toArray(String[]::new));
        EmbeddedCommand.run("impute", "--model", model, "--input", gaps.toString(), "--output", filled, "--overwrite");
        return rows.read(spark.read().parquet(filled).collectAsList());
    }
}
