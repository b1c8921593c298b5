package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.RealFeature;
import elbow.data.infer.FeatureSettings;
import elbow.data.table.Markers;
import elbow.model.ThresholdRule;
import elbow.score.AnomalyScoring;
import elbow.train.plan.TrainingPlan;
import elbow.vae.input.InputTransform;
import java.util.List;
import java.util.Set;

/** The settings of a fit, checked before any row is read. */
final class FitSettings {
    private static final FeatureEncoder ONE_COLUMN = new FeatureEncoder(
            List.of(new RealFeature("x", 0, 1, -1, 1)),
            InputTransform.NONE,
            new Markers(List.of()),
            Set.of(),
            List.of());

    private FitSettings() {}

    /**
     * Reads every setting, by a plan for the smallest table that there is: what that is refused, every table is.
     *
     * @throws elbow.base.ElbowException of category USAGE that names the setting that is wrong
     */
    static void require(Configuration configuration) {
        FeatureSettings.of(configuration, List.of());
        configuration.fraction("data.validation-fraction");
        TrainingPlan.resolve(configuration, ONE_COLUMN, 1, 1);
        configuration.positiveIntOrAuto("training.checkpoint-rounds");
        configuration.text("training.tensorboard");
        ThresholdRule.of(configuration);
        ofOtherChoices(configuration);
        configuration.choiceOrAuto(AnomalyScoring.KEY, AnomalyScoring.Formula.class);
        configuration.positiveInt("report.images");
    }

    // What a rule or schedule reads that is not chosen: a slip there would only show once it is.
    private static void ofOtherChoices(Configuration configuration) {
        configuration.positiveDouble("training.learning-rate-schedule.step-factor");
        configuration.fraction("scoring.threshold-quantile");
        configuration.fraction("scoring.contamination");
        configuration.fraction("scoring.tail-quantile");
        configuration.fraction("scoring.tail-risk");
        configuration.choice("scoring.tail-fit", ThresholdRule.Fit.class);
    }
}
