package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NeighbourSample;
import elbow.score.AnomalyScoring;
import elbow.train.TrainingData;
import java.util.Optional;

/** The training rows of a fit that its model keeps. */
final class FitNeighbours {
    private FitNeighbours() {}

    /** Some of the training rows; empty where distances to them do not count. */
    static Optional<NearestRows> of(Configuration settings, TrainingData data, FeatureEncoder encoder) {
        double weight = AnomalyScoring.neighbourWeight(settings, encoder);
        return weight == 0
                ? Optional.empty()
                : NeighbourSample.nearestOf(data.training(), encoder, AnomalyScoring.neighbourhood(settings), weight);
    }
}
