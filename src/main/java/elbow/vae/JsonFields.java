package elbow.vae;

import com.fasterxml.jackson.databind.JsonNode;
import elbow.base.Check;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Reading of JSON objects whose fields are all known and all there; errors name the field. */
final class JsonFields {
    /** The field that tells the members of a closed family apart. */
    static final String TYPE = "type";

    private JsonFields() {}

    /** Requires an object with {@code type = name} (unless the name is empty) and exactly the given other fields. */
    static void requireOnly(JsonNode node, String name, String... fields) {
        Check.argument(node.isObject(), name.isEmpty() ? "spec" : name, "be a JSON object", node);
        List<String> known = Arrays.asList(fields);
        Iterator<String> found = node.fieldNames();
        while (found.hasNext()) {
            String field = found.next();
            boolean expected = known.contains(field) || (field.equals(TYPE) && !name.isEmpty());
            Check.argument(expected, "field " + field, "be one of " + known, "unknown");
        }
        known.forEach(field -> required(node, field));
    }

    static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IllegalArgumentException("field " + field + " must be present, but is missing in " + node);
        }
        return value;
    }

    static double number(JsonNode node, String field) {
        JsonNode value = required(node, field);
        Check.argument(value.isNumber(), "field " + field, "be a number", value);
        return value.doubleValue();
    }

    static int integer(JsonNode node, String field) {
        return integer(field, required(node, field));
    }

    static int integer(String field, JsonNode value) {
        Check.argument(value.isIntegralNumber() && value.canConvertToInt(), "field " + field, "be an integer", value);
        return value.intValue();
    }

    static long longInteger(JsonNode node, String field) {
        JsonNode value = required(node, field);
        Check.argument(value.isIntegralNumber() && value.canConvertToLong(), "field " + field, "be an integer", value);
        return value.longValue();
    }

    static String text(JsonNode node, String field) {
        JsonNode value = required(node, field);
        Check.argument(value.isTextual(), "field " + field, "be a string", value);
        return value.textValue();
    }

    static <E extends Enum<E>> E constant(JsonNode node, String field, Class<E> type) {
        String text = text(node, field);
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(text)) {
                return constant;
            }
        }
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(JsonFields::name).toList();
        throw new IllegalArgumentException("field " + field + " must be one of " + names + ", but is " + text);
    }

    /** LEAKY_RELU as leakyRelu. */
    static String name(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }
}
