package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.job.EmbeddedCommand;
import elbow.score.RankingMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.mllib.feature.PCA;
import org.apache.spark.mllib.feature.PCAModel;
import org.apache.spark.mllib.linalg.DenseMatrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import scala.Tuple2;

/**
 * One-class digits: {@code train} at default settings on MNIST's training images of one digit, {@code score} on all of
 * its test images; the other digits are the anomalies. Beside it the squared error of a reconstruction by 32 principal
 * components.
 */
public final class DigitBenchmark implements AutoCloseable {
    private static final int DIGITS = 10;
    private static final int QUICK_DIGITS = 2;
    private static final int CORES = 2;
    private static final int COMPONENTS = 32;

    private final LocalCluster cluster = new LocalCluster(CORES);
    private final Path directory;
    private final LabelledImages training;
    private final LabelledImages test;

    private DigitBenchmark(Path directory, BenchmarkArguments arguments) throws IOException {
        this.directory = directory;
        training = LabelledImages.read(
                arguments.mnist("train-images-idx3-ubyte.gz"), arguments.mnist("train-labels-idx1-ubyte.gz"));
        test = LabelledImages.read(
                arguments.mnist("t10k-images-idx3-ubyte.gz"), arguments.mnist("t10k-labels-idx1-ubyte.gz"));
    }

    /** Arguments: {@code --data DIR [--quick] [--json FILE]}; quick: the digits 0 and 1. */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("15 minutes", "3 minutes");
        Path directory = Files.createTempDirectory("elbow-digits");
        try (DigitBenchmark benchmark = new DigitBenchmark(directory, arguments)) {
            arguments.write(benchmark.measure(arguments.number(DIGITS, QUICK_DIGITS)));
        } finally {
            Directories.delete(directory);
        }
        System.exit(0);
    }

    private ObjectNode measure(int count) throws IOException {
        ObjectNode report = new ObjectMapper().createObjectNode();
        ArrayNode digits = report.putArray("digits");
        print("AUROC, %%, trained on one digit, tested on all%n%-6s %8s %8s %8s%n", "digit", "images", "elbow", "pca");
        for (int digit = 0; digit < count; digit++) {
            List<byte[]> usual = training.of(digit);
            double elbow = auroc(digit, elbow(digit));
            double components = auroc(digit, componentErrors(usual));
            print("%-6d %,8d %8.2f %8.2f%n", digit, usual.size(), 100 * elbow, 100 * components);
            digits.addObject().put("digit", digit).put("auroc", elbow).put("pca_auroc", components);
        }
        double mean = mean(digits, "auroc");
        double components = mean(digits, "pca_auroc");
        print("%-6s %8s %8.2f %8.2f%n", "mean", "", 100 * mean, 100 * components);
        report.put("mean_auroc", mean).put("pca_mean_auroc", components);
        return report;
    }

    /** Anomaly scores of the test images, in their order. */
    private double[] elbow(int digit) throws IOException {
        Path usual = directory.resolve("usual.idx");
        Path all = directory.resolve("all.idx");
        LabelledImages.write(training.of(digit), training.height(), training.width(), usual);
        LabelledImages.write(test.images(), test.height(), test.width(), all);
        String model = directory.resolve("model").toString();
        String scores = directory.resolve("scores").toString();
        EmbeddedCommand.run("train", "--input", usual.toString(), "--model", model, "--overwrite");
        EmbeddedCommand.run(
                "score",
                "--model",
                model,
                "--input",
                all.toString(),
                "--output",
                scores,
                "--overwrite",
                "--keep",
                "image");
        // By content: files of scores have no order.
        Map<ByteBuffer, Double> byImage = new HashMap<>();
        cluster.session()
                .read()
                .parquet(scores)
                .select("image", "anomaly_score")
                .collectAsList()
                .forEach(row -> byImage.put(ByteBuffer.wrap(row.<byte[]>getAs(0)), row.getDouble(1)));
        return test.images().stream()
                .mapToDouble(image -> Objects.requireNonNull(byImage.get(ByteBuffer.wrap(image)), "image not scored"))
                .toArray();
    }

    /** Squared errors of the test images' reconstructions. */
    private double[] componentErrors(List<byte[]> usual) {
        List<Vector> vectors = usual.stream().map(DigitBenchmark::vector).toList();
        double[] mean = new double[vectors.get(0).size()];
        for (Vector vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector.apply(i) / vectors.size();
            }
        }
        PCAModel model = new PCA(COMPONENTS)
                .fit(cluster.context().parallelize(vectors, CORES).rdd());
        DenseMatrix components = model.pc();
        return test.images().stream()
                .mapToDouble(image -> residual(vector(image), mean, components))
                .toArray();
    }

    /** What is left of the centred image's squared length when its part along the components is taken off. */
    private static double residual(Vector image, double[] mean, DenseMatrix components) {
        double left = 0;
        double[] centred = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            centred[i] = image.apply(i) - mean[i];
            left += centred[i] * centred[i];
        }
        for (int component = 0; component < components.numCols(); component++) {
            double along = 0;
            for (int i = 0; i < mean.length; i++) {
                along += centred[i] * components.apply(i, component);
            }
            left -= along * along;
        }
        return left;
    }

    private static Vector vector(byte[] image) {
        return Vectors.dense(IntStream.range(0, image.length)
                .mapToDouble(i -> (image[i] & 0xFF) / 255.0)
                .toArray());
    }

    private double auroc(int digit, double[] scores) {
        List<Tuple2<Double, Boolean>> labelled = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            labelled.add(new Tuple2<>(scores[i], test.label(i) != digit));
        }
        return RankingMetrics.of(cluster.context().parallelizePairs(labelled, 1))
                .auroc();
    }

    private static double mean(ArrayNode digits, String figure) {
        double sum = 0;
        for (int digit = 0; digit < digits.size(); digit++) {
            sum += digits.get(digit).get(figure).doubleValue();
        }
        return sum / digits.size();
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
