package elbow.base;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;

/** Refuses configuration keys that do not exist, and finds the one that was probably meant. */
final class KnownKeys {
    private KnownKeys() {}

    /** Throws unless every key under {@code root} is known, known keys have values, and sections have keys. */
    static void check(ConfigObject root, Collection<String> known) {
        check("", root, known);
    }

    private static void check(String prefix, ConfigObject object, Collection<String> known) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = prefix + ConfigUtil.joinPath(entry.getKey());
            ConfigValue value = entry.getValue();
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
        int best = editDistance(key, candidate);
        int sections = 0;
        for (int dot = candidate.indexOf('.'); dot >= 0; dot = candidate.indexOf('.', dot + 1)) {
            sections++;
            best = Math.min(best, sections + editDistance(key, candidate.substring(dot + 1)));
        }
        return best;
    }

    // Levenshtein distance with one row of the table (Wagner and Fischer 1974).
    private static int editDistance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
