package elbow.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Fills gaps by forests: from means and modes on, each column is predicted from all others by a random forest that
 * learned from the rows that have it, the column with the fewest gaps first, round after round. See: Stekhoven and
 * Bühlmann, "MissForest: non-parametric missing value imputation for mixed-type data", Bioinformatics 2012. With Spark
 * ML's forests, a given number of rounds instead of that after which filled values change more again, and categories as
 * a column each.
 */
final class ForestImputation {
    private static final int TREES = 30;
    private static final int DEPTH = 12;
    private static final long SEED = 7;
    private static final String NUMBER = "number";
    private static final StructType SCHEMA = new StructType()
            .add(NUMBER, DataTypes.IntegerType, false)
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);

    private final SparkSession spark;
    private final boolean[] categories;
    private final boolean[][] there;
    private final double[][] filled;
    private final double[][] known;

    /**
     * @param categories of each column whether its values have no order
     * @param there of each row and column whether its value is known
     * @param start the table, its gaps filled somehow; overwritten
     */
    ForestImputation(SparkSession spark, boolean[] categories, boolean[][] there, double[][] start) {
        this.spark = spark;
        this.categories = categories.clone();
        this.there = there;
        filled = start;
        known = new double[categories.length][];
        for (int column = 0; column < categories.length; column++) {
            TreeSet<Double> values = new TreeSet<>();
            for (double[] row : start) {
                values.add(row[column]);
            }
            known[column] = values.stream().mapToDouble(value -> value).toArray();
        }
    }

    /** The table, filled. */
    double[][] fill(int rounds) {
        List<Integer> order = IntStream.range(0, categories.length)
                .filter(column -> gaps(column) > 0)
                .boxed()
                .sorted(Comparator.comparingInt(this::gaps))
                .toList();
        for (int round = 0; round < rounds; round++) {
            order.forEach(this::fillColumn);
        }
        return filled;
    }

    private int gaps(int column) {
        return (int) Arrays.stream(there).filter(row -> !row[column]).count();
    }

    private void fillColumn(int column) {
        List<Row> train = new ArrayList<>();
        List<Row> gaps = new ArrayList<>();
        for (int row = 0; row < filled.length; row++) {
            (there[row][column] ? train : gaps)
                    .add(RowFactory.create(row, label(row, column), Vectors.dense(features(row, column))));
        }
        Dataset<Row> rows = spark.createDataFrame(train, SCHEMA).coalesce(2).cache();
        Model<?> forest = categories[column]
                ? new RandomForestClassifier()
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(SEED)
                        .fit(rows)
                : new RandomForestRegressor()
                        .setNumTrees(TREES)
                        .setMaxDepth(DEPTH)
                        .setSeed(SEED)
                        .fit(rows);
        for (Row row : forest.transform(spark.createDataFrame(gaps, SCHEMA).coalesce(2))
                .select(NUMBER, "prediction")
                .collectAsList()) {
            double predicted = row.getDouble(1);
            filled[row.getInt(0)][column] = categories[column] ? known[column][(int) predicted] : predicted;
        }
        rows.unpersist();
    }

    private double label(int row, int column) {
        return categories[column] ? code(row, column) : filled[row][column];
    }

    private int code(int row, int column) {
        return Math.max(0, Arrays.binarySearch(known[column], filled[row][column]));
    }

    private double[] features(int row, int target) {
        int width = IntStream.range(0, categories.length)
                .filter(column -> column != target)
                .map(column -> categories[column] ? known[column].length : 1)
                .sum();
        double[] features = new double[width];
        int place = 0;
        for (int column = 0; column < categories.length; column++) {
            if (column == target) {
                continue;
            }
            if (categories[column]) {
                features[place + code(row, column)] = 1;
                place += known[column].length;
            } else {
                features[place++] = filled[row][column];
            }
        }
        return features;
    }
}
