package elbow.score;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.PixelContexts;
import elbow.data.feature.Stretching;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a row's anomaly score follows from its ELBO; in nats, higher is more anomalous. Part of the model, through the
 * setting {@value #KEY} of its training; a model without this setting has {@link Formula#ELBO}.
 */
public final class AnomalyScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The setting that chooses the formula. */
    public static final String KEY = "scoring.anomaly-score";

    /** What the score is. */
    public enum Formula {
        /**
         * -elbo + stretching(x) + log p_texture(x): as ENCODED, less what the image costs by a model of neighbouring
         * pixels alone ({@link PixelContexts#codeLength}). The logarithm of a likelihood ratio: 0 for an image that the
         * VAE explains no better than its texture does. Without it a simple image, of few strokes, is more usual than
         * most that were trained on, whatever it shows (J. Ren et al. Likelihood ratios for out-of-distribution
         * detection. NeurIPS 2019; J. Serra et al. Input complexity and out-of-distribution detection with
         * likelihood-based generative models. ICLR 2020). For binary pixels; a grey one counts by its brightness, which
         * is how often it is bright.
         */
        LIKELIHOOD_RATIO,
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
    // By the first of their columns.
    private final TreeMap<Integer, PixelContexts> contexts;

    private AnomalyScoring(Formula formula, FeatureEncoder encoder) {
        this.formula = formula;
        stretching = encoder.stretching();
        contexts = new TreeMap<>(formula == Formula.LIKELIHOOD_RATIO ? encoder.pixelContexts() : Map.of());
    }

    /**
     * The formula for rows of an encoder.
     *
     * @throws ElbowException of category USAGE if it is a likelihood ratio, and no column has binary pixels
     */
    public static AnomalyScoring of(Formula formula, FeatureEncoder encoder) {
        if (formula == Formula.LIKELIHOOD_RATIO && encoder.pixelContexts().isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    KEY + " must be auto, encoded or elbo for rows without an image of binary pixels, but is "
                            + "likelihood-ratio");
        }
        return new AnomalyScoring(formula, encoder);
    }

    /**
     * As a run's configuration says; for {@value Configuration#AUTO} a likelihood ratio if some column has binary
     * pixels, else ENCODED.
     */
    public static AnomalyScoring of(Configuration configuration, FeatureEncoder encoder) {
        return of(configuration.choiceOrAuto(KEY, Formula.class).orElseGet(() -> usual(encoder)), encoder);
    }

    /** As a model was trained with. */
    public static AnomalyScoring of(TrainedModel model) {
        String name = model.manifest().settings().getOrDefault(KEY, Formula.ELBO.name());
        try {
            Formula formula = name.equals(Configuration.AUTO)
                    ? usual(model.encoder())
                    : Formula.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            return of(formula, model.encoder());
        } catch (IllegalArgumentException | ElbowException e) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "model " + model.manifest().modelId() + " must say a known " + KEY + " for its columns, but says "
                            + name,
                    e);
        }
    }

    private static Formula usual(FeatureEncoder encoder) {
        return encoder.pixelContexts().isEmpty() ? Formula.ENCODED : Formula.LIKELIHOOD_RATIO;
    }

    /**
     * The anomaly score of a row.
     *
     * @param elbo with or without what all rows have in common of the log-Jacobian, as the score will be
     */
    double score(double elbo, EncodedRows rows, int row) {
        double score = formula == Formula.ELBO || stretching.isNone()
                ? -elbo
                : -elbo + stretching.of(rows.values(), rows.observed(), rows.offset(row));
        for (int column : contexts.keySet()) {
            score -= codeLength(column, rows, row);
        }
        return score;
    }

    /**
     * The code length of the texture of the image that begins with an encoded column, if the score includes it, else 0;
     * in nats.
     */
    double codeLength(int column, EncodedRows rows, int row) {
        PixelContexts found = contexts.get(column);
        return found == null ? 0 : found.codeLength(rows.values(), rows.offset(row) + column);
    }

    /** What one encoded column adds to a row's score over its share of -elbo; 0 for a missing value. */
    double stretching(int column, EncodedRows rows, int row) {
        int place = rows.offset(row) + column;
        byte @Nullable [] observed = rows.observed();
        return formula == Formula.ELBO || stretching.isNone() || (observed != null && observed[place] == 0)
                ? 0
                : stretching.ofColumn(column, rows.values()[place]);
    }
}
