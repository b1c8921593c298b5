package elbow.base;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Refuses configuration keys that do not exist, and finds the one that was probably meant. */
final class KnownKeys {
    private static final LevenshteinDistance LEVENSHTEIN = LevenshteinDistance.getDefaultInstance();

    private KnownKeys() {}

    /** Throws unless every key under {@code root} is known, known keys have values, and sections have keys. */
    static void check(ConfigObject root, Collection<String> known) {
        check("", root, known);
    }

    private static void check(String prefix, ConfigObject object, Collection<String> known) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = prefix + ConfigUtil.joinPath(entry.getKey());
            ConfigValue value = entry.getValue();
            if (key.equals(KeySpace.KEY) && value instanceof ConfigObject) {
                KeySpace.read(key, value, known);
                continue;
            }
            boolean holdsValue = known.contains(key);
            boolean section = known.stream().anyMatch(candidate -> candidate.startsWith(key + "."));
            boolean hasKeys = value instanceof ConfigObject keys && !keys.isEmpty();
            if ((!holdsValue && !section) || (holdsValue && hasKeys)) {
                throw unknown(firstLeaf(key, value), SettingValues.origin(value), known);
            }
            boolean isObject = value instanceof ConfigObject;
            if (holdsValue == isObject || value.valueType() == ConfigValueType.NULL) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        key + " must be " + (holdsValue ? "a value" : "a section with keys") + ", but is "
                                + value.render(ConfigRenderOptions.concise()) + " (" + SettingValues.origin(value)
                                + ")");
            }
            if (value instanceof ConfigObject inner) {
                check(key + ".", inner, known);
            }
        }
    }

    // "training.optimizr.beta" says more than "training.optimizr" about what was meant.
    private static String firstLeaf(String key, ConfigValue value) {
        if (value instanceof ConfigObject object && !object.isEmpty()) {
            Map.Entry<String, ConfigValue> first =
                    object.entrySet().stream().min(Map.Entry.comparingByKey()).orElseThrow();
            return firstLeaf(key + "." + ConfigUtil.joinPath(first.getKey()), first.getValue());
        }
        return key;
    }

    /** The error for a key that does not exist. */
    static ElbowException unknown(String key, String origin, Collection<String> known) {
        return new ElbowException(
                ErrorCategory.USAGE,
                "unknown configuration key '" + key + "' (" + origin + "); the nearest known key is '"
                        + nearest(key, known) + "'");
    }

    /** The known key that takes the fewest edits to reach; a forgotten leading section counts as one edit. */
    static String nearest(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int distance(String key, String candidate) {
        int best = LEVENSHTEIN.apply(key, candidate);
        int sections = 0;
        for (int dot = candidate.indexOf('.'); dot >= 0; dot = candidate.indexOf('.', dot + 1)) {
            sections++;
            best = Math.min(best, sections + LEVENSHTEIN.apply(key, candidate.substring(dot + 1)));
        }
        return best;
    }
}
