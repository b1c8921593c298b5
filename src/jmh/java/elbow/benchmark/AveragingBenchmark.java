package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import elbow.math.BlasChoice;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Gaussian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training speed of averaging rounds against DL4J's own parameter averaging, which trains a plain autoencoder of the
 * same layer sizes; two replicas on two cores, and one on one.
 */
public final class AveragingBenchmark {
    private static final int COLUMNS = 30;
    private static final int TABLE_ROWS = 200_000;
    private static final int GAIN_ROUNDS = 9;
    private static final int IMAGE_EPOCHS = 20;
    private static final int TABLE_EPOCHS = 100;

    /** Runs with one and with two replicas, in turns: a machine's speed changes within minutes. Medians count. */
    private static final int TURNS = 3;

    /** Of a quick run: one turn, and passes in a quarter of the number. */
    private static final int QUICK_TURNS = 1;

    private static final int QUICK_SHARE = 4;

    /** The share of a run that is made before it, unmeasured, so that code is compiled: the stock master has a pass. */
    private static final int WARM_UP_SHARE = 5;

    private final ObjectMapper mapper = new ObjectMapper();

    private final int turns;
    private final int share;

    private AveragingBenchmark(BenchmarkArguments arguments) {
        turns = arguments.number(TURNS, QUICK_TURNS);
        share = arguments.number(1, QUICK_SHARE);
    }

    /** Arguments: {@code --data DIR [--quick] [--json FILE]}. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("12 minutes", "4 minutes");
        BlasChoice.settle();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Blas.useOneThread();
        print("BLAS: %s%n", Blas.description());
        AveragingBenchmark benchmark = new AveragingBenchmark(arguments);
        ObjectNode images = benchmark.images(arguments);
        ObjectNode table = benchmark.table();
        ObjectNode report = images.deepCopy();
        report.putObject("networks").set("784-512-20", images);
        ((ObjectNode) report.get("networks")).set("30-64-8", table);
        arguments.write(report);
        System.exit(0);
    }

    private ObjectNode images(BenchmarkArguments arguments) throws Exception {
        VaeSpec spec = Workload.all().get(0).spec();
        ObjectNode result = mapper.createObjectNode();
        compare(
                new Comparison("784-512-20", spec, true, 128, IMAGE_EPOCHS / share, List.of()),
                cluster -> ReplicaTraining.mnist(cluster, arguments),
                result);
        return result;
    }

    private ObjectNode table() throws Exception {
        VaeSpec spec = VaeSpec.builder(COLUMNS, 8)
                .encoder(64)
                .decoder(64)
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .build();
        ObjectNode result = mapper.createObjectNode();
        List<String> settings = List.of("training.batch-size=256", "model.encoder-sizes=[64]", "model.latent-size=8");
        compare(
                new Comparison("30-64-8", spec, false, 256, TABLE_EPOCHS / share, settings),
                cluster -> {
                    Dataset<Row> rows = normalRows(cluster);
                    return new ReplicaTraining(cluster, rows, rows.limit(1000));
                },
                result);
        return result;
    }

    /**
     * What is compared.
     *
     * @param name of the workload whose matrix products are measured beside
     * @param binary whether the plain autoencoder's outputs are probabilities
     * @param settings of Elbow's runs
     */
    private record Comparison(
            String name, VaeSpec spec, boolean binary, int batch, int epochs, List<String> settings) {}

    private void compare(Comparison what, Function<LocalCluster, ReplicaTraining> open, ObjectNode result)
            throws Exception {
        List<ReplicaTraining.Result> ones = new ArrayList<>();
        List<ReplicaTraining.Result> twos = new ArrayList<>();
        List<Double> scalings = new ArrayList<>();
        print("%n%s%n", what.name());
        for (int turn = 0; turn < turns; turn++) {
            ones.add(run(1, what, open));
            twos.add(run(2, what, open));
            scalings.add(speed(twos.get(turn)) / speed(ones.get(turn)));
            print(
                    "  turn %d of %d: 1 replica %,10.0f rows/s, 2 replicas %,10.0f%n",
                    turn + 1, turns, speed(ones.get(turn)), speed(twos.get(turn)));
        }
        ReplicaTraining.Result two = median(twos, AveragingBenchmark::speed);
        double scaling = median(scalings, Double::doubleValue);
        double gemmScaling = KernelBenchmark.gain(Workload.named(what.name()), GemmStep::new, GAIN_ROUNDS);
        result.put("examples_per_second", speed(two));
        result.put("averaging_frequency", two.outcome().averagingFrequency());
        result.put("round_overhead", two.outcome().roundOverhead());
        result.put("replica_scaling", scaling);
        result.put("gemm_scaling", gemmScaling);
        print(
                "Elbow, 1 replica on 1 core                %,10.0f rows/s%n",
                speed(median(ones, AveragingBenchmark::speed)));
        print(
                "Elbow, 2 replicas, every %4d steps       %,10.0f rows/s  overhead %.1f %%, scaling %.2f (GEMM %.2f)%n",
                two.outcome().averagingFrequency(),
                speed(two),
                100 * two.outcome().roundOverhead(),
                scaling,
                gemmScaling);
        try (LocalCluster cluster = new LocalCluster(2)) {
            ReplicaTraining training = open.apply(cluster);
            int epochs = Math.max(1, what.epochs() / WARM_UP_SHARE);
            List<String> settings = with(what.settings(), "training.replicas=2", "training.averaging-frequency=5");
            double often = speed(measured(training, epochs, settings));
            print("Elbow, 2 replicas, every    5 steps       %,10.0f rows/s%n", often);
            result.put("examples_per_second_at_5", often);
            stock(cluster, what, training, result);
            double overBest =
                    speed(two) / result.get("stock_examples_per_second").doubleValue();
            double overSame =
                    often / result.get("stock_examples_per_second_at_5").doubleValue();
            print("Elbow over the stock master's best: %.2f; both every 5 steps: %.2f%n", overBest, overSame);
            result.put("speedup_vs_stock", overBest);
            result.put("speedup_vs_stock_at_5", overSame);
        }
    }

