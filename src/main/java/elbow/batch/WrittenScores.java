package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.model.Calibration;
import elbow.report.ScoreHistogram;
import elbow.score.ScoreColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The scores of a partition as they stand in the output: what is counted is what is published. */
final class WrittenScores {
    private static final int BINS = 48;

    private final Dataset<Row> rows;

    /**
     * @param schema of the scores: a directory without rows does not say
     * @param directory where they are
     */
    WrittenScores(SparkSession spark, StructType schema, Path directory) {
        rows = spark.read().schema(schema).parquet(directory.toString());
    }

    /** Rows, those above the threshold, those whose score is not finite, and the mean ELBO. */
    record Totals(long rows, long anomalies, long notFinite, double meanElbo) {}

    Totals totals() {
        Column anomalous = functions.when(functions.col(ScoreColumns.IS_ANOMALY), 1);
        Column notFinite =
                functions.when(functions.col(ScoreColumns.ANOMALY_SCORE).equalTo(Double.POSITIVE_INFINITY), 1);
        Row totals = rows.agg(
                        functions.count(functions.lit(1)),
                        functions.count(anomalous),
                        functions.count(notFinite),
                        functions.avg(functions.col(ScoreColumns.ELBO)))
                .head();
        return new Totals(
                totals.getLong(0),
                totals.getLong(1),
                totals.getLong(2),
                totals.isNullAt(3) ? Double.NaN : totals.getDouble(3));
    }

    /** Why rows are flagged: see {@link FlaggedScores}. */
    FlaggedScores flagged(int named) {
        return new FlaggedScores(rows, named);
    }

    /**
     * The rows with the highest anomaly scores, the highest first; those of the lowest tail probability where there are
     * several networks, whose scores do not compare.
     */
    List<Row> strangest(int most, boolean oneNetwork) {
        return strangest(rows, most, oneNetwork);
    }

    static List<Row> strangest(Dataset<Row> scored, int most, boolean oneNetwork) {
        List<Column> order = new ArrayList<>();
        if (!oneNetwork) {
            order.add(functions.col(ScoreColumns.TAIL_PROBABILITY).asc());
        }
        order.add(functions.col(ScoreColumns.ANOMALY_SCORE).desc());
        order.add(functions.col(ScoreColumns.RECONSTRUCTION).asc());
        return scored.orderBy(order.toArray(Column[]::new)).limit(most).collectAsList();
    }

    /**
     * The anomaly scores beside those of held-out rows.
     *
     * @throws ElbowException of category MODEL if a score is not a number
     */
    ScoreHistogram histogram(Calibration calibration, double threshold) {
        JavaRDD<Double> scores = rows.select(ScoreColumns.ANOMALY_SCORE)
                .javaRDD()
                .map(row -> row.getDouble(0))
                .cache();
        try {
            double low = calibration.quantile(0.002);
            double high = Math.max(calibration.quantile(0.998), threshold);
            double margin = high > low ? 0.25 * (high - low) : 0.5;
            double first = low - margin;
            double width = (high + 3 * margin - first) / BINS;
            double[] edges = new double[BINS + 1];
            for (int i = 0; i <= BINS; i++) {
                edges[i] = first + i * width;
            }
            long[] counts = counts(scores, edges);
            double all = 0;
            for (long count : counts) {
                all += count;
            }
            double[] batch = new double[BINS];
            double[] training = new double[BINS];
            for (int i = 0; i < BINS; i++) {
                batch[i] = counts[i + 1] / Math.max(1, all);
                training[i] = shareFrom(calibration, edges[i]) - shareFrom(calibration, edges[i + 1]);
            }
            return new ScoreHistogram(
                    first,
                    width,
                    training,
                    batch,
                    counts[0] / Math.max(1, all),
                    counts[BINS + 1] / Math.max(1, all),
                    threshold,
                    new ScoreShift(calibration).distance(scores));
        } finally {
            scores.unpersist(false);
        }
    }

    /** The share of held-out rows that score at least so much. */
    private static double shareFrom(Calibration calibration, double score) {
        double[] kept = calibration.scores();
        long[] ranks = calibration.ranks();
        int found = Arrays.binarySearch(kept, score);
        int place = found >= 0 ? found : -found - 1;
        while (place > 0 && kept[place - 1] >= score) {
            place--;
        }
        return place == kept.length ? 0 : 1 - ranks[place] / (double) calibration.rows();
    }

    /** Below the first edge, between edges, from the last edge on. */
    private static long[] counts(JavaRDD<Double> scores, double[] edges) {
        long[] total = new long[edges.length + 1];
        JavaRDD<long[]> parts = scores.mapPartitions(part -> {
            long[] counts = new long[edges.length + 1];
            while (part.hasNext()) {
                double score = part.next();
                if (Double.isNaN(score)) {
                    throw new ElbowException(
                            ErrorCategory.MODEL,
                            "anomaly scores must be numbers, but one is NaN: the model is damaged");
                }
                int found = Arrays.binarySearch(edges, score);
                counts[found >= 0 ? found + 1 : -found - 1]++;
            }
            return Collections.singletonList(counts).iterator();
        });
        for (long[] part : parts.collect()) {
            for (int i = 0; i < total.length; i++) {
                total[i] += part[i];
            }
        }
        return total;
    }
}
