package elbow.tune;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.fit.Fit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is tried: keys of the configuration, and what their values are drawn from. */
final class SearchSpace {
    /** So many draws without a new one, or a valid one, are enough to say that there is none. */
    private static final int MOST_TRIES = 500;

    private static final String OF_TABLES = "tune.space={ model.latent-size = [auto, 2, 4, 8, 16, 32],"
            + " model.encoder-sizes = [auto, [64], [256], [64, 64], [256, 256], [128, 128, 128]],"
            + " model.prior = [standard-normal, mixture], model.variance = [per-column, heteroscedastic],"
            + " objective.beta = [0.5, 1, 2], training.learning-rate = { log-uniform = [3e-4, 1e-2] } }";

    private static final String OF_IMAGES = "tune.space={ model.latent-size = [auto, 10, 40],"
            + " model.encoder-sizes = [auto, [256], [1024], [512, 256]], model.prior = [standard-normal, vamp],"
            + " objective.beta = [0.5, 1], training.learning-rate = { log-uniform = [3e-4, 3e-3] } }";

    private final SortedMap<String, Domain> domains = new TreeMap<>();

    private SearchSpace(SortedMap<String, Object> said, TuningObjective objective) {
        said.forEach((key, value) -> {
            ComparableKeys.require(key, objective);
            domains.put(key, Domain.of(key, value));
        });
    }

    /**
     * That of a configuration; empty if it leaves it open.
     *
     * @throws ElbowException of category USAGE if it has a key that trials cannot be compared across, or no values
     */
    static Optional<SearchSpace> given(Configuration configuration, TuningObjective objective) {
        return configuration.spaceOrAuto("tune.space").map(said -> new SearchSpace(said, objective));
    }

    /** What suits most tables, or images. */
    static SearchSpace usual(boolean images) {
        Configuration usual =
                Configuration.defaults().withOverrides(List.of(images ? OF_IMAGES : OF_TABLES), "the usual space");
        return new SearchSpace(usual.spaceOrAuto("tune.space").orElseThrow(), TuningObjective.ELBO);
    }

    /** What is tried for each key, in words. */
    SortedMap<String, String> words() {
        SortedMap<String, String> words = new TreeMap<>();
        domains.forEach((key, domain) -> words.put(key, domain.toString()));
        return words;
    }

    /**
     * Requires that every value goes with the base, or with some of the values of other keys.
     *
     * @throws ElbowException of category USAGE that names the first that does not
     */
    void requireValid(Configuration base) {
        domains.forEach((key, domain) -> {
            for (String value : domain.ends()) {
                SortedMap<String, String> alone = new TreeMap<>(Map.of(key, value));
                fault(alone, base).filter(unused -> !someGoWith(alone, base)).ifPresent(fault -> {
                    throw fault;
                });
            }
        });
    }

    private boolean someGoWith(SortedMap<String, String> fixed, Configuration base) {
        Random random = new Random(0);
        for (int i = 0; domains.size() > 1 && i < MOST_TRIES; i++) {
            SortedMap<String, String> drawn = draw(random);
            drawn.putAll(fixed);
            if (fault(drawn, base).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Settings by lot, no two of them the same and none the base's own: fewer than asked for if there are no more. Each
     * has what differs from the base.
     */
    List<SortedMap<String, String>> draw(int count, Configuration base, Random random) {
        Set<SortedMap<String, String>> seen = new HashSet<>(Set.of(new TreeMap<>()));
        List<SortedMap<String, String>> all = new ArrayList<>();
        for (int tries = 0; all.size() < count && tries < MOST_TRIES; tries++) {
            SortedMap<String, String> drawn = draw(random);
            drawn.entrySet().removeIf(setting -> isOf(base, setting.getKey(), setting.getValue()));
            if (seen.add(drawn) && fault(drawn, base).isEmpty()) {
                all.add(drawn);
                tries = -1;
            }
        }
        return all;
    }

    private SortedMap<String, String> draw(Random random) {
        SortedMap<String, String> drawn = new TreeMap<>();
        domains.forEach((key, domain) -> drawn.put(key, domain.draw(random)));
        return drawn;
    }

    private static boolean isOf(Configuration base, String key, String value) {
        return base.withTexts(Map.of(key, value), "tune.space").equals(base);
    }

    private static Optional<ElbowException> fault(SortedMap<String, String> settings, Configuration base) {
        try {
            Fit.requireValid(base.withTexts(settings, "tune.space"));
            return Optional.empty();
        } catch (ElbowException e) {
            return Optional.of(e);
        }
    }
}
