package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the configuration refuses, and how it says so. */
class ConfigurationRefusalsTest {
    private enum Master {
        STOCK,
        ELBOW_ROUNDS
    }

    private final Configuration defaults = Configuration.defaults();

    @Test
    void unknownKeyOfStoredTextsNamesWhereTheyAreStored() {
        assertUsage(
                () -> defaults.withTexts(Map.of("sead", "7"), "manifest.json"),
                "unknown configuration key 'sead' (manifest.json); the nearest known key is 'seed'");
    }

    @Test
    void unknownKeyOfAFileNamesPlaceAndNearestKey() {
        assertUsage(
                () -> defaults.withText("seed = 1\ntraining {\n  epoch = 3\n}", "conf/run.conf"),
                "unknown configuration key 'training.epoch' (conf/run.conf:3); the nearest known key is"
                        + " 'training.epochs'");
    }

    @Test
    void unknownKeyOfAnOverrideNamesItAndNearestKey() {
        assertUsage(
                () -> defaults.withOverrides(List.of("training.learningrate=0.1")),
                "unknown configuration key 'training.learningrate' (override training.learningrate=0.1); the nearest known"
                        + " key is 'training.learning-rate'");
    }

    @Test
    void keyWithoutItsSectionFindsTheKeyInTheSection() {
        assertUsage(
                () -> defaults.withOverrides(List.of("batch-size=4")),
                "unknown configuration key 'batch-size' (override batch-size=4); the nearest known key is"
                        + " 'training.batch-size'");
    }

    @Test
    void sectionUnderAValueAndValueForASectionAreRefused() {
        assertUsage(
                () -> defaults.withText("seed { start = 3 }", "run.conf"),
                "unknown configuration key 'seed.start' (run.conf:1); the nearest known key is 'seed'");
        assertUsage(
                () -> defaults.withText("training = 3", "run.conf"),
                "training must be a section with keys, but is 3 (run.conf:1)");
        assertUsage(
                () -> defaults.withText("seed = null", "run.conf"), "seed must be a value, but is null (run.conf:1)");
    }

    @Test
    void badValueNamesKeyRuleValueAndPlace() {
        Configuration configuration = defaults.withText(
                "training.batch-size = 0\nscoring.samples = -1\nobjective.beta = -0.5\nmodel.encoder-sizes = []",
                "run.conf");

        assertUsage(
                () -> configuration.positiveInt("training.batch-size"),
                "training.batch-size must be a whole number of at least 1, but is 0 (run.conf:1)");
        assertUsage(
                () -> configuration.notNegativeIntOrAuto("scoring.samples"),
                "scoring.samples must be auto or a whole number of at least 0, but is -1 (run.conf:2)");
        assertUsage(
                () -> configuration.notNegativeDouble("objective.beta"),
                "objective.beta must be a number of at least 0, but is -0.5 (run.conf:3)");
        assertUsage(
                () -> configuration.positiveIntsOrAuto("model.encoder-sizes"),
                "model.encoder-sizes must be auto or a list of whole numbers of at least 1, such as [512, 256], but is"
                        + " [] (run.conf:4)");
    }

    @Test
    void numberWithAFractionIsNotAWholeNumber() {
        Configuration configuration = defaults.withOverrides(List.of("training.batch-size=1.5", "seed=1e3"));

        assertUsage(
                () -> configuration.positiveInt("training.batch-size"),
                "training.batch-size must be a whole number of at least 1, but is 1.5 (override training.batch-size=1.5)");
        assertThat(configuration.longValue("seed")).isEqualTo(1000);
    }

    @Test
    void nonNumericValueIsRefused() {
        Configuration configuration = defaults.withOverrides(
                List.of("training.learning-rate=NaN", "objective.beta=1e999", "data.validation-fraction=1"));

        assertUsage(
                () -> configuration.positiveDoubleOrAuto("training.learning-rate"),
                "training.learning-rate must be auto or a number above 0, but is NaN (override training.learning-rate=NaN)");
        assertThatThrownBy(() -> configuration.notNegativeDouble("objective.beta"))
                .hasMessageStartingWith("objective.beta must be a number of at least 0");
        assertThatThrownBy(() -> configuration.fraction("data.validation-fraction"))
                .hasMessageStartingWith("data.validation-fraction must be a number in [0, 1), but is 1");
    }

    @Test
    void listMayBeWrittenWithOrWithoutBrackets() {
        assertThat(sizes("model.encoder-sizes=[64, 32]")).contains(List.of(64, 32));
        assertThat(sizes("model.encoder-sizes=64,32")).contains(List.of(64, 32));
        assertThat(sizes("model.encoder-sizes=64")).contains(List.of(64));
    }

    @Test
    void choiceListsTheWords() {
        Configuration configuration = defaults.withOverrides(List.of("training.master=elbow-rounds"));

        assertThat(configuration.choice("training.master", Master.class)).isEqualTo(Master.ELBOW_ROUNDS);
        assertUsage(
                () -> configuration.choice("training.optimizer", Master.class),
                "training.optimizer must be one of stock, elbow-rounds, but is adam (reference.conf:"
                        + lineOf("  optimizer = adam") + ")");
    }

    @Test
    void flagIsTrueOrFalse() {
        assertThat(defaults.flag("objective.importance-weighted")).isFalse();
        assertUsage(
                () -> defaults.withOverrides(List.of("objective.importance-weighted=yes"))
                        .flag("objective.importance-weighted"),
                "objective.importance-weighted must be true or false, but is yes"
                        + " (override objective.importance-weighted=yes)");
    }

    @Test
    void overrideValueIsTextUnlessItLooksLikeALiteral() {
        assertThat(defaults.withOverrides(List.of("model.activation=a//b # c")).text("model.activation"))
                .isEqualTo("a//b # c");
    }

    @Test
    void overrideWithoutEqualsSignIsRefused() {
        assertUsage(
                () -> defaults.withOverrides(List.of("seed")), "overrides must have the form key=value, but is 'seed'");
    }

    @Test
    void brokenTextNamesFileAndLine() {
        assertThatThrownBy(() -> defaults.withText("seed = 1\nmodel { latent-size = ", "run.conf"))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("configuration is not valid HOCON: run.conf: 2:");
    }

    @Test
    void includesAreRefused() {
        assertUsage(
                () -> defaults.withText("include \"other.conf\"", "run.conf"),
                "configuration must not include other files, but includes other.conf (run.conf)");
        assertUsage(
                () -> defaults.withText("include file(\"/etc/other.conf\")", "run.conf"),
                "configuration must not include other files, but includes /etc/other.conf (run.conf)");
    }

    @Test
    void unknownKeyInCodeIsAnArgumentError() {
        assertThatThrownBy(() -> defaults.positiveInt("training.batchsize"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such configuration key: training.batchsize");
    }

    private Optional<List<Integer>> sizes(String override) {
        return defaults.withOverrides(List.of(override)).positiveIntsOrAuto("model.encoder-sizes");
    }

    private static int lineOf(String line) {
        try (var stream = Configuration.class.getResourceAsStream("/elbow/reference.conf")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                            .indexOf(line)
                    + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertUsage(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage(message);
    }
}
