package elbow.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
    private static final Configuration BASE = Configuration.defaults();

    @Test
    void drawsAreOfTheirRangesDistinctAndTheSameForASeed() {
        SearchSpace space = space("model.latent-size = { whole = [2, 9] }, objective.beta = { uniform = [0.5, 2] },"
                + " training.learning-rate = { log-uniform = [1e-4, 1e-2] }, model.prior = [standard-normal, mixture]");

        List<SortedMap<String, String>> drawn = space.draw(200, BASE, new Random(5));

        assertThat(drawn).hasSize(200).isEqualTo(space.draw(200, BASE, new Random(5)));
        assertThat(new HashSet<>(drawn)).hasSize(200);
        assertThat(drawn).allSatisfy(settings -> {
            assertThat(Integer.parseInt(settings.get("model.latent-size"))).isBetween(2, 9);
            assertThat(Double.parseDouble(settings.getOrDefault("objective.beta", "1")))
                    .isBetween(0.5, 2.0);
            assertThat(Double.parseDouble(settings.get("training.learning-rate")))
                    .isBetween(1e-4, 1e-2);
        });
        assertThat(drawn)
                .extracting(settings -> settings.get("model.latent-size"))
                .contains("2", "9");
        // Half of a log-uniform range is below its geometric mean: 100 of 200 with a deviation of 7.
        assertThat(drawn.stream().filter(settings -> Double.parseDouble(settings.get("training.learning-rate")) < 1e-3))
                .hasSizeBetween(65, 135);
    }

    @Test
    void whatTheConfigurationHasAnywayIsNoSetting() {
        SearchSpace space = space("model.latent-size = [auto, 4], objective.beta = [1, 2]");

        assertThat(space.draw(50, BASE, new Random(1)))
                .containsExactlyInAnyOrder(
                        sorted(Map.of("model.latent-size", "4")),
                        sorted(Map.of("objective.beta", "2")),
                        sorted(Map.of("model.latent-size", "4", "objective.beta", "2")));
    }

    @Test
    void combinationsThatCannotBeAreNotDrawn() {
        SearchSpace space = space("model.prior = [standard-normal, vamp], model.posterior = [gaussian, iaf]");

        space.requireValid(BASE);
        assertThat(space.draw(50, BASE, new Random(1)))
                .containsExactlyInAnyOrder(
                        sorted(Map.of("model.prior", "vamp")), sorted(Map.of("model.posterior", "iaf")));
    }

    @Test
    void aValueThatGoesWithNothingIsNamed() {
        refused("model.latent-size = [2, 0], objective.beta = [1, 2]")
                .hasMessage("model.latent-size must be auto or a whole number of at least 1, but is 0 (tune.space)");
        refused("objective.beta = { uniform = [-1, 1] }")
                .hasMessage("objective.beta must be a number of at least 0, but is -1 (tune.space)");
        assertThatCode(() -> space("objective.capacity = [0, 5], objective.kl-schedule = [linear, constant]")
                        .requireValid(BASE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "[]",
                "{ normal = [0, 1] }",
                "{ uniform = [1, 0] }",
                "{ uniform = [0] }",
                "{ whole = [0.5, 2] }",
                "{ log-uniform = [0, 1] }",
                "{ uniform = [a, b] }"
            })
    void whatIsNeitherAListNorARangeIsRefused(String said) {
        refused("objective.beta = " + said).hasMessageStartingWith("tune.space of objective.beta must ");
    }

    @ParameterizedTest
    @CsvSource({
        "seed,ELBO",
        "seed,AUROC",
        "data.image.likelihood,ELBO",
        "data.types.count,ELBO",
        "data.types.count,AUROC",
        "model.variance-floor,ELBO",
        "training.epochs,ELBO",
        "training.replicas,AUROC",
        "training.measure-every,ELBO",
        "scoring.samples,ELBO",
        "scoring.threshold,AUROC",
        "report.images,ELBO",
        "tune.trials,ELBO",
        "batch.model,ELBO"
    })
    void aKeyThatTrialsCannotBeComparedAcrossIsNamed(String key, TuningObjective objective) {
        assertThatThrownBy(() -> ComparableKeys.require(key, objective))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith("tune.space must not have " + key + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "model.latent-size,ELBO",
        "model.variance,ELBO",
        "model.variance-floor,AUROC",
        "objective.beta,ELBO",
        "objective.mask-share,ELBO",
        "training.learning-rate,ELBO",
        "training.batch-size,AUROC",
        "scoring.samples,AUROC",
        "scoring.anomaly-score,AUROC",
        "scoring.marginal-weight,AUROC",
        "scoring.neighbour-weight,AUROC",
        "scoring.neighbourhood,AUROC"
    })
    void otherKeysMayBeInASpace(String key, TuningObjective objective) {
        assertThatCode(() -> ComparableKeys.require(key, objective)).doesNotThrowAnyException();
    }

    @Test
    void theUsualSpacesAreValid() {
        SearchSpace.usual(false).requireValid(BASE);
        SearchSpace.usual(true).requireValid(BASE);
        assertThat(SearchSpace.usual(false).draw(200, BASE, new Random(1))).hasSize(200);
    }

    private static SearchSpace space(String said) {
        return SearchSpace.given(BASE.withOverrides(List.of("tune.space={" + said + "}")), TuningObjective.ELBO)
                .orElseThrow();
    }

    private static AbstractThrowableAssert<?, ?> refused(String said) {
        return assertThatThrownBy(() -> space(said).requireValid(BASE))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE));
    }

    private static SortedMap<String, String> sorted(Map<String, String> settings) {
        return new TreeMap<>(settings);
    }
}
