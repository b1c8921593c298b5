package elbow.score;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Columns;
import elbow.model.Calibration;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Scores a data set across the cluster: each row of the input gives one row with the {@link ScoreColumns}. */
public final class RowScoring {
    private RowScoring() {}

    /**
     * The scores of {@code rows}, computed when they are used. Of a model whose groups have networks of their own the
     * rows of a partition come group by group.
     *
     * @param model what scores them
     * @throws ElbowException of category INPUT if a column that the model needs is missing or of another type; of
     *     category USAGE if a kept column is missing, is named twice or has the name of a score; of category MODEL if
     *     contributions are asked for, and the model does not know what is normal for its columns
     */
    public static Dataset<Row> score(Dataset<Row> rows, TrainedModel model, ScoringPlan plan) {
        return score(rows, model, plan, Optional.empty());
    }

    /**
     * As {@link #score(Dataset, TrainedModel, ScoringPlan)}, counted on the way.
     *
     * @param tally takes the counts as the scores are computed
     */
    public static Dataset<Row> score(Dataset<Row> rows, TrainedModel model, ScoringPlan plan, ScoringTally tally) {
        return score(rows, model, plan, Optional.of(tally));
    }

    private static Dataset<Row> score(
            Dataset<Row> rows, TrainedModel model, ScoringPlan plan, Optional<ScoringTally> tally) {
        StructType schema = rows.schema();
        StructField[] keptFields = keptFields(schema, plan.kept());
        StructType result = new StructType(keptFields);
        for (StructField score : ScoreColumns.schema().fields()) {
            result = result.add(score);
        }
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        ScoringTask scoring = new ScoringTask(
                spark.broadcast(ScoringModel.of(model.network(), plan.samples())),
                GroupScoring.of(spark, model, schema),
                spark.broadcast(model.calibration()),
                model.encoder().bind(schema),
                AnomalyScoring.of(model),
                Arrays.stream(keptFields)
                        .mapToInt(field -> schema.fieldIndex(field.name()))
                        .toArray(),
                plan.threshold(),
                plan.explained() == 0 ? null : Explanation.of(model, plan.explained(), schema),
                plan.explainedRows(),
                model.manifest().modelId(),
                Timestamp.from(plan.scoredAt()),
                tally.orElse(null));
        return rows.mapPartitions(scoring, Encoders.row(result));
    }

    private static StructField[] keptFields(StructType schema, List<String> kept) {
        Columns.requireKnown(Parameter.KEPT, kept, schema);
        // Spark and most readers of its files ignore the case of names.
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(ScoreColumns.names());
        for (String name : kept) {
            if (!taken.add(name)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        Message.of(
                                Parameter.KEPT,
                                " must not name " + name + ", which the output has already: leave it out",
                                kept.indexOf(name) == kept.lastIndexOf(name) ? ", or rename it in the input" : ""));
            }
        }
        return kept.stream()
                .map(name -> schema.fields()[schema.fieldIndex(name)])
                .toArray(StructField[]::new);
    }

    /** The work of one task, with everything it needs. */
    private static final class ScoringTask implements MapPartitionsFunction<Row, Row>, Serializable {
        private static final long serialVersionUID = 1L;

        private final Broadcast<ScoringModel> model;
        private final @Nullable GroupScoring groups;
        private final Broadcast<Calibration> calibration;
        private final RowEncoder encoder;
        private final AnomalyScoring scoring;
        private final int[] kept;
        private final double threshold;
        private final @Nullable Explanation explanation;
        private final ExplainedRows explainedRows;
        private final String modelId;
        private final Timestamp scoredAt;
        private final @Nullable ScoringTally tally;

        ScoringTask(
                Broadcast<ScoringModel> model,
                @Nullable GroupScoring groups,
                Broadcast<Calibration> calibration,
                RowEncoder encoder,
                AnomalyScoring scoring,
                int[] kept,
                double threshold,
                @Nullable Explanation explanation,
                ExplainedRows explainedRows,
                String modelId,
                Timestamp scoredAt,
                @Nullable ScoringTally tally) {
            this.model = model;
            this.groups = groups;
            this.calibration = calibration;
            this.encoder = encoder;
            this.scoring = scoring;
            this.kept = kept;
            this.threshold = threshold;
            this.explanation = explanation;
            this.explainedRows = explainedRows;
            this.modelId = modelId;
            this.scoredAt = scoredAt;
            this.tally = tally;
        }

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            Explanation asked = explanation;
            if (asked != null && explainedRows == ExplainedRows.ALL) {
                ScoredRows explained = ScoredRows.explained(rows, encoder, model.value(), scoring, asked)
                        .byGroup(groups);
                return outputs(explained, () -> explained.explain(asked), counted(explained));
            }
            ScoredRows scored =
                    ScoredRows.plain(rows, encoder, model.value(), scoring).byGroup(groups);
            ScoredCounts counts = counted(scored);
            if (asked == null) {
                return outputs(scored, () -> null, counts);
            }
            FlaggedRows flagged = new FlaggedRows(scored, scoring, asked, threshold);
            return outputs(flagged, flagged::explanation, counts);
        }

        private @Nullable ScoredCounts counted(ScoredRows scored) {
            ScoringTally asked = tally;
            if (asked == null) {
                return null;
            }
            ScoredCounts counts = asked.ofTask();
            scored.countInto(counts.columns());
            scored.countInto(counts.groups());
            return counts;
        }

        /** What is known of the row that came last. */
        private interface Contributions {
            Row @Nullable [] ofLast();
        }

        private Iterator<Row> outputs(
                Iterator<ScoredRow> scored, Contributions contributions, @Nullable ScoredCounts counts) {
            boolean hasBound = model.value().samples() > 1;
            Calibration normal = calibration.value();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return scored.hasNext();
                }

                @Override
                public Row next() {
                    ScoredRow row = scored.next();
                    if (counts != null) {
                        counts.add(row, threshold);
                    }
                    return output(row, contributions.ofLast(), hasBound, normal);
                }
            };
        }

        private Row output(ScoredRow row, Row @Nullable [] contributions, boolean hasBound, Calibration normal) {
            @Nullable
            Object[] values =
                    new @Nullable Object[kept.length + ScoreColumns.schema().length()];
            int position = 0;
            for (int column : kept) {
                values[position++] = row.input().get(column);
            }
            double anomalyScore = row.anomalyScore();
            values[position++] = row.elbo();
            values[position++] = row.reconstruction();
            values[position++] = row.kl();
            values[position++] = hasBound ? row.importanceWeightedBound() : null;
            values[position++] = anomalyScore;
            values[position++] = row.tailProbability(normal);
            values[position++] = row.isAnomaly(threshold);
            values[position++] = contributions;
            values[position++] = modelId;
            values[position] = scoredAt;
            return RowFactory.create(values);
        }
    }
}