    /** As many replicas as cores, in a Spark of their own. */
    private static ReplicaTraining.Result run(
            int replicas, Comparison what, Function<LocalCluster, ReplicaTraining> open) {
        try (LocalCluster cluster = new LocalCluster(replicas)) {
            return measured(open.apply(cluster), what.epochs(), with(what.settings(), "training.replicas=" + replicas));
        }
    }

    private static double speed(ReplicaTraining.Result result) {
        return result.outcome().examplesPerSecond();
    }

    private static <T> T median(List<T> values, Function<T, Double> figure) {
        return values.stream().sorted(Comparator.comparing(figure)).toList().get(values.size() / 2);
    }

    private static ReplicaTraining.Result measured(ReplicaTraining training, int epochs, List<String> settings) {
        training.run(with(settings, "training.epochs=" + Math.max(1, epochs / WARM_UP_SHARE)));
        return training.run(with(settings, "training.epochs=" + epochs, "training.measure-every=" + epochs));
    }

    private void stock(LocalCluster cluster, Comparison what, ReplicaTraining training, ObjectNode result)
            throws IOException {
        JavaRDD<float[]> rows = training.encodedRows(2);
        Path exports = Files.createTempDirectory("elbow-benchmark");
        double best = 0;
        for (int frequency : StockTraining.frequencies()) {
            MultiLayerNetwork network = StockTraining.autoencoder(what.spec(), what.binary());
            double speed = stock(cluster, network, rows, training.rows(), what.batch(), frequency, exports);
            print("stock master, autoencoder, every %3d steps %,9.0f rows/s%n", frequency, speed);
            result.put("stock_examples_per_second_at_" + frequency, speed);
            best = Math.max(best, speed);
        }
        double vae = stock(cluster, StockTraining.vae(what.spec()), rows, training.rows(), what.batch(), 25, exports);
        print("stock master, VaeLayer, every  25 steps    %,9.0f rows/s%n", vae);
        result.put("stock_vae_examples_per_second", vae);
        result.put("stock_examples_per_second", best);
        // The stock master leaves its own directories in it.
        FileUtil.fullyDelete(exports.toFile());
    }

    private static double stock(
            LocalCluster cluster,
            MultiLayerNetwork network,
            JavaRDD<float[]> rows,
            long count,
            int batch,
            int frequency,
            Path exports) {
        return StockTraining.examplesPerSecond(
                cluster.context(), network, StockTraining.minibatches(rows, batch), count, batch, frequency, exports);
    }

    private static Dataset<Row> normalRows(LocalCluster cluster) {
        StructType schema = new StructType();
        for (int column = 0; column < COLUMNS; column++) {
            schema = schema.add("x" + column, DataTypes.DoubleType);
        }
        JavaRDD<Row> rows = cluster.context()
                .parallelize(List.of(1, 2, 3, 4), 4)
                .flatMap(part -> {
                    Random random = new Random(part);
                    List<Row> some = new ArrayList<>();
                    for (int i = 0; i < TABLE_ROWS / 4; i++) {
                        Object[] values = new Object[COLUMNS];
                        double common = random.nextGaussian();
                        for (int column = 0; column < COLUMNS; column++) {
                            values[column] = common + random.nextGaussian();
                        }
                        some.add(RowFactory.create(values));
                    }
                    return some.iterator();
                });
        return cluster.session().createDataFrame(rows, schema);
    }

    private static List<String> with(List<String> settings, String... more) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        return all;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }
}
