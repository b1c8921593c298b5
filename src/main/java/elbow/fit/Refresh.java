package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
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

    /** Compares both models on the held-out rows. */
    Lineage lineage(
            JavaSparkContext spark,
            PreparedRows rows,
            TrainingData data,
            TrainingPlan plan,
            EncodedScores after,
            Calibration calibration) {
        EncodedScores before = EncodedScores.of(
                spark,
                keepsEncoder ? data.validation() : rows.validationAs(start.encoder(), plan),
                ScoringModel.of(start.model().network(), plan.scoringSamples()),
                start.encoder().layout(),
                AnomalyScoring.of(start.model()));
        return new Lineage(
                start.id(),
                start.place(),
                start.ancestors(),
                keepsEncoder,
                start.parameters().taken(plan.spec()),
                after.rows(),
                figures(before, start.encoder().logJacobian(), start.model().calibration()),
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
        if (lineage.after().flaggedShare() > flaggedShare) {
            throw refused(String.format(
                    Locale.ROOT,
                    "share of the %,d held-out rows that the new model flags must be at most refresh.flagged-share"
                            + " (%s), but is %.4f; model %s flags %.4f",
                    lineage.heldOut(),
                    flaggedShare,
                    lineage.after().flaggedShare(),
                    lineage.parent(),
                    lineage.before().flaggedShare()));
        }
    }

    private ElbowException refused(String reason) {
        return new ElbowException(
                ErrorCategory.NOT_PROMOTED,
                "the new model is not written: " + reason + "; " + start.place() + " stays");
    }
}
