package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.data.reference.RowSample;
import elbow.data.reference.SampledRow;
import elbow.density.FittedDensities;
import elbow.score.ScoringModel;
import elbow.train.TrainingData;
import java.util.List;
import java.util.Optional;

/**
 * What is fitted once the network is trained, for the rows that the model makes.
 *
 * @param latents where latents are drawn from
 * @param margins where numbers are moved to
 */
record FitDensities(FitLatents latents, FitMargins margins) {
    /** Training rows that the driver looks at, at most. */
    private static final int MOST_ROWS = 1 << 15;

    /** Encoded values of these. */
    private static final int MOST_VALUES = 1 << 22;

    /** From some of the training rows. */
    static FitDensities of(
            Configuration settings, TrainingData data, FeatureEncoder encoder, TableColumns table, ScoringModel model) {
        int limit = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / encoder.width()));
        List<SampledRow> rows = RowSample.of(data.training(), limit);
        FitLatents latents = FitLatents.of(settings, model, rows);
        return new FitDensities(latents, FitMargins.of(settings, model, encoder, table, latents.mixture(), rows));
    }

    /** What the model keeps; empty: nothing. */
    Optional<FittedDensities> kept() {
        return latents.mixture().isEmpty() && margins.byColumn().isEmpty()
                ? Optional.empty()
                : Optional.of(new FittedDensities(latents.mixture(), margins.byColumn()));
    }

    /** What was done and why, in sentences. */
    List<String> words() {
        return margins.words().isEmpty() ? List.of(latents.words()) : List.of(latents.words(), margins.words());
    }
}
