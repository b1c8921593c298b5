package elbow.base;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A section whose keys are keys of the configuration: {@value #KEY}, what is tried for each. */
final class KeySpace {
    /** The only one. */
    static final String KEY = "tune.space";

    private KeySpace() {}

    /**
     * What is said of each key, in Java's own lists, maps, numbers and texts.
     *
     * @param section the key of the section
     * @param known keys that it may have, in quotes or as paths
     * @throws ElbowException of category USAGE for an unknown key, an empty section, or something that is no section
     */
    static SortedMap<String, Object> read(String section, ConfigValue value, Collection<String> known) {
        SortedMap<String, Object> found = new TreeMap<>();
        if (value instanceof ConfigObject object) {
            collect("", object, known, found);
        }
        if (found.isEmpty()) {
            throw SettingValues.invalid(section, "be auto or a section of keys with what is tried for each", value);
        }
        return found;
    }

    /** Whether settings say something of the section. */
    static boolean isIn(Config settings) {
        return settings.root().get("tune") instanceof ConfigObject tune && tune.containsKey("space");
    }

    private static void collect(
            String prefix, ConfigObject object, Collection<String> known, SortedMap<String, Object> found) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            // In quotes it is a whole path, else one name of it.
            String key = prefix + entry.getKey();
            ConfigValue value = entry.getValue();
            if (known.contains(key)) {
                found.put(key, value.unwrapped());
            } else if (value instanceof ConfigObject inner
                    && known.stream().anyMatch(candidate -> candidate.startsWith(key + "."))) {
                collect(key + ".", inner, known, found);
            } else {
                throw KnownKeys.unknown(key, SettingValues.origin(value), known);
            }
        }
    }
}
