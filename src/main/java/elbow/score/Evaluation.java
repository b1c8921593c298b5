package elbow.score;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Label;
import elbow.model.TrainedModel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * How well a model describes a data set: means over its rows, of the original columns in their own units, in nats per
 * row, higher is better.
 *
 * @param rows how many rows
 * @param notFinite how many of them have an anomaly score that is not finite; no mean is finite with one
 * @param elbo mean ELBO
 * @param elboStandardError standard error of that mean as an estimate from these rows; NaN where there are fewer than
 *     two
 * @param reconstruction mean reconstruction term
 * @param kl mean KL divergence
 * @param importanceWeightedBound mean importance-weighted bound; NaN unless there is more than one sample
 * @param rootMeanSquaredError of the expected value at the posterior mean, over all encoded columns: in standard
 *     deviations of a standardised column, in [0, 1] for pixels
 * @param ranking how well the anomaly scores rank the labelled anomalies, those of groups' own networks by how far they
 *     are above their groups' thresholds, as flags go; empty without labels
 */
public record Evaluation(
        long rows,
        long notFinite,
        double elbo,
        double elboStandardError,
        double reconstruction,
        double kl,
        double importanceWeightedBound,
        double rootMeanSquaredError,
        Optional<RankingMetrics> ranking) {

    // What one row gives, as an array: Spark's Kryo cannot write records.
    private static final int ELBO = 0;
    private static final int RECONSTRUCTION = 1;
    private static final int KL = 2;
    private static final int BOUND = 3;
    private static final int SQUARED_ERROR = 4;
    private static final int ANOMALY_SCORE = 5;
    private static final int ANOMALOUS = 6;
    private static final int UNCLEAR = 7;
    private static final int NOT_FINITE = 8;
    private static final int VALUES = 9;

    /**
     * Scores {@code data} once and summarises.
     *
     * @param label which rows are anomalies; empty: no ranking
     * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
     * @throws ElbowException of category INPUT if a needed column is missing or of another type, if a label does not
     *     say what a row is, or if the labels are all the same
     */
    public static Evaluation of(Dataset<Row> data, TrainedModel model, Optional<Label> label, int samples) {
        int labelIndex = label.map(column -> labelIndex(data, column.column())).orElse(-1);
        @Nullable Label asked = label.orElse(null);
        RowEncoder encoder = model.encoder().bind(data.schema());
        AnomalyScoring scoring = AnomalyScoring.of(model);
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
        Broadcast<ScoringModel> broadcast = spark.broadcast(ScoringModel.of(model.network(), samples));
        @Nullable GroupScoring groups = GroupScoring.of(spark, model, data.schema());
        JavaRDD<double[]> values = data.javaRDD()
                .mapPartitions(rows -> values(rows, encoder, broadcast.value(), groups, scoring, labelIndex, asked))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            double[] sums = sums(values);
            if (asked != null && sums[UNCLEAR] > 0) {
                throw asked.unclear(data);
            }
            Optional<RankingMetrics> ranking = label.map(column -> ranking(values, column));
            return of(sums, model.encoder().modelledWidth(), samples, ranking);
        } finally {
            values.unpersist(false);
            broadcast.destroy();
        }
    }

    private static Evaluation of(double[] sums, int columns, int samples, Optional<RankingMetrics> ranking) {
        double rows = sums[VALUES];
        double elbo = sums[ELBO] / rows;
        double squares = Math.max(0, sums[VALUES + 1] - rows * elbo * elbo);
        return new Evaluation(
                (long) rows,
                (long) sums[NOT_FINITE],
                elbo,
                EncodedScores.standardError(squares, (long) rows),
                sums[RECONSTRUCTION] / rows,
                sums[KL] / rows,
                samples > 1 ? sums[BOUND] / rows : Double.NaN,
                Math.sqrt(sums[SQUARED_ERROR] / (rows * columns)),
                ranking);
    }

    /** Sums of the values, then the number of rows and the sum of squared ELBOs; in the order of partitions. */
    private static double[] sums(JavaRDD<double[]> values) {
        List<double[]> partitions = values.mapPartitions(rows -> {
                    double[] sums = new double[VALUES + 2];
                    while (rows.hasNext()) {
                        double[] row = rows.next();
                        for (int i = 0; i < VALUES; i++) {
                            sums[i] += row[i];
                        }
                        sums[VALUES]++;
                        sums[VALUES + 1] += row[ELBO] * row[ELBO];
                    }
                    return List.of(sums).iterator();
                })
                .collect();
        double[] total = new double[VALUES + 2];
        for (double[] partition : partitions) {
            for (int i = 0; i < total.length; i++) {
                total[i] += partition[i];
            }
        }
        return total;
    }

    private static RankingMetrics ranking(JavaRDD<double[]> values, Label label) {
        RankingMetrics ranking =
                RankingMetrics.of(values.mapToPair(row -> new Tuple2<>(row[ANOMALY_SCORE], row[ANOMALOUS] == 1)));
        if (ranking.positives() == 0 || ranking.negatives() == 0) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    Message.of(
                            Parameter.LABEL,
                            " must name a column with both anomalies and normal rows, but by " + label + " there are "
                                    + ranking.positives() + " anomalies and " + ranking.negatives()
                                    + " normal rows"));
        }
        return ranking;
    }

    private static Iterator<double[]> values(
            Iterator<Row> rows,
            RowEncoder encoder,
            ScoringModel model,
            @Nullable GroupScoring groups,
            AnomalyScoring scoring,
            int labelIndex,
            @Nullable Label label) {
        ScoredRows scored =
                ScoredRows.withSquaredError(rows, encoder, model, scoring).byGroup(groups);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return scored.hasNext();
            }

            @Override
            public double[] next() {
                ScoredRow row = scored.next();
                double[] values = new double[VALUES];
                values[ELBO] = row.elbo();
                values[RECONSTRUCTION] = row.reconstruction();
                values[KL] = row.kl();
                values[BOUND] = row.importanceWeightedBound();
                values[SQUARED_ERROR] = row.squaredError();
                values[ANOMALY_SCORE] = row.movedScore();
                values[NOT_FINITE] = row.hasFiniteScore() ? 0 : 1;
                if (label != null) {
                    Optional<Boolean> anomalous = label.anomalous(row.input().get(labelIndex));
                    values[ANOMALOUS] = anomalous.orElse(false) ? 1 : 0;
                    values[UNCLEAR] = anomalous.isPresent() ? 0 : 1;
                }
                return values;
            }
        };
    }

    private static int labelIndex(Dataset<Row> data, String label) {
        List<String> names = Arrays.asList(data.schema().fieldNames());
        int index = names.indexOf(label);
        if (index < 0) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    Message.of(
                            Parameter.LABEL,
                            " must name a column of the input, but " + label + " is none; there are ",
                            String.join(", ", names)));
        }
        return index;
    }
}
