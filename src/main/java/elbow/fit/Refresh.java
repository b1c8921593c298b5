package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.model.Calibration;
import elbow.model.Lineage;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.TrainingData;
import elbow.train.plan.TrainingPlan;
import elbow.vae.StartParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;

/** How a fit starts from a model, and whether what it comes to may take that model's place. */
final class Refresh {
    /** What becomes of the encoder. */
    private enum EncoderChoice {
        KEEP,
        REFIT
    }

    private final StartModel start;
    private final boolean keepsEncoder;
    private final double elboLoss;
    private final double flaggedShare;

    /** @throws ElbowException of category USAGE if a setting of the section {@code refresh} is wrong */
    Refresh(StartModel start, Configuration settings) {
        this.start = start;
        keepsEncoder = keepsEncoder(settings);
        elboLoss = settings.notNegativeDouble("refresh.elbo-loss");
        flaggedShare = settings.fraction("refresh.flagged-share");
    }

    /** Whether the settings say that the encoder is that of the model. */
    static boolean keepsEncoder(Configuration settings) {
        return settings.choice("refresh.encoder", EncoderChoice.class) == EncoderChoice.KEEP;
    }

    boolean keepsEncoder() {
        return keepsEncoder;
    }

    StartModel start() {
        return start;
    }

    /** What is taken over and what begins anew, in a sentence. */
    String remark(TrainingPlan plan) {
        StartParameters parameters = start.parameters();
        List<String> anew = parameters.others(plan.spec());
        int all = plan.spec().layout().length();
        String begins = "Starts from model " + start.id() + ", the encoder " + (keepsEncoder ? "kept" : "fitted anew");
        return anew.isEmpty()
                ? String.format(Locale.ROOT, "%s: all %,d parameters are taken over.", begins, all)
                : String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d parameters are taken over; these begin anew, as they are not there or of another"
                                + " size: %s.",
                        begins,
                        parameters.taken(plan.spec()),
                        all,
                        String.join(", ", anew));
    }

    /**
     * Requires that both models score the same columns, so that their ELBOs compare.
     *
     * @throws ElbowException of category INPUT if the rows lack a column of the model's, or have one of another type;
     *     of category USAGE if a fit of the encoder comes to other columns
     */
    void requireComparable(PreparedRows rows) {
        if (keepsEncoder) {
            return;
        }
        rows.requireReadBy(start.encoder());
        Map<String, String> before = kinds(start.encoder());
        Map<String, String> now = kinds(rows.encoder());
        Set<String> columns = new TreeSet<>(before.keySet());
        columns.addAll(now.keySet());
        for (String column : columns) {
            String former = before.getOrDefault(column, "left out");
            String found = now.getOrDefault(column, "left out");
            if (!former.equals(found)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        "the columns of a model and of one that is to take its place must be the same, for the sum over"
                                + " others is no measure, but column " + column + " is " + former + " in "
                                + start.place()
                                + " and " + found + " in the new rows: give its type in data.types, leave it out, keep"
                                + " the encoder (refresh.encoder), or train without a model to start from");
            }
        }
    }

    // What a column is, but for its values: new categories are what a fit is for.
    private static Map<String, String> kinds(FeatureEncoder encoder) {
        Map<String, String> kinds = new TreeMap<>();
        for (Feature feature : encoder.features()) {
            boolean given = encoder.conditions().contains(feature);
            kinds.put(feature.column(), (given ? "a condition, " : "") + feature.type());
        }
        return kinds;
    }

    /**
     * How the model does on the held-out rows.
     *
     * @throws ElbowException of category NOT_PROMOTED if it flags so many of them that they are no rows to learn from
     */
    Lineage.Figures before(JavaSparkContext spark, PreparedRows rows, TrainingData data, TrainingPlan plan) {
        EncodedScores scores = EncodedScores.of(
                spark,
                keepsEncoder ? data.validation() : rows.validationAs(start.encoder(), plan),
                ScoringModel.of(start.model().network(), plan.scoringSamples()),
                start.encoder().layout(),
                AnomalyScoring.of(start.model()));
        Lineage.Figures before =
                figures(scores, start.encoder().logJacobian(), start.model().calibration());
        if (before.flaggedShare() > flaggedShare) {
            throw refused(String.format(
                    Locale.ROOT,
                    "share of the %,d held-out rows that model %s flags must be at most refresh.flagged-share (%s), but"
                            + " is %.4f: they are not like those that it was trained on",
                    scores.rows(),
                    start.id(),
                    flaggedShare,
                    before.flaggedShare()));
        }
        return before;
    }

    /** Holds the new model against it. */
    Lineage lineage(
            Lineage.Figures before,
            PreparedRows rows,
            TrainingPlan plan,
            EncodedScores after,
            Calibration calibration) {
        return new Lineage(
                start.id(),
                start.place(),
                start.ancestors(),
                keepsEncoder,
                start.parameters().taken(plan.spec()),
                after.rows(),
                before,
                figures(after, rows.encoder().logJacobian(), calibration));
    }

    private static Lineage.Figures figures(EncodedScores scores, double logJacobian, Calibration calibration) {
        double threshold = calibration.threshold();
        long flagged = Arrays.stream(scores.anomalyScores())
                .filter(score -> !(score <= threshold))
                .count();
        return new Lineage.Figures(scores.meanElbo() + logJacobian, (double) flagged / scores.rows());
    }

    /**
     * Requires that the new model may be written.
     *
     * @throws ElbowException of category NOT_PROMOTED that says by which rule it may not
     */
    void requirePassed(Lineage lineage) {
        double least = lineage.before().elbo() - elboLoss;
        if (!(lineage.after().elbo() >= least)) {
            throw refused(String.format(
                    Locale.ROOT,
                    "mean ELBO of the %,d held-out rows must be at least %.4f nats, that of model %s less"
                            + " refresh.elbo-loss (%s), but is %.4f",
                    lineage.heldOut(),
                    least,
                    lineage.parent(),
                    elboLoss,
                    lineage.after().elbo()));
        }
    }

    private ElbowException refused(String reason) {
        return new ElbowException(
                ErrorCategory.NOT_PROMOTED,
                "the new model is not written: " + reason + "; " + start.place() + " stays");
    }
}
