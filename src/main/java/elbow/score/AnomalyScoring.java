package elbow.score;

import elbow.base.Configuration;
import elbow.data.FeatureEncoder;
import elbow.data.Stretching;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a row's anomaly score is made of its ELBO; in nats, higher is stranger. Part of the model, by the setting
 * {@value #KEY} that it was trained with; a model that does not say has {@link Formula#ELBO}.
 */
public final class AnomalyScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The setting that chooses the formula. */
    public static final String KEY = "scoring.anomaly-score";

    /** What the score is. */
    public enum Formula {
        /**
         * -elbo + stretching(x): minus the ELBO of the density on the columns' encoded scales, the logarithm for
         * positive columns and asinh for those with long tails, instead of per unit of the column. A density depends on
         * the scale that it is a density of: per unit, a large number is strange for its size alone, as its unit is
         * small beside it. The same as ELBO where no scale is bent. See {@link Stretching}.
         */
        ENCODED,
        /** -elbo, of the columns in their own units. */
        ELBO
    }

    private final Formula formula;
    private final Stretching stretching;

    private AnomalyScoring(Formula formula, Stretching stretching) {
        this.formula = formula;
        this.stretching = stretching;
    }

    /** The formula for rows of an encoder. */
    public static AnomalyScoring of(Formula formula, FeatureEncoder encoder) {
        return new AnomalyScoring(formula, encoder.stretching());
    }

    /** As a run's configuration says. */
    public static AnomalyScoring of(Configuration configuration, FeatureEncoder encoder) {
        return of(configuration.choice(KEY, Formula.class), encoder);
    }

    /** As a model was trained with. */
    public static AnomalyScoring of(TrainedModel model) {
        String name = model.manifest().settings().getOrDefault(KEY, Formula.ELBO.name());
        return of(Formula.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')), model.encoder());
    }

    public Formula formula() {
        return formula;
    }

    /**
     * The anomaly score of a row.
     *
     * @param elbo with or without what all rows have in common of the log-Jacobian, as the score will be
     */
    double score(double elbo, EncodedRows rows, int row) {
        return formula == Formula.ELBO || stretching.isNone()
                ? -elbo
                : -elbo + stretching.of(rows.values(), rows.observed(), rows.offset(row));
    }

    /** What one encoded column adds to a row's score over its share of -elbo; 0 for a column that the row lacks. */
    double stretching(int column, EncodedRows rows, int row) {
        int place = rows.offset(row) + column;
        byte @Nullable [] observed = rows.observed();
        return formula == Formula.ELBO || stretching.isNone() || (observed != null && observed[place] == 0)
                ? 0
                : stretching.ofColumn(column, rows.values()[place]);
    }
}
