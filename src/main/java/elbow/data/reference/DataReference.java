package elbow.data.reference;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.shard.PackedRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * How the values of each column are spread over bins, for comparing later rows with those of training. Columns of times
 * are left out.
 */
public final class DataReference implements Serializable {
    /** Bins of a column of numbers: about a tenth of the training rows in each. */
    private static final int BINS = 10;

    private static final long serialVersionUID = 1L;

    private final ColumnCounts[] columns;

    /** @param columns in the order of the encoder */
    public DataReference(List<ColumnCounts> columns) {
        this.columns = columns.toArray(ColumnCounts[]::new);
    }

    /** The columns, in the order of the encoder. */
    public List<ColumnCounts> columns() {
        return List.of(columns);
    }

    /**
     * Counts the training rows.
     *
     * @param sample some of the rows, by which the bins are laid; few enough for the driver
     * @param rows all of them
     */
    public static DataReference of(JavaRDD<PackedRows> sample, JavaRDD<PackedRows> rows, FeatureEncoder encoder) {
        FeatureValues values = new FeatureValues(encoder.features());
        List<double[]> sampled = sample.flatMap(block -> rows(block, values)).collect();
        List<Feature> features = FeatureValues.comparable(encoder);
        List<ColumnCounts> empty = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            double[] edges = edges(features.get(i), column(sampled, i));
            empty.add(new ColumnCounts(features.get(i).column(), edges, new long[edges.length + 1], 0));
        }
        DataReference bins = new DataReference(empty);
        long[][] total = bins.emptyCounts();
        rows.mapPartitions(blocks -> bins.count(blocks, values)).collect().forEach(part -> sum(total, part));
        return bins.with(total);
    }

    /** @throws ElbowException of category MODEL unless these bins are of the encoder's columns */
    void requireColumnsOf(FeatureEncoder encoder) {
        List<String> names =
                FeatureValues.comparable(encoder).stream().map(Feature::column).toList();
        List<String> own = Arrays.stream(columns).map(ColumnCounts::column).toList();
        if (!names.equals(own)) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the model's reference data must be of its columns, " + String.join(", ", names) + ", but are of "
                            + String.join(", ", own));
        }
    }

    /** For each column a count for each of its bins, and at the end one for missing values. */
    long[][] emptyCounts() {
        return Arrays.stream(columns)
                .map(column -> new long[column.counts().length + 1])
                .toArray(long[][]::new);
    }

    /** @param value NaN: none */
    void add(int column, double value, long[] counts) {
        counts[Double.isNaN(value) ? counts.length - 1 : columns[column].bin(value)]++;
    }

    static void sum(long[][] total, long[][] part) {
        for (int column = 0; column < total.length; column++) {
            for (int bin = 0; bin < total[column].length; bin++) {
                total[column][bin] += part[column][bin];
            }
        }
    }

    /** The same bins with other counts. */
    DataReference with(long[][] counts) {
        List<ColumnCounts> filled = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            int missing = counts[i].length - 1;
            filled.add(new ColumnCounts(
                    columns[i].column(), columns[i].edges(), Arrays.copyOf(counts[i], missing), counts[i][missing]));
        }
        return new DataReference(filled);
    }

    private Iterator<long[][]> count(Iterator<PackedRows> blocks, FeatureValues values) {
        long[][] counts = emptyCounts();
        while (blocks.hasNext()) {
            rows(blocks.next(), values).forEachRemaining(row -> {
                for (int i = 0; i < row.length; i++) {
                    add(i, row[i], counts[i]);
                }
            });
        }
        return Collections.singletonList(counts).iterator();
    }

    private static Iterator<double[]> rows(PackedRows block, FeatureValues values) {
        int width = block.columns();
        float[] encoded = new float[width];
        byte[] observed = new byte[width];
        return IntStream.range(0, block.rows())
                .mapToObj(row -> {
                    block.copyRow(row, encoded, 0);
                    block.copyObservedRow(row, observed, 0);
                    return values(encoded, observed, 0, values);
                })
                .iterator();
    }

    private static double[] values(float[] encoded, byte[] observed, int row, FeatureValues values) {
        double[] numbers = new double[values.columns()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.value(i, encoded, observed, row);
        }
        return numbers;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row[column])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    /** Between codes; of numbers at the deciles of the sample, the same one only once. */
    private static double[] edges(Feature feature, double[] sorted) {
        if (feature.width() > 1 && !(feature instanceof ImageFeature)) {
            return IntStream.range(0, feature.width() - 1)
                    .mapToDouble(code -> code + 0.5)
                    .toArray();
        }
        if (sorted.length == 0) {
            return new double[0];
        }
        return IntStream.range(1, BINS)
                .mapToDouble(decile -> sorted[(int) ((long) decile * (sorted.length - 1) / BINS)])
                .distinct()
                .toArray();
    }
}
