package elbow.fit;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.data.shard.PackedRows;
import elbow.fit.weights.ScoreWeights;
import elbow.fit.weights.WeightChoice;
import elbow.fit.weights.WeightSearch;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.TrainingData;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a fit's anomaly scores are made of.
 *
 * @param settings those of the fit, with the weights that known anomalies have chosen
 * @param tails what is counted of each column; empty: nothing
 * @param nearest the rows to which the distance is counted; empty: none
 * @param choice what the known anomalies chose; empty: there are none
 */
record FitScoring(
        Configuration settings,
        Optional<MarginalTails> tails,
        Optional<NearestRows> nearest,
        Optional<WeightChoice> choice) {

    /** As the settings say. */
    static FitScoring of(Configuration settings, TrainingData data, FeatureEncoder encoder) {
        return new FitScoring(
                settings,
                FitTails.of(settings, data, encoder),
                FitNeighbours.of(settings, data, encoder),
                Optional.empty());
    }

    /** The score. */
    AnomalyScoring scoring(FeatureEncoder encoder) {
        return AnomalyScoring.of(settings, encoder, tails, nearest);
    }

    /**
     * Requires that known anomalies have something to choose, and are enough.
     *
     * @param count how many are known
     * @throws ElbowException of category USAGE or INPUT if not
     */
    static void requireChoice(Configuration settings, FeatureEncoder encoder, long count) {
        Check.usage(
                encoder.images().isEmpty(),
                Parameter.ANOMALIES,
                "not be given where a column is an image, whose scores have no other parts to weigh",
                String.join(", ", encoder.layout().columns()));
        if (free(settings, encoder).isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            AnomalyScoring.TAILS_KEY + " or " + AnomalyScoring.NEIGHBOURS_KEY + " must be auto with ",
                            Parameter.ANOMALIES,
                            ", which chooses what is, but they are " + settings.text(AnomalyScoring.TAILS_KEY) + " and "
                                    + settings.text(AnomalyScoring.NEIGHBOURS_KEY)));
        }
        if (count < WeightSearch.LEAST_ANOMALIES) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    Message.of(
                            Parameter.ANOMALIES,
                            " must name at least " + WeightSearch.LEAST_ANOMALIES + " rows, but names " + count
                                    + (count == 0 ? ": no row has the value" : ": so few tell nothing")));
        }
    }

    // What is auto and counts.
    private static Set<WeightSearch.Part> free(Configuration settings, FeatureEncoder encoder) {
        Set<WeightSearch.Part> free = EnumSet.noneOf(WeightSearch.Part.class);
        if (isAuto(settings, AnomalyScoring.TAILS_KEY) && AnomalyScoring.tailWeight(settings, encoder) > 0) {
            free.add(WeightSearch.Part.MARGINAL);
        }
        if (isAuto(settings, AnomalyScoring.NEIGHBOURS_KEY) && AnomalyScoring.neighbourWeight(settings, encoder) > 0) {
            free.add(WeightSearch.Part.NEIGHBOUR);
        }
        return free;
    }

    private static boolean isAuto(Configuration settings, String key) {
        return settings.text(key).equals(Configuration.AUTO);
    }

    /** With the weights that known anomalies choose, against held-out rows. */
    FitScoring chosenBy(
            JavaRDD<PackedRows> anomalies,
            JavaRDD<PackedRows> heldOut,
            ScoringModel model,
            FeatureEncoder encoder,
            JavaSparkContext spark) {
        ScoreWeights usual = new ScoreWeights(
                tails.map(MarginalTails::weight).orElse(0.0),
                nearest.map(NearestRows::weight).orElse(0.0));
        Set<WeightSearch.Part> free = free(settings, encoder);
        if (nearest.isEmpty()) {
            free.remove(WeightSearch.Part.NEIGHBOUR);
        }
        WeightChoice found = WeightSearch.choose(
                usual, free, parts(anomalies, model, encoder, spark), parts(heldOut, model, encoder, spark));
        return new FitScoring(
                settings.withOverrides(found.settings()),
                tails.filter(unused -> found.chosen().marginal() > 0)
                        .map(known -> known.weighing(found.chosen().marginal())),
                nearest.filter(unused -> found.chosen().neighbour() > 0)
                        .map(known -> known.weighing(found.chosen().neighbour())),
                Optional.of(found));
    }

    private WeightSearch.Parts parts(
            JavaRDD<PackedRows> rows, ScoringModel model, FeatureEncoder encoder, JavaSparkContext spark) {
        List<AnomalyScoring> formulas = List.of(
                AnomalyScoring.of(settings, encoder, Optional.empty(), Optional.empty()),
                AnomalyScoring.of(settings, encoder, tails.map(known -> known.weighing(1)), Optional.empty()),
                AnomalyScoring.of(settings, encoder, Optional.empty(), nearest.map(known -> known.weighing(1))));
        List<double[]> scores = EncodedScores.anomalyScores(spark, rows, model, formulas);
        double[] elbo = scores.get(0);
        return new WeightSearch.Parts(elbo, beside(elbo, scores.get(1)), beside(elbo, scores.get(2)));
    }

    private static double[] beside(double[] elbo, double[] scores) {
        double[] parts = new double[elbo.length];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = scores[row] - elbo[row];
        }
        return parts;
    }
}
