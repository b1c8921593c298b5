package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.math.Blas;
import elbow.math.BlasChoice;
import elbow.vae.Gaussian;
import elbow.vae.VaeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
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
    private static final int IMAGE_EPOCHS = 20;
    private static final int TABLE_EPOCHS = 100;

    /** The share of a run that is made before it, unmeasured, so that code is compiled: the stock master has a pass. */
    private static final int WARM_UP_SHARE = 5;

    private final ObjectMapper mapper = new ObjectMapper();

    private AveragingBenchmark() {}

    /** Arguments: {@code --data DIR [--json FILE]}. */
    public static void main(String[] list) throws Exception {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        BlasChoice.settle();
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Blas.useOneThread();
        print("BLAS: %s%n", Blas.description());
        AveragingBenchmark benchmark = new AveragingBenchmark();
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
        List<String> settings = List.of();
        ReplicaTraining.Result one;
        try (LocalCluster cluster = new LocalCluster(1)) {
            one = measured(
                    ReplicaTraining.mnist(cluster, arguments), IMAGE_EPOCHS, with(settings, "training.replicas=1"));
        }
        try (LocalCluster cluster = new LocalCluster(2)) {
            ReplicaTraining training = ReplicaTraining.mnist(cluster, arguments);
            JavaRDD<float[]> rows = training.encodedRows(2);
            compare(cluster, "784-512-20", spec, true, 128, rows, training, IMAGE_EPOCHS, settings, one, result);
        }
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
        ReplicaTraining.Result one;
        try (LocalCluster cluster = new LocalCluster(1)) {
            Dataset<Row> rows = normalRows(cluster);
            ReplicaTraining training = new ReplicaTraining(cluster, rows, rows.limit(1000));
            one = measured(training, TABLE_EPOCHS, with(settings, "training.replicas=1"));
        }
        try (LocalCluster cluster = new LocalCluster(2)) {
            Dataset<Row> rows = normalRows(cluster);
            ReplicaTraining training = new ReplicaTraining(cluster, rows, rows.limit(1000));
            JavaRDD<float[]> encoded = training.encodedRows(2);
            compare(cluster, "30-64-8", spec, false, 256, encoded, training, TABLE_EPOCHS, settings, one, result);
        }
        return result;
    }

    private void compare(
            LocalCluster cluster,
            String name,
            VaeSpec spec,
            boolean binary,
            int batch,
            JavaRDD<float[]> rows,
            ReplicaTraining training,
            int epochs,
            List<String> settings,
            ReplicaTraining.Result one,
            ObjectNode result)
            throws Exception {
        List<String> replicas = with(settings, "training.replicas=2");
        ReplicaTraining.Result two = measured(training, epochs, replicas);
        ReplicaTraining.Result often = measured(
                training, Math.max(1, epochs / WARM_UP_SHARE), with(replicas, "training.averaging-frequency=5"));
        double speed = two.outcome().examplesPerSecond();
        double gemmScaling = KernelBenchmark.gain(Workload.named(name), GemmStep::new);
        result.put("examples_per_second", speed);
        result.put("averaging_frequency", two.outcome().averagingFrequency());
        result.put("round_overhead", two.outcome().roundOverhead());
        result.put("replica_scaling", speed / one.outcome().examplesPerSecond());
        result.put("gemm_scaling", gemmScaling);
        result.put("examples_per_second_at_5", often.outcome().examplesPerSecond());
        print("%n%s%n", name);
        print(
                "Elbow, 1 replica on 1 core                %,10.0f rows/s%n",
                one.outcome().examplesPerSecond());
        print(
                "Elbow, 2 replicas, every %3d steps        %,10.0f rows/s  overhead %.1f %%, scaling %.2f (GEMM %.2f)%n",
                two.outcome().averagingFrequency(),
                speed,
                100 * two.outcome().roundOverhead(),
                speed / one.outcome().examplesPerSecond(),
                gemmScaling);
        print(
                "Elbow, 2 replicas, every   5 steps        %,10.0f rows/s%n",
                often.outcome().examplesPerSecond());
        stock(cluster, spec, binary, batch, rows, training.rows(), result);
        print(
                "Elbow over the stock master's best: %.2f; both every 5 steps: %.2f%n",
                speed / result.get("stock_examples_per_second").doubleValue(),
                often.outcome().examplesPerSecond()
                        / result.get("stock_examples_per_second_at_5").doubleValue());
        result.put(
                "speedup_vs_stock",
                speed / result.get("stock_examples_per_second").doubleValue());
        result.put(
                "speedup_vs_stock_at_5",
                often.outcome().examplesPerSecond()
                        / result.get("stock_examples_per_second_at_5").doubleValue());
    }

    private static ReplicaTraining.Result measured(ReplicaTraining training, int epochs, List<String> settings) {
        training.run(with(settings, "training.epochs=" + Math.max(1, epochs / WARM_UP_SHARE)));
        return training.run(with(settings, "training.epochs=" + epochs, "training.measure-every=" + epochs));
    }

    private void stock(
            LocalCluster cluster,
            VaeSpec spec,
            boolean binary,
            int batch,
            JavaRDD<float[]> rows,
            long count,
            ObjectNode result)
            throws IOException {
        Path exports = Files.createTempDirectory("elbow-benchmark");
        double best = 0;
        for (int frequency : StockTraining.frequencies()) {
            double speed =
                    stock(cluster, StockTraining.autoencoder(spec, binary), rows, count, batch, frequency, exports);
            print("stock master, autoencoder, every %3d steps %,9.0f rows/s%n", frequency, speed);
            result.put("stock_examples_per_second_at_" + frequency, speed);
            best = Math.max(best, speed);
        }
        double vae = stock(cluster, StockTraining.vae(spec), rows, count, batch, 25, exports);
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
