package elbow.score;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.model.TrainedModel;
import elbow.score.AnomalyScoring.Formula;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows one by one, each with how likely the model takes each of its columns to be. Goes to executors; the
 * network is broadcast until {@link #close}.
 */
public final class ColumnScoring implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<ScoringModel> network;
    private final @Nullable GroupScoring groups;
    private final RowEncoder encoder;
    private final AnomalyScoring scoring;
    private final AnomalyScoring ownUnits;
    private final FeatureLayout layout;

    private ColumnScoring(
            Broadcast<ScoringModel> network,
            @Nullable GroupScoring groups,
            RowEncoder encoder,
            AnomalyScoring scoring,
            FeatureEncoder features) {
        this.network = network;
        this.groups = groups;
        this.encoder = encoder;
        this.scoring = scoring;
        this.ownUnits = AnomalyScoring.of(Formula.ELBO, features);
        this.layout = features.layout();
    }

    /**
     * Scores of rows of {@code schema}.
     *
     * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type
     */
    public static ColumnScoring of(JavaSparkContext spark, TrainedModel model, int samples, StructType schema) {
        RowEncoder encoder = model.encoder().bind(schema);
        return new ColumnScoring(
                spark.broadcast(ScoringModel.of(model.network(), samples)),
                GroupScoring.of(spark, model, schema),
                encoder,
                AnomalyScoring.of(model),
                model.encoder());
    }

    /**
     * A row with its scores, in nats.
     *
     * @param row as it was read
     * @param elbo of the columns in their own units; higher is better
     * @param reconstruction its first term, the sum of {@code columns} to rounding
     * @param kl its second one
     * @param anomalyScore as the model says; higher is stranger; infinity where that is not finite; of a row that its
     *     group's own network scores, moved so that the model's threshold is the group's
     * @param columns E_q[log p(x_j|z)] of each column that is modelled, in the order of {@link FeatureLayout#columns};
     *     0 for a missing value
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
    public record Scores(
            Row row, double elbo, double reconstruction, double kl, double anomalyScore, double[] columns) {}

    /**
     * The rows of a partition in their order, scored as they are asked for, a chunk at a time; group by group of a
     * model whose groups have networks of their own. Each comes with the very row that was given.
     */
    public Iterator<Scores> score(Iterator<Row> rows) {
        ColumnParts parts = new ColumnParts(layout, ownUnits);
        ScoredRows scored = ScoredRows.withParts(rows, encoder, network.value(), scoring, parts)
                .byGroup(groups);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return scored.hasNext();
            }

            @Override
            public Scores next() {
                ScoredRow row = scored.next();
                double[] columns = new double[parts.columns()];
                scored.addParts(columns);
                for (int column = 0; column < columns.length; column++) {
                    // From what a column adds to a score to what it adds to the ELBO; no zero becomes minus zero.
                    columns[column] = 0.0 - columns[column];
                }
                return new Scores(row.input(), row.elbo(), row.reconstruction(), row.kl(), row.movedScore(), columns);
            }
        };
    }

    /** Frees the network on the executors. */
    @Override
    public void close() {
        network.destroy();
    }
}
