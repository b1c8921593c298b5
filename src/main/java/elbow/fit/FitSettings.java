package elbow.fit;

import elbow.base.Configuration;
import elbow.base.RunId;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.RealFeature;
import elbow.data.infer.FeatureSettings;
import elbow.data.table.Markers;
import elbow.model.ThresholdRule;
import elbow.score.AnomalyScoring;
import elbow.train.Trainer;
import elbow.train.plan.TrainingPlan;
import elbow.vae.input.InputTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The settings of a fit, checked before any row is read. */
final class FitSettings {
    private FitSettings() {}

    /**
     * Reads every setting, by a plan for the smallest table that there is: what that is refused, every table is.
     *
     * @throws elbow.base.ElbowException of category USAGE that names the setting that is wrong
     */
    static void require(Configuration configuration) {
        // The manifest will have it.
        String unused = RunId.ofProcess();
        FeatureSettings.of(configuration, List.of());
        boolean conditional = !FeatureSettings.conditions(configuration).isEmpty();
        configuration.fraction("data.validation-fraction");
        configuration.positiveInt(PreparedRows.GROUP_LEAST_ROWS);
        // That table has no images: whether these fit convolutions is seen with the rows.
        Configuration ofTables = configuration.text("model.network").equals("convolutional")
                ? configuration.withOverrides(List.of("model.network=dense"))
                : configuration;
        TrainingPlan plan = TrainingPlan.resolve(ofTables, conditional ? encoder(1, "x", "c") : encoder(1, "x"), 1, 1);
        Trainer.requireMaster(plan.master());
        configuration.positiveIntOrAuto("training.checkpoint-rounds");
        configuration.text("training.tensorboard");
        ThresholdRule.of(configuration);
        ofOtherChoices(configuration);
        configuration.choiceOrAuto(AnomalyScoring.KEY, AnomalyScoring.Formula.class);
        configuration.notNegativeDoubleOrAuto(AnomalyScoring.TAILS_KEY);
        configuration.notNegativeDoubleOrAuto(AnomalyScoring.NEIGHBOURS_KEY);
        AnomalyScoring.neighbourhood(configuration);
        configuration.choiceOrAuto(FitLatents.KEY, FitLatents.Kind.class);
        configuration.choiceOrAuto(FitMargins.KEY, FitMargins.Kind.class);
        configuration.positiveInt("report.images");
        Refresh.keepsEncoder(configuration);
        configuration.notNegativeDouble("refresh.elbo-loss");
        configuration.fraction("refresh.flagged-share");
    }

    private static FeatureEncoder encoder(int modelled, String... columns) {
        return new FeatureEncoder(
                Arrays.stream(columns)
                        .<Feature>map(column -> new RealFeature(column, 0, 1, -1, 1))
                        .toList(),
                modelled,
                InputTransform.NONE,
                new Markers(List.of()),
                Set.of(),
                List.of());
    }

    // Settings of rules and schedules that are not chosen are checked too: a mistake would only show once they are.
    private static void ofOtherChoices(Configuration configuration) {
        configuration.positiveDouble("training.learning-rate-schedule.step-factor");
        configuration.fraction("scoring.threshold-quantile");
        configuration.fraction("scoring.contamination");
        configuration.fraction("scoring.tail-quantile");
        configuration.fraction("scoring.tail-risk");
        configuration.choice("scoring.tail-fit", ThresholdRule.TailFitMethod.class);
    }
}
