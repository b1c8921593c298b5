package elbow.base;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads one JSON object field by field. A field that is missing, of the wrong type, written twice or unknown is a
 * {@link DocumentException} that names the document, the path to the field, the rule and what was found.
 *
 * <p>Numbers that JSON cannot write (NaN and the infinities) stand as the strings "NaN", "Infinity" and "-Infinity".
 */
public final class JsonReader {
    /** The field that tells the members of a closed family apart. */
    public static final String TYPE = "type";

    /** The field of the version of a document's format. */
    public static final String FORMAT_VERSION = "formatVersion";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String where;
    private final JsonNode object;
    private final Set<String> seen = new HashSet<>();

    private JsonReader(String where, JsonNode object) {
        if (!object.isObject()) {
            throw new DocumentException(where + " must be a JSON object, but is " + shown(object));
        }
        this.where = where;
        this.object = object;
    }

    /**
     * What {@code read} makes of the object that {@code text} is, all of whose fields it must ask for.
     *
     * @param document what error messages call the text: "encoder.json"
     * @throws DocumentException if the text is no object, if a field is not what it must be, or if what {@code read}
     *     makes of the fields refuses a value as an argument or overflows
     */
    public static <T> T read(String document, String text, Function<JsonReader, T> read) {
        JsonReader reader = parse(document, text);
        try {
            T value = read.apply(reader);
            reader.end();
            return value;
        } catch (DocumentException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonReader parse(String document, String text) {
        try {
            return new JsonReader(document, MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new DocumentException(
                    document + " must be one JSON value, but does not parse: " + e.getOriginalMessage(), e);
        }
    }

    /** A new empty object, for writing. */
    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** The text of {@code node}, indented, with a line end. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    /** The value to write for {@code number}: itself, or its name as a string if JSON has no number for it. */
    public static JsonNode number(double number) {
        return Double.isFinite(number)
                ? MAPPER.getNodeFactory().numberNode(number)
                : MAPPER.getNodeFactory().textNode(Double.toString(number));
    }

    /** A figure for programs of others: null if it is not finite. */
    public static JsonNode numberOrNull(double number) {
        return Double.isFinite(number)
                ? MAPPER.getNodeFactory().numberNode(number)
                : MAPPER.getNodeFactory().nullNode();
    }

    /** Whether the field is there, and is not null. */
    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    public String text(String field) {
        return typed(field, "a string", JsonNode::isTextual, JsonNode::textValue);
    }

    public boolean flag(String field) {
        return typed(field, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
    }

    public int integer(String field) {
        return typed(
                field,
                "a whole number of 32 bits",
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                JsonNode::intValue);
    }

    public long longInteger(String field) {
        return typed(
                field,
                "a whole number of 64 bits",
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                JsonNode::longValue);
    }

    /** A double: a number, or the name of one that JSON cannot write. */
    public double number(String field) {
        return typed(field, "a number", JsonReader::isNumber, JsonReader::numberValue);
    }

    /**
     * The version of the document's format. To be asked for first: another version may have other fields.
     *
     * @param oldest version that can be read
     * @param newest version that can be read
     */
    public int formatVersion(int oldest, int newest) {
        int version = integer(FORMAT_VERSION);
        if (version < oldest || version > newest) {
            throw new DocumentException(path(FORMAT_VERSION) + " must be "
                    + (oldest == newest ? "" : oldest + " to ") + newest + ", but is " + version
                    + ": it was written by another version of Elbow");
        }
        return version;
    }

    /** As {@link #formatVersion}, of a format with one version. */
    public void requireFormatVersion(int only) {
        int unused = formatVersion(only, only);
    }

    /** The point in time that the field holds in ISO 8601. */
    public Instant instant(String field) {
        String text = text(field);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new DocumentException(path(field) + " must be a time in ISO 8601, but is " + shown(text), e);
        }
    }

    /** The constant of {@code type} whose camel-case name the field holds. */
    public <E extends Enum<E>> E constant(String field, Class<E> type) {
        String name = text(field);
        for (E constant : type.getEnumConstants()) {
            if (camelCase(constant).equals(name)) {
                return constant;
            }
        }
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(camelCase(constant));
        }
        throw new DocumentException(
                path(field) + " must be one of " + String.join(", ", names) + ", but is \"" + name + "\"");
    }

    /** The name under which {@link #constant} finds {@code constant}: LEAKY_RELU is "leakyRelu". */
    public static String camelCase(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (char letter : constant.name().toCharArray()) {
            if (letter == '_') {
                upper = true;
            } else {
                name.append(upper ? letter : Character.toLowerCase(letter));
                upper = false;
            }
        }
        return name.toString();
    }

    public JsonReader object(String field) {
        return new JsonReader(path(field), typed(field, "an object", JsonNode::isObject, Function.identity()));
    }

    public List<Integer> integers(String field) {
        return elements(
                field,
                "a whole number of 32 bits",
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                (place, node) -> node.intValue());
    }

    public double[] numbers(String field) {
        return elements(field, "a number", JsonReader::isNumber, (place, node) -> numberValue(node)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    public List<String> texts(String field) {
        return elements(field, "a string", JsonNode::isTextual, (place, node) -> node.textValue());
    }

    /** The objects of an array, each read by {@code read}. */
    public <T> List<T> objects(String field, Function<JsonReader, T> read) {
        return elements(field, "an object", JsonNode::isObject, (place, node) -> {
            JsonReader reader = new JsonReader(place, node);
            T value = read.apply(reader);
            reader.end();
            return value;
        });
    }

    /**
     * An object that is one member of a closed family: its field {@value #TYPE} says which, all others are the member's
     * settings.
     *
     * @param readers of the members' settings, by their types
     */
    public <T> T member(String field, Map<String, ? extends Function<JsonReader, ? extends T>> readers) {
        JsonReader reader = object(field);
        T member = reader.member(readers);
        reader.end();
        return member;
    }

    /** As {@link #member(String, Map)}, of this object; the caller refuses fields left over. */
    public <T> T member(Map<String, ? extends Function<JsonReader, ? extends T>> readers) {
        String type = text(TYPE);
        Function<JsonReader, ? extends T> reader = readers.get(type);
        if (reader == null) {
            throw new DocumentException(path(TYPE) + " must be one of "
                    + String.join(", ", new TreeSet<>(readers.keySet())) + ", but is \"" + type + "\"");
        }
        return reader.apply(this);
    }

    /** An object whose fields are all strings, in its own order. */
    public Map<String, String> textMap(String field) {
        JsonReader reader = object(field);
        Map<String, String> map = new LinkedHashMap<>();
        reader.object.fieldNames().forEachRemaining(name -> map.put(name, reader.text(name)));
        return map;
    }

    /** Takes all other fields for asked for: for a caller that holds the document to something else as a whole. */
    public void leaveRest() {
        object.fieldNames().forEachRemaining(seen::add);
    }

    /** Throws if the object has a field that nothing has asked for. */
    public void end() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!seen.contains(name)) {
                throw new DocumentException(path(name) + " is not a known field");
            }
        }
    }

    /** Where this object stands, for messages of a caller's own. */
    public String where() {
        return where;
    }

    private <T> T typed(String field, String rule, Function<JsonNode, Boolean> holds, Function<JsonNode, T> value) {
        seen.add(field);
        JsonNode node = object.get(field);
        if (node == null) {
            throw new DocumentException(path(field) + " must be " + rule + ", but is missing");
        }
        if (!holds.apply(node)) {
            throw new DocumentException(path(field) + " must be " + rule + ", but is " + shown(node));
        }
        return value.apply(node);
    }

    private <T> List<T> elements(
            String field, String rule, Function<JsonNode, Boolean> holds, BiFunction<String, JsonNode, T> value) {
        JsonNode array = typed(field, "an array", JsonNode::isArray, Function.identity());
        List<T> values = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            String place = path(field) + "[" + i + "]";
            JsonNode node = array.get(i);
            if (!holds.apply(node)) {
                throw new DocumentException(place + " must be " + rule + ", but is " + shown(node));
            }
            values.add(value.apply(place, node));
        }
        return values;
    }

    private static boolean isNumber(JsonNode node) {
        return node.isNumber()
                || (node.isTextual()
                        && (node.textValue().equals("NaN")
                                || node.textValue().equals("Infinity")
                                || node.textValue().equals("-Infinity")));
    }

    private static double numberValue(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.textValue());
    }

    private String path(String field) {
        return where + ": " + field;
    }

    private static String shown(JsonNode node) {
        return cut(node.toString());
    }

    /** {@code text} as it would stand in a document, cut if it is long. */
    public static String shown(String text) {
        return shown(MAPPER.getNodeFactory().textNode(text));
    }

    private static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
