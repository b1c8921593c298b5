package elbow.score;

import elbow.base.Parameter;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.data.table.InputErrors;
import elbow.model.Calibration;
import elbow.model.NormalParts;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Calibrates a model on rows of a table; the scores are collected on the driver, 8 bytes per row. */
public final class ReferenceScores {
    private ReferenceScores() {}

    /**
     * Scores {@code rows} once and calibrates the model on them. The order of rows and partitions shows in the last
     * digits of means only.
     *
     * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type, there are too few rows for the rule, or one has a score that is not finite; of category USAGE if groups
     *     have networks of their own
     */
    public static Calibration calibrate(Dataset<Row> rows, TrainedModel model, ThresholdRule rule, int samples) {
        GroupScoring.requireNone(
                model, Parameter.CALIBRATE, "a calibration of all rows is none of each group: train anew");
        RowEncoder encoder = model.encoder().bind(rows.schema());
        FeatureLayout layout = model.encoder().layout();
        AnomalyScoring scoring = AnomalyScoring.of(model);
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        Broadcast<ScoringModel> broadcast = spark.broadcast(ScoringModel.of(model.network(), samples));
        try {
            List<Part> parts = rows.javaRDD()
                    .mapPartitions(partition -> scored(partition, encoder, broadcast.value(), scoring, layout))
                    .collect();
            double[] scores = parts.stream()
                    .flatMapToDouble(part -> Arrays.stream(part.scores))
                    .toArray();
            if (scores.length == 0) {
                throw InputErrors.input("the rows to calibrate on must be at least one, but there are none");
            }
            Calibration.requireFinite(scores);
            double[] means = new double[layout.features() + 1];
            for (Part part : parts) {
                for (int i = 0; i < means.length; i++) {
                    means[i] += part.sums[i] / scores.length;
                }
            }
            NormalParts normal = new NormalParts(
                    layout.columns(), Arrays.copyOf(means, layout.features()), means[layout.features()]);
            return Calibration.of(scores, rule, samples, Optional.of(normal));
        } finally {
            broadcast.destroy();
        }
    }

    private static Iterator<Part> scored(
            Iterator<Row> rows, RowEncoder encoder, ScoringModel model, AnomalyScoring scoring, FeatureLayout layout) {
        ScoredRows scored = ScoredRows.withParts(rows, encoder, model, scoring, layout);
        double[] scores = new double[1024];
        double[] sums = new double[layout.features() + 1];
        int count = 0;
        while (scored.hasNext()) {
            ScoredRow row = scored.next();
            scores = count < scores.length ? scores : Arrays.copyOf(scores, 2 * count);
            scores[count++] = row.anomalyScore();
            scored.addParts(sums);
            sums[layout.features()] += row.kl();
        }
        return List.of(new Part(Arrays.copyOf(scores, count), sums)).iterator();
    }

    /** The scores of one partition, and the sums of their parts. No record: Spark's Kryo cannot write records. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;

        final double[] scores;
        final double[] sums;

        Part(double[] scores, double[] sums) {
            this.scores = scores;
            this.sums = sums;
        }
    }
}
