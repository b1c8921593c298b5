package elbow.score;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.PixelContexts;
import elbow.data.feature.Stretching;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.data.reference.Neighbourhood;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a row's anomaly score follows from its ELBO, from how far out its values lie in their columns' own distributions
 * ({@link MarginalTails}) and from how far it lies from training rows ({@link NearestRows}); in nats, higher is more
 * anomalous. Part of the model, through the setting {@value #KEY} of its training and the version of the formulas in
 * its manifest; a model without this setting has {@link Formula#ELBO}.
 */
public final class AnomalyScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The setting that chooses the formula. */
    public static final String KEY = "scoring.anomaly-score";

    /**
     * The version of the formulas that new models have: see {@link elbow.model.Manifest#anomalyScoreVersion}. Version 1
     * differs in ENCODED and LIKELIHOOD_RATIO: it left the density per unit of each column that is there, and took off
     * the bends of scales alone: -elbo + stretching(x), with elbo in the columns' own units and {@link Stretching}. So
     * a gap was worth the logarithm of the column's unit. Models that have it keep it, since their thresholds do.
     */
    public static final int VERSION = 2;

    /** The version of scores that count {@link MarginalTails} beside, of whatever formula. */
    public static final int VERSION_WITH_TAILS = 3;

    /** The version of scores that count {@link NearestRows}, with tails or without. */
    public static final int VERSION_WITH_NEIGHBOURS = 4;

    /** The setting that says what tails weigh. */
    public static final String TAILS_KEY = "scoring.marginal-weight";

    /**
     * What tails weigh unless it is said, where no column is an image: a quarter. Chosen on 29 labelled tables; see the
     * page anomalies.md.
     */
    private static final double USUAL_TAILS = 0.25;

    /** The setting that says what the distance to training rows weighs. */
    public static final String NEIGHBOURS_KEY = "scoring.neighbour-weight";

    /** The setting that says to which of them. */
    public static final String NEIGHBOURHOOD_KEY = "scoring.neighbourhood";

    /** The settings that say what an anomaly score is. */
    public static final Set<String> KEYS = Set.of(KEY, TAILS_KEY, NEIGHBOURS_KEY, NEIGHBOURHOOD_KEY);

    /**
     * Nats for each column and e-fold of distance unless it is said, where no column is an image or a condition. Chosen
     * on 29 labelled tables; see the page anomalies.md.
     */
    private static final double USUAL_NEIGHBOURS = 0.5;

    /** What the score is. */
    public enum Formula {
        /**
         * As ENCODED, less what the image costs by a model of neighbouring pixels alone
         * ({@link PixelContexts#codeLength}). The logarithm of a likelihood ratio: 0 for an image that the VAE explains
         * no better than its texture does. Without it a simple image, of few strokes, is more usual than most that were
         * trained on, whatever it shows (J. Ren et al. Likelihood ratios for out-of-distribution detection. NeurIPS
         * 2019; J. Serra et al. Input complexity and out-of-distribution detection with likelihood-based generative
         * models. ICLR 2020). For binary pixels; a grey one counts by its brightness, which is how often it is bright.
         */
        LIKELIHOOD_RATIO,
        /**
         * Minus the ELBO on the columns' scales: -elbo + sum over the columns j that the row has of log |d s_j / d
         * x_j|, with elbo in the columns' own units and s_j the scale: the logarithm of a positive number, asinh for
         * long tails, (x - mean) / deviation for other numbers. A density depends on the scale that it is a density of.
         * Per unit of the column a large number is strange for its size alone, as its unit is small beside it, and a
         * gap is worth the logarithm of the unit; on these scales no unit is left.
         */
        ENCODED,
        /**
         * -elbo, of the columns in their own units: rows that lack other columns than others compare by these units.
         */
        ELBO;

        /** Whether rows of these columns have such a score. */
        private boolean fits(FeatureEncoder encoder) {
            return this != LIKELIHOOD_RATIO || !encoder.pixelContexts().isEmpty();
        }
    }

    /** What the densities of numbers that make up a score are densities of. */
    public enum Scale {
        /** The columns in their own units. */
        OWN,
        /** The same, but for the bends of scales. */
        STRAIGHTENED,
        /** The columns' scales. */
        ENCODED;

        static Scale of(Formula formula, int version) {
            return formula == Formula.ELBO ? OWN : version == 1 ? STRAIGHTENED : ENCODED;
        }
    }

    private final Scale scale;
    private final double logJacobian;
    // From densities of encoded values, or in own units, to those of the scale.
    private final Stretching stretching;
    // By the first of their columns.
    private final TreeMap<Integer, PixelContexts> contexts;
    private final @Nullable MarginalTails tails;
    private final @Nullable NearestRows nearest;

    private AnomalyScoring(
            Formula formula,
            int version,
            FeatureEncoder encoder,
            @Nullable MarginalTails marginalTails,
            @Nullable NearestRows nearestRows) {
        tails = marginalTails;
        nearest = nearestRows;
        scale = Scale.of(formula, version);
        logJacobian = encoder.logJacobian();
        stretching = scale == Scale.ENCODED ? encoder.logarithms() : encoder.stretching();
        contexts = new TreeMap<>(formula == Formula.LIKELIHOOD_RATIO ? encoder.pixelContexts() : Map.of());
    }

    /**
     * The formula, in its newest version, for rows of an encoder.
     *
     * @throws ElbowException of category USAGE if it is a likelihood ratio, and no column has binary pixels
     */
    public static AnomalyScoring of(Formula formula, FeatureEncoder encoder) {
        return of(formula, VERSION, encoder, Optional.empty(), Optional.empty());
    }

    /** The formula in a version of its own, as {@link #of(Formula, FeatureEncoder)}. */
    static AnomalyScoring of(Formula formula, int version, FeatureEncoder encoder) {
        return of(formula, version, encoder, Optional.empty(), Optional.empty());
    }

    /** The same with what is counted beside. */
    static AnomalyScoring of(
            Formula formula,
            int version,
            FeatureEncoder encoder,
            Optional<MarginalTails> tails,
            Optional<NearestRows> nearest) {
        Check.argument(
                version >= 1 && version <= VERSION_WITH_NEIGHBOURS,
                "version",
                "lie in 1.." + VERSION_WITH_NEIGHBOURS,
                version);
        if (!formula.fits(encoder)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    KEY + " must be auto, encoded or elbo for rows without an image of binary pixels, but is "
                            + "likelihood-ratio");
        }
        return new AnomalyScoring(formula, version, encoder, tails.orElse(null), nearest.orElse(null));
    }

    /**
     * As a run's configuration says; for {@value Configuration#AUTO} a likelihood ratio if some column has binary
     * pixels, else ENCODED.
     *
     * @param tails what is counted beside, of {@link #tailWeight}; empty: nothing
     * @param nearest the same of {@link #neighbourWeight}
     */
    public static AnomalyScoring of(
            Configuration configuration,
            FeatureEncoder encoder,
            Optional<MarginalTails> tails,
            Optional<NearestRows> nearest) {
        return of(
                configuration.choiceOrAuto(KEY, Formula.class).orElseGet(() -> usual(encoder)),
                version(tails, nearest),
                encoder,
                tails,
                nearest);
    }

    /**
     * Requires that a run's configuration fits its columns.
     *
     * @throws ElbowException of category USAGE as {@link #of(Formula, FeatureEncoder)} does, or if a weight is none or
     *     the neighbourhood unknown
     */
    public static void requireFitting(Configuration configuration, FeatureEncoder encoder) {
        AnomalyScoring unused = of(configuration, encoder, Optional.empty(), Optional.empty());
        double unusedWeights = tailWeight(configuration, encoder) + neighbourWeight(configuration, encoder);
        Neighbourhood unusedNeighbourhood = neighbourhood(configuration);
    }

    /**
     * What marginal tails weigh, as a run's configuration says; for {@value Configuration#AUTO} as usual where no
     * column is an image. 0: they do not count.
     *
     * @throws ElbowException of category USAGE if it is no number that is at least 0
     */
    public static double tailWeight(Configuration configuration, FeatureEncoder encoder) {
        return configuration
                .notNegativeDoubleOrAuto(TAILS_KEY)
                .orElse(encoder.images().isEmpty() ? USUAL_TAILS : 0);
    }

    /**
     * What the distance to training rows weighs, as a run's configuration says; for {@value Configuration#AUTO} as
     * usual where no column is an image or a condition: what is strange under its conditions may be near to others. 0:
     * it does not count, and no rows are kept.
     *
     * @throws ElbowException of category USAGE if it is no number that is at least 0
     */
    public static double neighbourWeight(Configuration configuration, FeatureEncoder encoder) {
        return configuration
                .notNegativeDoubleOrAuto(NEIGHBOURS_KEY)
                .orElse(encoder.images().isEmpty() && encoder.conditions().isEmpty() ? USUAL_NEIGHBOURS : 0);
    }

    /** To which training rows distances are measured; for {@value Configuration#AUTO} to a broad neighbourhood. */
    public static Neighbourhood neighbourhood(Configuration configuration) {
        return configuration
                .choiceOrAuto(NEIGHBOURHOOD_KEY, Neighbourhood.class)
                .orElse(Neighbourhood.BROAD);
    }

    /** The version of scores with such tails and training rows. */
    public static int version(Optional<MarginalTails> tails, Optional<NearestRows> nearest) {
        if (nearest.isPresent()) {
            return VERSION_WITH_NEIGHBOURS;
        }
        return tails.isPresent() ? VERSION_WITH_TAILS : VERSION;
    }

    /**
     * As a model was trained with.
     *
     * @throws ElbowException of category MODEL if the model says another formula, or version of it, than there are
     */
    public static AnomalyScoring of(TrainedModel model) {
        String name = model.manifest().settings().getOrDefault(KEY, Formula.ELBO.name());
        int version = model.manifest().anomalyScoreVersion();
        if (version > VERSION_WITH_NEIGHBOURS) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "model " + model.manifest().modelId() + " must have an anomaly score of version "
                            + VERSION_WITH_NEIGHBOURS + " or older, but has version " + version
                            + ": it was written by a newer version of Elbow");
        }
        requireJust(
                version == VERSION_WITH_NEIGHBOURS,
                "training rows",
                model.nearest().isPresent(),
                model);
        if (version != VERSION_WITH_NEIGHBOURS) {
            requireJust(
                    version == VERSION_WITH_TAILS,
                    "marginal tails",
                    model.tails().isPresent(),
                    model);
        }
        Formula formula = named(name, model.encoder())
                .filter(known -> known.fits(model.encoder()))
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.MODEL,
                        "model " + model.manifest().modelId() + " must say a known " + KEY
                                + " for its columns, but says " + name));
        return of(formula, version, model.encoder(), model.tails(), model.nearest());
    }

    private static void requireJust(boolean wanted, String what, boolean found, TrainedModel model) {
        if (wanted != found) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "model " + model.manifest().modelId() + " must have " + (wanted ? "" : "no ") + what
                            + ", as its anomaly score has version "
                            + model.manifest().anomalyScoreVersion() + ", but has " + (found ? "some" : "none"));
        }
    }

    private static Optional<Formula> named(String name, FeatureEncoder encoder) {
        return name.equals(Configuration.AUTO)
                ? Optional.of(usual(encoder))
                : Arrays.stream(Formula.values())
                        .filter(formula -> formula.name().equalsIgnoreCase(name.replace('-', '_')))
                        .findFirst();
    }

    private static Formula usual(FeatureEncoder encoder) {
        return encoder.pixelContexts().isEmpty() ? Formula.ENCODED : Formula.LIKELIHOOD_RATIO;
    }

    /**
     * The anomaly score of a row.
     *
     * @param elbo of the encoded row, without any log-Jacobian
     */
    double score(double elbo, EncodedRows rows, int row) {
        double score = hasUnits() ? -(elbo + (logJacobian + rows.logJacobian(row))) : -elbo;
        if (scale != Scale.OWN && !stretching.isNone()) {
            score += stretching.of(rows.values(), rows.observed(), rows.offset(row));
        }
        if (tails != null) {
            score += tails.of(rows.values(), rows.observed(), rows.offset(row));
        }
        if (nearest != null) {
            score += nearest.of(rows.values(), rows.observed(), rows.offset(row), rows.distances());
        }
        if (contexts.isEmpty()) {
            // An iterator for each row of a table is a twentieth of its time.
            return score;
        }
        for (int column : contexts.keySet()) {
            score -= codeLength(column, rows, row);
        }
        return score;
    }

    /** What the densities of numbers that make up the score are densities of. */
    public Scale scale() {
        return scale;
    }

    /** The first encoded columns of images whose texture's code length is taken off. */
    public Set<Integer> textures() {
        return Collections.unmodifiableSet(contexts.keySet());
    }

    /** Whether the score counts what a column's unit has to do with its density: the log-Jacobian of its encoding. */
    boolean hasUnits() {
        return scale != Scale.ENCODED;
    }

    /**
     * The code length of the texture of the image that begins with an encoded column, if the score includes it, else 0;
     * in nats.
     */
    double codeLength(int column, EncodedRows rows, int row) {
        PixelContexts found = contexts.get(column);
        return found == null ? 0 : found.codeLength(rows.values(), rows.offset(row) + column);
    }

    /** What is counted beside the ELBO; empty: nothing. */
    public Optional<MarginalTails> tails() {
        return Optional.ofNullable(tails);
    }

    /** The training rows to which distances are counted; empty: none. */
    public Optional<NearestRows> nearest() {
        return Optional.ofNullable(nearest);
    }

    /** Adds what each modelled feature adds to a row's score by its distance to training rows, in nats. */
    void addDistances(EncodedRows rows, int row, double[] parts) {
        if (nearest != null) {
            nearest.addParts(rows.values(), rows.observed(), rows.offset(row), rows.distances(), parts);
        }
    }

    /** What the tail of a modelled feature adds to a row's score, in nats. */
    double tail(int feature, EncodedRows rows, int row) {
        return tails == null ? 0 : tails.ofFeature(feature, rows.values(), rows.observed(), rows.offset(row));
    }

    /** What the bend of one encoded column's scale adds to a row's score; 0 for a missing value. */
    double stretching(int column, EncodedRows rows, int row) {
        int place = rows.offset(row) + column;
        byte @Nullable [] observed = rows.observed();
        return scale == Scale.OWN || stretching.isNone() || (observed != null && observed[place] == 0)
                ? 0
                : stretching.ofColumn(column, rows.values()[place]);
    }
}
