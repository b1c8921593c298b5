package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.dl4j.VaeNetworks;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.model.ModelFiles;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.score.AnomalyScoring;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.train.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Scoring of Parquet to Parquet against reading and writing the same rows without a model, on two cores: 30 columns of
 * doubles. In turns, so that a machine that slows down slows all of them down; medians. The networks are not trained:
 * what their parameters are makes no difference to the time.
 */
public final class ScoringBenchmark {
    private static final int COLUMNS = 30;
    private static final int ROWS = 5_000_000;
    private static final int QUICK_ROWS = 1_000_000;
    private static final int RUNS = 3;
    private static final int CORES = 2;
    private static final int HELD_OUT = 100_000;

    private final Path directory;
    private final Dataset<Row> rows;
    private final FeatureEncoder encoder;
    private final long count;

    private ScoringBenchmark(SparkSession spark, Path directory, long count) {
        this.directory = directory;
        this.count = count;
        String table = directory.resolve("rows").toString();
        Column[] columns = new Column[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            // A third of what a column is, its neighbours are too.
            columns[i] = functions
                    .randn(i % 10)
                    .plus(functions.randn(100 + i))
                    .multiply(i + 1)
                    .as("x" + i);
        }
        spark.range(0, count, 1, 8).select(columns).write().parquet(table);
        rows = DataReader.read(spark, ReadRequest.of(table));
        encoder = FeatureFit.encoder(rows.limit(HELD_OUT), FeatureSettings.of(Configuration.defaults(), List.of()));
    }

    /** Options: {@code --json FILE}; {@code --quick}: 1 million rows; {@code --rows N}: as many. */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        long count = BenchmarkArguments.text(Arrays.asList(list), "--rows")
                .map(Long::valueOf)
                .orElse((long) arguments.number(ROWS, QUICK_ROWS));
        arguments.announce("6 minutes", "2 minutes");
        Path directory = Files.createTempDirectory("elbow-scoring");
        try (LocalCluster cluster = new LocalCluster(CORES)) {
            ObjectNode figures = new ScoringBenchmark(cluster.session(), directory, count).measure();
            for (String name : (Iterable<String>) figures::fieldNames) {
                System.out.printf(
                        Locale.ROOT, "%-24s %,14.2f%n", name, figures.get(name).doubleValue());
            }
            arguments.write(figures);
        } finally {
            Directories.delete(directory);
        }
    }

    private ObjectNode measure() throws IOException {
        TrainedModel small = model("model.latent-size=8", "model.encoder-sizes=[64]", "scoring.samples=0");
        TrainedModel recipe = model();
        List<String> all = Arrays.asList(rows.columns());
        double[] copy = new double[RUNS];
        double[] score = new double[RUNS];
        double[] keeping = new double[RUNS];
        double[] byRecipe = new double[RUNS];
        // One more than counts, first: code is compiled and files are in memory then.
        for (int run = -1; run < RUNS; run++) {
            double copied = seconds(rows);
            double scored = seconds(scored(small, List.of()));
            double kept = seconds(scored(small, all));
            double recipeScored = seconds(scored(recipe, List.of()));
            System.out.printf(
                    Locale.ROOT,
                    "  %-10s copy %.1f s, scored %.1f s, with all columns kept %.1f s, by the recipe %.1f s%n",
                    run < 0 ? "warm-up:" : "run " + (run + 1) + " of " + RUNS + ":",
                    copied,
                    scored,
                    kept,
                    recipeScored);
            System.out.flush();
            if (run >= 0) {
                copy[run] = copied;
                score[run] = scored;
                keeping[run] = kept;
                byRecipe[run] = recipeScored;
            }
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("copy_seconds", median(copy));
        figures.put("score_seconds", median(score));
        figures.put("score_over_copy", median(score) / median(copy));
        figures.put("keep_all_over_copy", median(keeping) / median(copy));
        figures.put("recipe_seconds", median(byRecipe));
        figures.put("recipe_over_copy", median(byRecipe) / median(copy));
        figures.put("rows_per_second", count / median(score));
        figures.put("recipe_rows_per_second", count / median(byRecipe));
        return figures;
    }

    /** The default recipe for these rows but for the settings given. */
    private TrainedModel model(String... settings) {
        Configuration configuration = Configuration.defaults().withOverrides(Arrays.asList(settings));
        TrainingPlan plan = TrainingPlan.resolve(configuration, encoder, count, 2);
        MultiLayerNetwork network = VaeNetworks.create(
                plan.spec(),
                plan.scoringSamples(),
                plan.optimizer().updater(plan.learningRate().base()),
                plan.seed(),
                encoder.columnMeans());
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                new ModelFiles(encoder, network).modelId(),
                Instant.EPOCH,
                "",
                network.numParams(),
                plan.seed(),
                AnomalyScoring.VERSION,
                Map.of(),
                configuration.asTexts(),
                new Manifest.DataSummary(List.of(), "parquet", count, HELD_OUT, "0".repeat(16)),
                new Manifest.TrainingSummary("averaging", 2, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0),
                Map.of());
        // Scores that lie among those of the calibration: tail probabilities and flags take all their values, and as
        // much is written as by a model in use.
        double[] scores = scored(calibrated(manifest, network, new double[] {0}, plan), List.of())
                .limit(HELD_OUT)
                .select("anomaly_score")
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return calibrated(manifest, network, scores, plan);
    }

    private TrainedModel calibrated(Manifest manifest, MultiLayerNetwork network, double[] scores, TrainingPlan plan) {
        Calibration calibration =
                Calibration.of(scores, new ThresholdRule.Quantile(0.99), plan.scoringSamples(), Optional.empty());
        return new TrainedModel(manifest, encoder, network, calibration, Optional.empty(), Optional.empty(), List.of());
    }

    private Dataset<Row> scored(TrainedModel model, List<String> kept) {
        int samples = model.layer().scoringSamples();
        double threshold = model.calibration().threshold();
        return RowScoring.score(rows, model, new ScoringPlan(kept, samples, threshold, 0, Instant.now()));
    }

    private double seconds(Dataset<Row> result) throws IOException {
        Path output = directory.resolve("output");
        long start = System.nanoTime();
        result.write().parquet(output.toString());
        double seconds = (System.nanoTime() - start) * 1e-9;
        Directories.delete(output);
        return seconds;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
