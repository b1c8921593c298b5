package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import elbow.base.Configuration;
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
import elbow.train.plan.TrainingPlan;
import elbow.use.Generation;
import elbow.use.GenerationPlan;
import elbow.use.Imputation;
import elbow.use.LatentEncoding;
import elbow.use.Reconstruction;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Rows a second that one core generates, encodes, reconstructs and completes: 30 columns of doubles, by a network of
 * one layer of 64 and 8 latents, and by the default recipe. Into nothing and into Parquet, beside Spark reading and
 * writing the same output; by the clock, and by the processor time of the process, which other work on the machine does
 * not lengthen. In turns, so that a machine that slows down slows all of them down; medians. The networks are not
 * trained: what their parameters are makes no difference to the time.
 */
public final class UseBenchmark {
    private static final int COLUMNS = 30;
    private static final int ROWS = 1_000_000;
    private static final int RUNS = 3;
    private static final int QUICK_RUNS = 1;
    private static final int HELD_OUT = 100_000;
    private static final String SMALL = "small";
    private static final String RECIPE = "recipe";
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final SparkSession spark;
    private final Path directory;
    private final String table;
    private final Dataset<Row> rows;
    private final FeatureFit fit;
    private final int runs;
    private final Map<String, double[]> seconds = new TreeMap<>();

    private UseBenchmark(SparkSession spark, Path directory, int runs) {
        this.runs = runs;
        this.spark = spark;
        this.directory = directory;
        table = directory.resolve("rows").toString();
        Column[] columns = new Column[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            // A third of what a column is, its neighbours are too.
            columns[i] = functions
                    .randn(i % 10)
                    .plus(functions.randn(100 + i))
                    .multiply(i + 1)
                    .as("x" + i);
        }
        spark.range(0, ROWS, 1, 2).select(columns).write().parquet(table);
        rows = DataReader.read(spark, ReadRequest.of(table));
        fit = FeatureFit.of(rows.limit(HELD_OUT), FeatureSettings.of(Configuration.defaults(), List.of()));
    }

    /** Options: {@code --quick}: one run; {@code --json FILE}. */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("5 minutes", "3 minutes");
        Path directory = Files.createTempDirectory("elbow-use");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        try {
            ObjectNode figures = new UseBenchmark(spark, directory, arguments.number(RUNS, QUICK_RUNS)).measure();
            for (String name : (Iterable<String>) figures::fieldNames) {
                System.out.printf(
                        Locale.ROOT, "%-40s %,12.0f%n", name, figures.get(name).doubleValue());
            }
            arguments.write(figures);
        } finally {
            spark.stop();
            Directories.delete(directory);
        }
    }

    private ObjectNode measure() throws IOException {
        UsedModel small = model("model.latent-size=8", "model.encoder-sizes=[64]", "model.decoder-sizes=[64]");
        UsedModel recipe = model();
        // One more than counts, first: code is compiled and files are in memory then.
        for (int run = -1; run < runs; run++) {
            time(run, "copy, read alone", noop(spark.read().parquet(table)));
            time(run, "copy, rows to parquet", parquet(spark.read().parquet(table)));
            time(run, SMALL + " generate", noop(generated(small)));
            time(run, SMALL + " generate to parquet", parquet(generated(small)));
            time(run, SMALL + " encode", noop(encoded(small)));
            time(run, SMALL + " encode to parquet", parquet(encoded(small)));
            time(run, RECIPE + " generate", noop(generated(recipe)));
            time(run, RECIPE + " encode", noop(encoded(recipe)));
            time(
                    run,
                    RECIPE + " reconstruct",
                    noop(Reconstruction.reconstruct(
                            rows, recipe, new Reconstruction.Plan(List.of(), Take.EXPECTED, 1))));
            time(
                    run,
                    RECIPE + " impute, no gaps",
                    noop(Imputation.impute(
                            rows, recipe, new Imputation.Plan(Take.EXPECTED, 1, Imputation.USUAL_SAMPLES, 1))));
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        seconds.forEach((name, times) -> figures.put(name, ROWS / median(times)));
        return figures;
    }

    private Dataset<Row> generated(UsedModel model) {
        return Generation.of(spark, model, new GenerationPlan(ROWS, 1)).rows();
    }

    private Dataset<Row> encoded(UsedModel model) {
        return LatentEncoding.encode(
                rows,
                model,
                new LatentEncoding.Plan(
                        List.of(), LatentEncoding.Form.COLUMNS, LatentEncoding.Moments.MEAN, model.seed()));
    }

    private static Runnable noop(Dataset<Row> result) {
        return () -> result.write().format("noop").mode("overwrite").save();
    }

    private Runnable parquet(Dataset<Row> result) {
        return () -> result.write()
                .mode("overwrite")
                .parquet(directory.resolve("output").toString());
    }

    private void time(int run, String name, Runnable work) {
        long start = System.nanoTime();
        long cpuStart = PROCESS.getProcessCpuTime();
        work.run();
        double taken = (System.nanoTime() - start) * 1e-9;
        double cpu = (PROCESS.getProcessCpuTime() - cpuStart) * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "  %-10s %-28s %8.2f s %8.2f CPU s%n",
                run < 0 ? "warm-up" : "run " + (run + 1) + " of " + runs,
                name,
                taken,
                cpu);
        System.out.flush();
        if (run >= 0) {
            seconds.computeIfAbsent(name + ", rows/s", unused -> new double[runs])[run] = taken;
            seconds.computeIfAbsent(name + ", rows/cpu-s", unused -> new double[runs])[run] = cpu;
        }
    }

    /** The default recipe for these rows but for the settings given. */
    private UsedModel model(String... settings) {
        Configuration configuration = Configuration.defaults().withOverrides(Arrays.asList(settings));
        TrainingPlan plan = TrainingPlan.resolve(configuration, fit.encoder(), ROWS, 1);
        MultiLayerNetwork network = VaeNetworks.create(
                plan.spec(),
                plan.scoringSamples(),
                plan.optimizer().updater(plan.learningRate().base()),
                plan.seed(),
                fit.encoder().columnMeans());
        double[] scores = new Random(1).doubles(HELD_OUT, 0, 100).toArray();
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                new ModelFiles(fit.encoder(), network).modelId(),
                Instant.EPOCH,
                "",
                network.numParams(),
                plan.seed(),
                AnomalyScoring.VERSION,
                Map.of(),
                configuration.asTexts(),
                new Manifest.DataSummary(List.of(), "parquet", ROWS, HELD_OUT, "0".repeat(16)),
                new Manifest.TrainingSummary("averaging", 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0),
                Map.of());
        Calibration calibration =
                Calibration.of(scores, new ThresholdRule.Quantile(0.99), plan.scoringSamples(), Optional.empty());
        return new UsedModel(
                new TrainedModel(
                        manifest, fit.encoder(), network, calibration, Optional.empty(), Optional.empty(), List.of()),
                fit.table());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
