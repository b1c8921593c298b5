package elbow.data.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import elbow.data.table.InputErrors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields in JSON lines. Spark passes over fields without a name, and over all fields of one name but
 * the last.
 */
final class JsonNames {
    private static final JsonFactory JSON = new JsonFactory().enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES);

    /** More names than columns can have come of objects that are no rows. */
    private static final int MOST_NAMES = 1 << 17;

    /** Names of columns that are asked for, by the same in lower case. */
    private final Map<String, String> asked = new HashMap<>();

    // Lines have the same names as a rule, in the same order: each is looked for where the line before had it.
    private final Map<UTF8String, Integer> places = new HashMap<>();
    private final List<byte[]> names = new ArrayList<>();
    private long[] lines = new long[16];
    private long line;
    private int next;

    private final Deque<Set<UTF8String>> nested = new ArrayDeque<>();

    /** @param asked names of columns that are asked for; others must differ from them by more than case */
    JsonNames(List<String> asked) {
        asked.forEach(name -> this.asked.put(name.toLowerCase(Locale.ROOT), name));
    }

    /** Begins a line. */
    void begin() {
        line++;
        next = 0;
        nested.clear();
    }

    /** Begins an object in the line's own. */
    void enter() {
        nested.push(new HashSet<>());
    }

    /** Ends an object in the line's own. */
    void leave() {
        nested.poll();
    }

    /**
     * Takes in the name of a field of the innermost object.
     *
     * @param from where it starts in UTF-8, behind its quote
     * @param to where it ends
     * @return what is wrong with it; null if nothing is
     */
    @Nullable
    String fault(byte[] bytes, int from, int to) {
        if (from == to) {
            return "must have a name for each field, but one has none";
        }
        if (nested.isEmpty() && isNext(bytes, from, to)) {
            return seen(next) ? repeated(bytes, from, to) : null;
        }
        UTF8String name = name(bytes, from, to);
        if (!nested.isEmpty()) {
            return nested.element().add(name) ? null : repeated(bytes, from, to);
        }
        Integer place = places.get(name);
        if (place != null) {
            next = place;
            return seen(next) ? repeated(bytes, from, to) : null;
        }
        String other = asked.get(name.toString().toLowerCase(Locale.ROOT));
        if (other != null && !other.equals(name.toString())) {
            return "must have names of fields that differ from those of other rows in more than case, but "
                    + InputErrors.quote(name.toString()) + " and " + InputErrors.quote(other) + " do not";
        }
        add(name, Arrays.copyOfRange(bytes, from, to));
        return null;
    }

    private boolean isNext(byte[] bytes, int from, int to) {
        if (next >= names.size()) {
            return false;
        }
        byte[] name = names.get(next);
        return Arrays.equals(name, 0, name.length, bytes, from, to);
    }

    // Whether the line has had it; from now on it has, and the one behind it is expected.
    private boolean seen(int place) {
        boolean seen = lines[place] == line;
        lines[place] = line;
        next = place + 1;
        return seen;
    }

    private void add(UTF8String name, byte[] written) {
        if (names.size() == MOST_NAMES) {
            places.clear();
            names.clear();
        }
        if (names.size() == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        int place = names.size();
        names.add(written);
        places.put(name.copy(), place);
        lines[place] = line;
        next = place + 1;
    }

    private static String repeated(byte[] bytes, int from, int to) {
        return "must have each field once, but has "
                + InputErrors.quote(name(bytes, from, to).toString()) + " more than once";
    }

    // Letters may be written by their numbers.
    private static UTF8String name(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                try (JsonParser parser = JSON.createParser(bytes, from - 1, to - from + 2)) {
                    parser.nextToken();
                    return UTF8String.fromString(parser.getText());
                } catch (IOException e) {
                    // No name to Spark either, which says that it cannot read the line.
                    break;
                }
            }
        }
        return UTF8String.fromBytes(bytes, from, to - from);
    }
}
