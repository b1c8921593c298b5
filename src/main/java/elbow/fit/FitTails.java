package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.TailCounts;
import elbow.score.AnomalyScoring;
import elbow.train.TrainingData;
import java.util.Optional;

/** The marginal tails of a fit's columns. */
final class FitTails {
    private FitTails() {}

    /** As the training rows show them; empty where they do not count. */
    static Optional<MarginalTails> of(Configuration settings, TrainingData data, FeatureEncoder encoder) {
        double weight = AnomalyScoring.tailWeight(settings, encoder);
        return weight == 0
                ? Optional.empty()
                : Optional.of(TailCounts.tailsOf(
                        data.trainingSample(), data.training().all(), encoder, weight));
    }
}
