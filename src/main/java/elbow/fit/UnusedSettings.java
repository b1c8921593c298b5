package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.GroupColumns;
import elbow.data.feature.ImageFeature;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRateSchedule;
import elbow.train.plan.LatentResolver;
import elbow.train.plan.OuterOptimizerPlan;
import elbow.train.plan.TrainingPlan;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that somebody has changed and that have no effect beside the others: a mistake as a rule, and so a
 * warning.
 */
final class UnusedSettings {
    private final Configuration settings;
    private final List<String> remarks = new ArrayList<>();

    private UnusedSettings(Configuration settings) {
        this.settings = settings;
    }

    /**
     * Those of a fit, in sentences.
     *
     * @param hasValidationRows whether rows to validate on are given
     */
    static List<String> of(
            Configuration settings, FeatureEncoder encoder, TrainingPlan plan, boolean hasValidationRows) {
        return of(settings, encoder, plan, hasValidationRows, false);
    }

    /**
     * Those of a fit that may start from a model, in sentences.
     *
     * @param hasValidationRows whether rows to validate on are given
     * @param starts whether it starts from a model
     */
    static List<String> of(
            Configuration settings,
            FeatureEncoder encoder,
            TrainingPlan plan,
            boolean hasValidationRows,
            boolean starts) {
        UnusedSettings unused = new UnusedSettings(settings);
        unused.ofData(encoder, hasValidationRows);
        unused.ofModel(plan);
        unused.ofObjective();
        unused.ofTraining(plan);
        unused.ofThreshold();
        unused.warnIf(
                !starts,
                "where training starts from no model",
                "refresh.encoder",
                "refresh.elbo-loss",
                "refresh.flagged-share");
        return List.copyOf(unused.remarks);
    }

    private void ofData(FeatureEncoder encoder, boolean hasValidationRows) {
        boolean some = encoder.features().stream().anyMatch(ImageFeature.class::isInstance);
        boolean all = encoder.features().stream().allMatch(ImageFeature.class::isInstance);
        warnIf(
                !some,
                "in a table",
                "data.image.height",
                "data.image.width",
                "data.image.channels",
                "data.image.binarise",
                "data.image.likelihood");
        warnIf(encoder.image().isEmpty(), "where no single column of images is modelled", "report.images");
        warnIf(
                all,
                "for images",
                "data.missing",
                "data.numeric-share",
                "data.maximum-categories",
                "data.maximum-levels",
                "data.largest-count",
                "data.common-share",
                "data.common-values");
        warnIf(encoder.layout().columnsOfNumbers().isEmpty(), "where no column of numbers is modelled", FitMargins.KEY);
        warnIf(hasValidationRows, "where rows to validate on are given", "data.validation-fraction");
        warnIf(
                settings.texts(GroupColumns.KEY).isEmpty(),
                "without " + GroupColumns.KEY,
                PreparedRows.GROUP_LEAST_ROWS);
    }

    private void ofModel(TrainingPlan plan) {
        warnIf(
                settings.text("model.network").equals("dense"),
                "with model.network = dense",
                "model.convolution.channels",
                "model.convolution.kernel",
                "model.convolution.strides");
        LatentResolver.unread(settings)
                .forEach((chosen, keys) -> warnIf(true, "with " + chosen, keys.toArray(String[]::new)));
        warnIf(
                plan.spec().row().groups().stream().noneMatch(group -> learnsVariance(group.likelihood())),
                "where no column has a likelihood with such a variance",
                "model.variance",
                "model.variance-floor");
    }

    private static boolean learnsVariance(Likelihood likelihood) {
        return !likelihood
                .withLearnedVariance(Gaussian.Variance.SHARED, 0.5)
                .equals(likelihood.withLearnedVariance(Gaussian.Variance.PER_COLUMN, 0.25));
    }

    private void ofObjective() {
        warnIf(
                settings.notNegativeDouble("objective.free-bits") == 0,
                "with objective.free-bits = 0",
                "objective.free-bits-scope");
        warnIf(
                settings.notNegativeDouble("objective.capacity") == 0,
                "with objective.capacity = 0",
                "objective.capacity-steps");
        warnIf(
                settings.text("objective.kl-schedule").equals("constant"),
                "with objective.kl-schedule = constant",
                "objective.kl-warm-up-steps");
    }

    private void ofTraining(TrainingPlan plan) {
        warnIf(
                plan.averaging().outer().kind() == OuterOptimizerPlan.Kind.AVERAGE,
                "where replicas are averaged plainly"
                        + (plan.replicas() == 1 ? ", as a single one is" : " (training.outer.optimizer)"),
                "training.outer.learning-rate",
                "training.outer.momentum");
        warnIf(plan.trimmedShare() == 0, "where training is not robust", "training.robust-share");
        warnIf(
                !plan.hasReducedProducts(),
                "where no product of a dense layer has 64 rows, inputs and outputs or more",
                "training.precision");
        warnIf(plan.optimizer() == InnerOptimizer.SGD, "with training.optimizer = sgd", "training.outer.moments");
        String section = "training.learning-rate-schedule.";
        LearningRateSchedule schedule = plan.learningRate().schedule();
        String with = "with " + section + "shape = " + settings.text(section + "shape");
        warnIf(!(schedule instanceof LearningRateSchedule.Cosine), with, section + "final-fraction");
        warnIf(!(schedule instanceof LearningRateSchedule.Step), with, section + "step-every", section + "step-factor");
    }

    private void ofThreshold() {
        String rule = settings.text("scoring.threshold");
        String with = "with scoring.threshold = " + rule;
        warnIf(!rule.equals("quantile"), with, "scoring.threshold-quantile");
        warnIf(!rule.equals("contamination"), with, "scoring.contamination");
        warnIf(!rule.equals("tail"), with, "scoring.tail-risk", "scoring.tail-quantile", "scoring.tail-fit");
    }

    private void warnIf(boolean unused, String where, String... keys) {
        for (String key : keys) {
            if (unused && settings.isChanged(key)) {
                remarks.add(key + " has no effect " + where);
            }
        }
    }
}
