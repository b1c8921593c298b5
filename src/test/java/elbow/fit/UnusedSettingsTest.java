package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.table.Markers;
import elbow.train.plan.TrainingPlan;
import elbow.vae.input.InputTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnusedSettingsTest {
    @Test
    void defaultsAreNeverReported() {
        assertThat(remarks()).isEmpty();
        assertThat(remarks("objective.free-bits-scope=row", "training.outer.momentum=auto"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "objective.free-bits-scope=minibatch, objective.free-bits = 0",
        "objective.capacity-steps=100, objective.capacity = 0",
        "model.prior-components=5, model.prior = standard-normal",
        "model.prior-couplings=2, model.prior = standard-normal",
        "model.prior-units=8, model.prior = standard-normal",
        "model.posterior-steps=3, model.posterior = gaussian",
        "model.posterior-units=8, model.posterior = gaussian",
        "model.upper-hidden-layers=1, model.hierarchy = none",
        "training.robust-share=0.2, where training is not robust",
        "training.outer.momentum=0.5, averaged plainly",
        "training.outer.learning-rate=0.5, averaged plainly",
        "training.learning-rate-schedule.final-fraction=0.1, shape = auto",
        "training.learning-rate-schedule.step-every=10, shape = auto",
        "training.learning-rate-schedule.step-factor=0.5, shape = auto",
        "scoring.contamination=0.1, scoring.threshold = quantile",
        "scoring.tail-risk=0.01, scoring.threshold = quantile",
        "scoring.tail-quantile=0.9, scoring.threshold = quantile",
        "scoring.tail-fit=robust, scoring.threshold = quantile",
        "data.image.height=8, in a table",
        "data.group-least-rows=50, without data.group-by",
        "report.images=3, where no single column of images is modelled"
    })
    void ineffectiveSettingsAreReported(String setting, String where) {
        assertThat(remarks(setting))
                .singleElement()
                .asString()
                .startsWith(setting.substring(0, setting.indexOf('=')) + " has no effect ")
                .contains(where);
    }

    @ParameterizedTest
    @CsvSource({
        "objective.free-bits-scope=minibatch, objective.free-bits=1",
        "objective.kl-warm-up-steps=10, objective.kl-schedule=cyclical",
        "model.prior-components=5, model.prior=mixture",
        "model.prior-units=8, model.prior=flow",
        "model.posterior-steps=3, model.posterior=planar",
        "model.posterior-units=8, model.posterior=iaf",
        "model.upper-hidden-layers=1, model.hierarchy=ladder",
        "training.robust-share=0.2, training.robust=on",
        "training.outer.momentum=0.5, training.outer.optimizer=slowmo",
        "training.learning-rate-schedule.step-every=10, training.learning-rate-schedule.shape=step",
        "scoring.contamination=0.1, scoring.threshold=contamination",
        "model.variance=shared, model.variance-floor=0.1"
    })
    void effectiveSettingsAreNotReported(String setting, String other) {
        assertThat(remarks(setting, other)).isEmpty();
    }

    @Test
    void aPriorGivenConditionsHasUnits() {
        Configuration settings = Configuration.defaults()
                .withOverrides(List.of("model.prior=conditional", "model.prior-units=8", "model.prior-couplings=3"));
        FeatureEncoder columns =
                TestEncoders.encoder().real("x", 0, 1).real("hour", 12, 4).build();
        FeatureEncoder given = new FeatureEncoder(
                columns.features(), 1, InputTransform.NONE, new Markers(List.of()), Set.of(), List.of());

        assertThat(UnusedSettings.of(settings, given, TrainingPlan.resolve(settings, given, 1_000, 1), false))
                .containsExactly("model.prior-couplings has no effect with model.prior = conditional");
    }

    @Test
    void ruleOfAnotherThresholdIsReportedUnderThatName() {
        assertThat(remarks("scoring.threshold=tail", "scoring.threshold-quantile=0.9"))
                .containsExactly("scoring.threshold-quantile has no effect with scoring.threshold = tail");
    }

    @Test
    void warmUpIsIgnoredWithAConstantWeight() {
        assertThat(remarks("objective.kl-schedule=constant", "objective.kl-warm-up-steps=10"))
                .containsExactly("objective.kl-warm-up-steps has no effect with objective.kl-schedule = constant");
    }

    @Test
    void validationFractionIsIgnoredWhereValidationRowsAreGiven() {
        Configuration settings = Configuration.defaults().withOverrides(List.of("data.validation-fraction=0.2"));

        assertThat(remarks(settings, true))
                .containsExactly("data.validation-fraction has no effect where rows to validate on are given");
        assertThat(remarks(settings, false)).isEmpty();
    }

    private static List<String> remarks(String... overrides) {
        return remarks(Configuration.defaults().withOverrides(Arrays.asList(overrides)), false);
    }

    private static List<String> remarks(Configuration settings, boolean held) {
        FeatureEncoder encoder = TestEncoders.encoder().real("x", 0, 1).build();
        return UnusedSettings.of(settings, encoder, TrainingPlan.resolve(settings, encoder, 1_000, 1), held);
    }
}
