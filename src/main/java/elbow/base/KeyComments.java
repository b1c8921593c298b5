package elbow.base;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code reference.conf} says of each key: the comment above it. */
public final class KeyComments {
    private static final Map<String, String> COMMENTS = read();

    private KeyComments() {}

    /**
     * The comment of a key, in one line. Keys that follow one another without a comment between them share one.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    public static String of(String key) {
        String comment = COMMENTS.get(key);
        if (comment == null) {
            throw new IllegalArgumentException("no such configuration key: " + key);
        }
        return comment;
    }

    private static Map<String, String> read() {
        Config reference = ConfigFactory.parseString(Configuration.reference());
        List<Map.Entry<String, ConfigValue>> inOrder = reference.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .toList();
        Map<String, String> comments = new HashMap<>();
        String last = "";
        for (Map.Entry<String, ConfigValue> entry : inOrder) {
            List<String> own = entry.getValue().origin().comments();
            if (!own.isEmpty()) {
                last = own.stream().map(String::strip).collect(Collectors.joining(" "));
            }
            comments.put(entry.getKey(), last);
        }
        return comments;
    }
}
