package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.shard.PackedRows;
import elbow.data.shard.Shards;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.vae.input.InputTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** How fast rows of a Parquet file become encoded blocks: 30 columns of doubles, one core. */
public final class EncodingBenchmark {
    private static final int COLUMNS = 30;
    private static final int ROWS = 1_000_000;
    private static final int RUNS = 5;
    private static final int QUICK_RUNS = 2;
    private static final int BLOCK_ROWS = 512;

    private EncodingBenchmark() {}

    /** Arguments: {@code [--quick] [--json FILE]}. */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        arguments.announce("1 minute", "half a minute");
        Path directory = Files.createTempDirectory("elbow-encoding");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        try {
            String table = directory.resolve("rows").toString();
            write(spark, table);
            ObjectNode figures = measure(spark, table, arguments.number(RUNS, QUICK_RUNS));
            print(
                    "%-36s %,14.0f%n%-36s %,14.0f%n",
                    "rows encoded per second and core",
                    figures.get("rows_per_second").doubleValue(),
                    "rows fitted per second and core",
                    figures.get("fitted_rows_per_second").doubleValue());
            arguments.write(figures);
        } finally {
            spark.stop();
            Directories.delete(directory);
        }
    }

    private static void write(SparkSession spark, String table) {
        Column[] columns = new Column[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] = functions.randn(i).multiply(i + 1).as("x" + i);
        }
        spark.range(0, ROWS, 1, 1).select(columns).write().parquet(table);
    }

    private static ObjectNode measure(SparkSession spark, String table, int runs) {
        Dataset<Row> rows = DataReader.read(spark, ReadRequest.of(table));
        FeatureSettings options = new FeatureSettings(List.of(), InputTransform.NONE);
        FeatureEncoder encoder = FeatureFit.encoder(rows, options);
        double[] encoding = new double[runs];
        double[] fitting = new double[runs];
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            long found = Shards.inPlace(rows, encoder, BLOCK_ROWS)
                    .map(PackedRows::rows)
                    .reduce(Integer::sum);
            encoding[run] = found / ((System.nanoTime() - start) * 1e-9);
            start = System.nanoTime();
            FeatureFit.encoder(rows, options);
            fitting[run] = ROWS / ((System.nanoTime() - start) * 1e-9);
            print(
                    "  run %d of %d: %,14.0f rows/s encoded %,14.0f fitted%n",
                    run + 1, runs, encoding[run], fitting[run]);
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("rows_per_second", median(encoding));
        figures.put("fitted_rows_per_second", median(fitting));
        return figures;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
