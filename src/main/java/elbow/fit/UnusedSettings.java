package elbow.fit;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.plan.OuterOptimizerPlan;
import elbow.train.plan.TrainingPlan;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The settings that somebody has changed and that mean nothing beside the others: a slip as a rule, and so told. */
final class UnusedSettings {
    private final Configuration settings;
    private final List<String> remarks = new ArrayList<>();

    private UnusedSettings(Configuration settings) {
        this.settings = settings;
    }

    /**
     * Those of a fit, in sentences.
     *
     * @param held whether rows to validate on are given
     */
    static List<String> of(Configuration settings, FeatureEncoder encoder, TrainingPlan plan, boolean held) {
        UnusedSettings unused = new UnusedSettings(settings);
        unused.ofData(encoder, held);
        unused.ofModel(plan);
        unused.ofObjective();
        unused.ofTraining(plan);
        unused.ofThreshold();
        return List.copyOf(unused.remarks);
    }

    private void ofData(FeatureEncoder encoder, boolean held) {
        boolean some = encoder.features().stream().anyMatch(ImageFeature.class::isInstance);
        boolean all = encoder.features().stream().allMatch(ImageFeature.class::isInstance);
        tell(
                !some,
                "in a table",
                "data.image.height",
                "data.image.width",
                "data.image.channels",
                "data.image.binarise",
                "data.image.likelihood");
        tell(encoder.image().isEmpty(), "where no single column of images is modelled", "report.images");
        tell(
                all,
                "for images",
                "data.missing",
                "data.numeric-share",
                "data.maximum-categories",
                "data.maximum-levels",
                "data.largest-count");
        tell(held, "where rows to validate on are given", "data.validation-fraction");
    }

    private void ofModel(TrainingPlan plan) {
        tell(
                settings.text("model.network").equals("dense"),
                "with model.network = dense",
                "model.convolution.channels",
                "model.convolution.kernel",
                "model.convolution.strides");
        String prior = settings.text("model.prior");
        tell(!Set.of("mixture", "vamp").contains(prior), "with model.prior = " + prior, "model.prior-components");
        tell(!prior.equals("flow"), "with model.prior = " + prior, "model.prior-couplings");
        tell(!Set.of("flow", "conditional").contains(prior), "with model.prior = " + prior, "model.prior-units");
        String posterior = settings.text("model.posterior");
        tell(posterior.equals("gaussian"), "with model.posterior = gaussian", "model.posterior-steps");
        tell(!posterior.equals("iaf"), "with model.posterior = " + posterior, "model.posterior-units");
        tell(
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
        tell(
                settings.notNegativeDouble("objective.free-bits") == 0,
                "with objective.free-bits = 0",
                "objective.free-bits-scope");
        tell(
                settings.notNegativeDouble("objective.capacity") == 0,
                "with objective.capacity = 0",
                "objective.capacity-steps");
        tell(
                settings.text("objective.kl-schedule").equals("constant"),
                "with objective.kl-schedule = constant",
                "objective.kl-warm-up-steps");
    }

    private void ofTraining(TrainingPlan plan) {
        tell(
                plan.averaging().outer().kind() == OuterOptimizerPlan.Kind.AVERAGE,
                "where replicas are averaged plainly"
                        + (plan.replicas() == 1 ? ", as a single one is" : " (training.outer.optimizer)"),
                "training.outer.learning-rate",
                "training.outer.momentum");
        tell(plan.optimizer() == InnerOptimizer.SGD, "with training.optimizer = sgd", "training.outer.moments");
        String section = "training.learning-rate-schedule.";
        String shape = settings.text(section + "shape");
        String with = "with " + section + "shape = " + shape;
        tell(!shape.equals("cosine"), with, section + "final-fraction");
        tell(!shape.equals("step"), with, section + "step-every", section + "step-factor");
    }

    private void ofThreshold() {
        String rule = settings.text("scoring.threshold");
        String with = "with scoring.threshold = " + rule;
        tell(!rule.equals("quantile"), with, "scoring.threshold-quantile");
        tell(!rule.equals("contamination"), with, "scoring.contamination");
        tell(!rule.equals("tail"), with, "scoring.tail-risk", "scoring.tail-quantile", "scoring.tail-fit");
    }

    private void tell(boolean unused, String where, String... keys) {
        for (String key : keys) {
            if (unused && settings.isChanged(key)) {
                remarks.add(key + " has no effect " + where);
            }
        }
    }
}
