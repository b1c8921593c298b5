package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final Configuration defaults = Configuration.defaults();

    @Test
    void everyKeyHasItsDefault() {
        Map<String, Object> expected = new TreeMap<>();
        expected.put("seed", 42);
        expected.put("data.validation-fraction", 0.1);
        expected.put("data.missing", List.of("?", "", "NA", "N/A", "NaN", "null", "\\N", "-"));
        expected.put("data.numeric-share", 0.99);
        expected.put("data.maximum-categories", 100);
        expected.put("data.maximum-levels", 20);
        expected.put("data.largest-count", 1000);
        expected.put("data.common-share", 1);
        expected.put("data.common-values", "outstanding");
        expected.put("data.unusable", "leave-out");
        expected.put("data.conditions", List.of());
        expected.put("data.group-by", List.of());
        expected.put("data.group-least-rows", 1000);
        for (String type : List.of("real", "positive", "count", "binary", "ordinal", "categorical")) {
            expected.put("data.types." + type, List.of());
        }
        for (String likelihood : List.of("gaussian", "student-t", "point-masses", "poisson", "negative-binomial")) {
            expected.put("data.likelihoods." + likelihood, List.of());
        }
        expected.put("data.levels", List.of());
        expected.put("data.image.height", "auto");
        expected.put("data.image.width", "auto");
        expected.put("data.image.channels", "auto");
        expected.put("data.image.binarise", "sample");
        expected.put("data.image.likelihood", "auto");
        expected.put("model.network", "dense");
        expected.put("model.convolution.channels", "auto");
        expected.put("model.convolution.kernel", 4);
        expected.put("model.convolution.strides", "auto");
        expected.put("model.latent-size", "auto");
        expected.put("model.encoder-sizes", "auto");
        expected.put("model.decoder-sizes", "auto");
        expected.put("model.activation", "auto");
        expected.put("model.variance", "per-column");
        expected.put("model.variance-floor", 1e-3);
        expected.put("model.hierarchy", "none");
        expected.put("model.upper-latent-sizes", "auto");
        expected.put("model.upper-units", "auto");
        expected.put("model.upper-hidden-layers", 2);
        expected.put("model.prior", "standard-normal");
        expected.put("model.prior-components", "auto");
        expected.put("model.prior-couplings", 6);
        expected.put("model.prior-units", 64);
        expected.put("model.posterior", "gaussian");
        expected.put("model.posterior-steps", "auto");
        expected.put("model.posterior-units", 64);
        expected.put("objective.beta", 1);
        expected.put("objective.free-bits", 0);
        expected.put("objective.free-bits-scope", "row");
        expected.put("objective.capacity", 0);
        expected.put("objective.capacity-steps", "auto");
        expected.put("objective.samples", 1);
        expected.put("objective.importance-weighted", false);
        expected.put("objective.mask-share", 0);
        expected.put("objective.kl-schedule", "linear");
        expected.put("objective.kl-warm-up-steps", "auto");
        expected.put("training.master", "averaging");
        expected.put("training.replicas", "auto");
        expected.put("training.epochs", "auto");
        expected.put("training.batch-size", 128);
        expected.put("training.averaging-frequency", "auto");
        expected.put("training.outer.optimizer", "auto");
        expected.put("training.outer.learning-rate", "auto");
        expected.put("training.outer.momentum", "auto");
        expected.put("training.outer.moments", "average");
        expected.put("training.learning-rate-schedule.shape", "auto");
        expected.put("training.learning-rate-schedule.warm-up-steps", 0);
        expected.put("training.learning-rate-schedule.final-fraction", 0);
        expected.put("training.learning-rate-schedule.step-every", "auto");
        expected.put("training.learning-rate-schedule.step-factor", 0.1);
        expected.put("training.measure-every", "auto");
        expected.put("training.early-stopping", 0);
        expected.put("training.checkpoint-rounds", "auto");
        expected.put("training.tensorboard", "");
        expected.put("training.learning-rate", "auto");
        expected.put("training.robust", "off");
        expected.put("training.robust-share", 0.1);
        expected.put("training.precision", "float32");
        expected.put("training.optimizer", "adam");
        expected.put("scoring.samples", "auto");
        expected.put("scoring.anomaly-score", "auto");
        expected.put("scoring.marginal-weight", "auto");
        expected.put("scoring.neighbour-weight", "auto");
        expected.put("scoring.neighbourhood", "auto");
        expected.put("scoring.threshold", "quantile");
        expected.put("scoring.threshold-quantile", 0.99);
        expected.put("scoring.contamination", 0.01);
        expected.put("scoring.tail-risk", 1e-3);
        expected.put("scoring.tail-quantile", 0.98);
        expected.put("scoring.tail-fit", "likelihood");
        expected.put("generation.latent-density", "auto");
        expected.put("generation.margins", "auto");
        expected.put("report.images", 40);
        expected.put("refresh.encoder", "keep");
        expected.put("refresh.elbo-loss", 0);
        expected.put("refresh.flagged-share", 0.2);
        expected.put("tune.objective", "elbo");
        expected.put("tune.space", "auto");
        expected.put("tune.method", "halving");
        expected.put("tune.trials", 27);
        expected.put("tune.reduction", 3);
        expected.put("tune.rungs", 3);
        expected.put("tune.samples", 4);
        expected.put("tune.parallel", "auto");
        for (String given : List.of("input", "model", "output")) {
            expected.put("batch." + given, "");
        }
        expected.put("batch.partition-column", "dt");
        expected.put("batch.format", "auto");
        expected.put("batch.columns", List.of());
        expected.put("batch.header", "auto");
        expected.put("batch.comment", "");
        expected.put("batch.encoding", "");
        expected.put("batch.decimal-comma", false);
        expected.put("batch.thousands", "");
        expected.put("batch.number-signs", "");
        expected.put("batch.absent-columns", "refuse");
        expected.put("batch.alarm", "warn");
        expected.put("batch.alarm-except", List.of());
        expected.put("batch.explain", 3);
        expected.put("data.types.time", List.of());
        expected.put("batch.delimiter", "");
        expected.put("batch.where", "");
        expected.put("batch.select", List.of());
        expected.put("batch.ready-marker", "");
        expected.put("batch.delay-days", 0);
        expected.put("batch.since", "");
        expected.put("batch.late-days", 7);
        expected.put("batch.keep", List.of());
        expected.put("batch.samples", "auto");
        expected.put("batch.threshold", "auto");
        expected.put("batch.false-discoveries", 0);
        expected.put("batch.bad-rows", "fail");
        expected.put("batch.table.name", "");
        expected.put("batch.table.format", "delta");
        expected.put("batch.lock-minutes", 30);
        expected.put("batch.retention.days", 0);
        expected.put("batch.retention.superseded-days", 7);
        expected.put("batch.report.rows", 20);
        expected.put("batch.report.images", 12);
        expected.put("batch.report.history", 30);
        expected.put("batch.metrics.prometheus", "");
        expected.put("batch.metrics.json", "");
        expected.put("batch.webhook.url", "");
        expected.put("batch.webhook.timeout-seconds", 10);

        assertThat(defaults.asMap()).isEqualTo(expected);
    }

    @Test
    void storedSettingsOmitSectionBatch() {
        Configuration configuration =
                defaults.withOverrides(List.of("batch.webhook.url=https://example.com/secret", "seed=3"));

        assertThat(configuration.asTexts())
                .containsEntry("seed", "3")
                .allSatisfy((key, value) -> assertThat(key).doesNotStartWith("batch"));
        assertThat(configuration.asMap()).containsEntry("batch.webhook.url", "https://example.com/secret");
    }

    @Test
    void fileOverridesDefaultsAndOverridesOverrideTheFile() {
        Configuration configuration = defaults.withText(
                        "training { epochs = 3, batch-size = 64 }\nmodel.encoder-sizes = [200, 200]", "run.conf")
                .withOverrides(List.of("training.batch-size=32", "training.batch-size=16", "model.latent-size=8"));

        assertThat(configuration.positiveIntOrAuto("training.epochs")).hasValue(3);
        assertThat(configuration.positiveInt("training.batch-size")).isEqualTo(16);
        assertThat(configuration.positiveIntOrAuto("model.latent-size")).hasValue(8);
        assertThat(configuration.positiveIntsOrAuto("model.encoder-sizes")).contains(List.of(200, 200));
        assertThat(configuration.longValue("seed")).isEqualTo(42);
    }

    @Test
    void autoIsEmpty() {
        assertThat(defaults.positiveIntOrAuto("training.epochs")).isEqualTo(OptionalInt.empty());
        assertThat(defaults.positiveIntsOrAuto("model.encoder-sizes")).isEqualTo(Optional.empty());
        assertThat(defaults.notNegativeIntOrAuto("scoring.samples")).isEqualTo(OptionalInt.empty());
        assertThat(defaults.choiceOrAuto("model.activation", Thread.State.class))
                .isEqualTo(Optional.empty());
    }

    @Test
    void renderedTextReadsBackEqual() {
        Configuration configuration = defaults.withOverrides(
                List.of("seed=-9007199254740993", "model.encoder-sizes=[3,4]", "training.learning-rate=2.5e-4"));

        assertThat(defaults.withText(configuration.render(), "manifest")).isEqualTo(configuration);
    }

    @Test
    void storedTextsReadBackEqual() {
        Configuration configuration =
                defaults.withOverrides(List.of("seed=7", "model.encoder-sizes=[3,4]", "model.activation=a \"b\" c"));

        assertThat(defaults.withTexts(configuration.asTexts(), "manifest.json")).isEqualTo(configuration);
        assertThat(configuration.asTexts())
                .containsEntry("seed", "7")
                .containsEntry("model.encoder-sizes", "[3,4]")
                .containsEntry("model.activation", "a \"b\" c")
                .containsOnlyKeys(defaults.asMap().keySet().stream()
                        .filter(key -> !key.startsWith("batch.") && !key.startsWith("tune."))
                        .toList());
    }

    @Test
    void aSpaceHasKeysOfTheConfigurationInQuotesOrAsPaths() {
        Configuration configuration = defaults.withText("""
                tune.space {
                  "model.latent-size" = [2, auto]
                  training.learning-rate = { log-uniform = [1e-4, 1e-2] }
                }""", "my.conf");

        assertThat(configuration.spaceOrAuto("tune.space"))
                .hasValueSatisfying(space -> assertThat(space)
                        .containsOnlyKeys("model.latent-size", "training.learning-rate")
                        .containsEntry("model.latent-size", List.of(2, "auto"))
                        .containsEntry("training.learning-rate", Map.of("log-uniform", List.of(1e-4, 1e-2))));
        assertThat(defaults.withText(configuration.render(), "rendered")).isEqualTo(configuration);
        assertThat(defaults.withOverrides(List.of("tune.space={model.latent-size=[2]}"))
                        .spaceOrAuto("tune.space"))
                .hasValueSatisfying(space -> assertThat(space).containsOnlyKeys("model.latent-size"));
        assertThat(configuration
                        .withOverrides(List.of("tune.space={training.learning-rate={uniform=[1, 2]}}"))
                        .spaceOrAuto("tune.space"))
                .hasValue(new TreeMap<>(Map.of("training.learning-rate", Map.of("uniform", List.of(1, 2)))));
        assertThat(defaults.spaceOrAuto("tune.space")).isEmpty();
    }

    @Test
    void aSpaceOfUnknownKeysOrNoneIsRefused() {
        assertUsage(
                () -> defaults.withText("\ntune.space { model.latent-siz = [2] }", "my.conf"),
                "unknown configuration key 'model.latent-siz' (my.conf:2); the nearest known key is 'model.latent-size'");
        assertUsage(
                () -> defaults.withText("tune.space = {}", "my.conf").spaceOrAuto("tune.space"),
                "tune.space must be auto or a section of keys with what is tried for each, but is {} (my.conf:1)");
        assertUsage(
                () -> defaults.withOverrides(List.of("tune.space=all")).spaceOrAuto("tune.space"),
                "tune.space must be auto or a section of keys with what is tried for each, but is all (override"
                        + " tune.space=all)");
    }

    @Test
    void changedKeysAreWrittenAsAFile() {
        Configuration configuration = defaults.withOverrides(List.of(
                "model.encoder-sizes=[3,4]",
                "seed=7",
                "data.missing=[\"a,b\", \"\"]",
                "batch.input=in",
                "tune.trials=3"));

        String text = ConfigurationText.changes(configuration, List.of("first", "", "s3a://me:secret@b\nseed = 1"));

        assertThat(text)
                .isEqualTo(
                        "# first\n#\n# s3a://***@b seed = 1\ndata.missing = [\"a,b\",\"\"]\nmodel.encoder-sizes = [3,4]\nseed ="
                                + " 7\n");
        assertThat(defaults.withText(text, "winner.conf").asTexts()).isEqualTo(configuration.asTexts());
    }

    private static void assertUsage(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(message);
    }
}
