package elbow.tune;

import elbow.base.Check;
import elbow.base.Configuration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings that are tried.
 *
 * @param number from 1, in the order in which they were drawn; the first is the configuration as it is
 * @param bracket where it begins, from 0
 * @param settings what it has beside the configuration, by key, as texts
 */
public record Trial(int number, int bracket, SortedMap<String, String> settings) {
    public Trial {
        Check.positive("number", number);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** Whether it is the configuration as it is. */
    public boolean isBaseline() {
        return number == 1;
    }

    /** The configuration with its settings, trained for so many epochs. */
    Configuration configuration(Configuration base, int epochs) {
        return base.withTexts(settings, "tune.space").withOverrides(List.of("training.epochs=" + epochs));
    }

    /** Its settings in one line. */
    public String describe() {
        return settings.isEmpty()
                ? "as configured"
                : settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "));
    }
}
