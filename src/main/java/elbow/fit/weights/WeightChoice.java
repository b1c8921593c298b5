package elbow.fit.weights;

import elbow.score.AnomalyScoring;
import java.util.List;
import java.util.Locale;

/**
 * The weights of the parts of the anomaly score that known anomalies choose, and what this brings.
 *
 * @param anomalies how many are known
 * @param heldOut how many held-out rows they were held against
 * @param usual the weights without them
 * @param chosen the usual ones unless others are clearly better
 * @param usualAuroc how well scores by the usual weights tell the anomalies from the held-out rows, in [0, 1]
 * @param auroc the same where each anomaly is scored by the weights that the others choose
 * @param standardError of the difference of the two as an estimate from these rows; NaN if it cannot be told
 */
public record WeightChoice(
        int anomalies,
        int heldOut,
        ScoreWeights usual,
        ScoreWeights chosen,
        double usualAuroc,
        double auroc,
        double standardError) {
    /** Whether other weights than the usual ones are chosen. */
    public boolean differs() {
        return !chosen.equals(usual);
    }

    /** The settings that the choice comes to; none where it is that of the usual weights. */
    public List<String> settings() {
        return differs()
                ? List.of(
                        AnomalyScoring.TAILS_KEY + "=" + chosen.marginal(),
                        AnomalyScoring.NEIGHBOURS_KEY + "=" + chosen.neighbour())
                : List.of();
    }

    /** What was chosen and why, in a sentence. */
    public String sentence() {
        String found = String.format(
                Locale.ROOT,
                "%,d known anomalies, each scored by weights that the others choose, have an AUROC of %.4f against %,d"
                        + " held-out rows instead of %.4f (gain %.4f, standard error %.4f): ",
                anomalies,
                auroc,
                heldOut,
                usualAuroc,
                auroc - usualAuroc,
                standardError);
        return found
                + (differs()
                        ? String.join(", ", settings())
                                + String.format(" instead of %s and %s", usual.marginal(), usual.neighbour())
                        : "the usual weights stay, as no others are clearly better");
    }
}
