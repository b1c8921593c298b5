package elbow.quality;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What can be learned from a table: a column is predicted from the others by trees that were trained on synthetic rows
 * and by such that were trained on real rows, both tried on held-out rows (Esteban, Hyland, Raetsch, "Real-valued
 * (medical) time series generation with recurrent conditional GANs", 2017: train on synthetic, test on real). Boosted
 * trees of Spark ML; for more than two classes a random forest, since its boosting has two. Rows without a value of the
 * column are left out.
 *
 * @param target the column
 * @param task what is predicted
 * @param trainingRows real rows that were trained on
 * @param syntheticTrainingRows synthetic rows that were trained on
 * @param testRows held-out rows
 * @param real of the trees that learned from real rows
 * @param synthetic of the trees that learned from synthetic rows
 * @param chance accuracy of always saying the most frequent class of the real rows; 0 for numbers
 */
public record Usefulness(
        String target,
        Task task,
        long trainingRows,
        long syntheticTrainingRows,
        long testRows,
        Result real,
        Result synthetic,
        double chance) {
    /** Most rows used for training or testing. */
    private static final int MOST_ROWS = 100_000;

    /** Partitions of the rows to train on: trees depend on them. */
    private static final int PARTITIONS = 2;

    private static final int MOST_CLASSES = 20;
    private static final int ITERATIONS = 20;
    private static final double STEP = 0.3;
    private static final int TREES = 50;
    private static final int FOREST_DEPTH = 10;
    private static final long SEED = 13;

    /** What is predicted. */
    public enum Task {
        /** One of several categories, or of two numbers. */
        CLASSES,
        /** A number. */
        NUMBER
    }

    /**
     * How good predictions are.
     *
     * @param score share of right classes; of numbers the coefficient of determination, 1 - squared error / variance
     * @param ranking area under the receiver operating characteristic of two classes; NaN for others
     */
    public record Result(double score, double ranking) {}

    /** @param target the column's place; of a category with 2 to 20 values, or a number */
    static Usefulness of(
            Dataset<Row> real, Dataset<Row> synthetic, Dataset<Row> holdout, RowCodes codes, int target, String name) {
        Labels labels = Labels.of(real, codes, target, name);
        LabelledRows encoding = new LabelledRows(codes, target, labels);
        Dataset<Row> fromReal = encoded(real, encoding, target);
        Dataset<Row> fromSynthetic = encoded(synthetic, encoding, target);
        Dataset<Row> test = encoded(holdout, encoding, target);
        try {
            long realRows = requireRows(fromReal, "real", name);
            long syntheticRows = requireRows(fromSynthetic, "synthetic", name);
            long testRows = requireRows(test, "held-out", name);
            return new Usefulness(
                    name,
                    labels.classes() > 0 ? Task.CLASSES : Task.NUMBER,
                    realRows,
                    syntheticRows,
                    testRows,
                    result(fromReal, test, encoding),
                    result(fromSynthetic, test, encoding),
                    labels.classes() > 0 ? chance(fromReal, test, testRows) : 0);
        } finally {
            List.of(fromReal, fromSynthetic, test).forEach(Dataset::unpersist);
        }
    }

    private static Dataset<Row> encoded(Dataset<Row> rows, LabelledRows encoding, int target) {
        Column[] all = Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
        Column[] hashed = Arrays.copyOf(all, all.length + 1);
        hashed[all.length] = functions.lit(SEED);
        Dataset<Row> there =
                rows.filter(functions.col(ComparedColumns.name(target)).isNotNull());
        // By content, and in as many partitions everywhere: figures agree for every partitioning of the table, within
        // the order of Spark's sums, to about the sixth digit.
        Dataset<Row> some = there.orderBy(functions.xxhash64(hashed)).limit(MOST_ROWS);
        Dataset<Row> encoded =
                rows.sparkSession().createDataFrame(some.toJavaRDD().map(encoding::row), encoding.schema());
        Dataset<Row> known = encoding.classes() == 0
                ? encoded
                : encoded.filter(functions.col(LabelledRows.LABEL).geq(0));
        return known.repartition(PARTITIONS).cache();
    }

    private static long requireRows(Dataset<Row> rows, String table, String target) {
        long count = rows.count();
        if (count == 0) {
            throw InputErrors.input("the " + table + " table must have rows with a value of " + target
                    + " to learn from, but has none");
        }
        return count;
    }

    private static double chance(Dataset<Row> training, Dataset<Row> test, long testRows) {
        Row most = training.groupBy(LabelledRows.LABEL)
                .count()
                .orderBy(functions.col("count").desc(), functions.col(LabelledRows.LABEL))
                .head();
        return test.filter(functions.col(LabelledRows.LABEL).equalTo(most.getDouble(0)))
                        .count()
                / (double) testRows;
    }

    private static Result result(Dataset<Row> training, Dataset<Row> test, LabelledRows encoding) {
        int classes = encoding.classes();
        if (classes == 0) {
            Dataset<Row> predicted = new GBTRegressor()
                    .setMaxIter(ITERATIONS)
                    .setStepSize(STEP)
                    .setMaxBins(encoding.bins())
                    .setSeed(SEED)
                    .fit(training)
                    .transform(test);
            return new Result(new RegressionEvaluator().setMetricName("r2").evaluate(predicted), Double.NaN);
        }
        Dataset<Row> predicted = classes == 2 ? boosted(training, test, encoding) : forest(training, test, encoding);
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(predicted);
        double ranking = classes == 2 ? new BinaryClassificationEvaluator().evaluate(predicted) : Double.NaN;
        return new Result(accuracy, ranking);
    }

    private static Dataset<Row> boosted(Dataset<Row> training, Dataset<Row> test, LabelledRows encoding) {
        return new GBTClassifier()
                .setMaxIter(ITERATIONS)
                .setStepSize(STEP)
                .setMaxBins(encoding.bins())
                .setSeed(SEED)
                .fit(training)
                .transform(test);
    }

    private static Dataset<Row> forest(Dataset<Row> training, Dataset<Row> test, LabelledRows encoding) {
        return new RandomForestClassifier()
                .setNumTrees(TREES)
                .setMaxDepth(FOREST_DEPTH)
                .setMaxBins(encoding.bins())
                .setSeed(SEED)
                .fit(training)
                .transform(test);
    }

    /**
     * What a column's values are as labels.
     *
     * @param classes how many; 0: they are numbers
     * @param numbers the two numbers that are classes, ascending; empty: categories, by their codes, or numbers
     */
    record Labels(int classes, List<Double> numbers) implements java.io.Serializable {
        static Labels of(Dataset<Row> real, RowCodes codes, int target, String name) {
            if (!codes.isNumber(target)) {
                int classes = codes.column(target).categories().size();
                Check.usage(
                        classes >= 2 && classes <= MOST_CLASSES,
                        Parameter.TARGET,
                        "have 2 to " + MOST_CLASSES + " values if it is a category, as " + name + " is",
                        classes);
                return new Labels(classes, List.of());
            }
            List<Double> numbers = new ArrayList<>();
            String column = ComparedColumns.name(target);
            for (Row row : real.select(column).na().drop().distinct().takeAsList(3)) {
                numbers.add(row.getDouble(0));
            }
            numbers.sort(null);
            return numbers.size() == 2 ? new Labels(2, numbers) : new Labels(0, List.of());
        }
    }
}
