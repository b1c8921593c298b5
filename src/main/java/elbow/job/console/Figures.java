package elbow.job.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.ControlCharacters;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.base.Secrets;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a command found, as named figures in their order: printed as a table, and written as a flat JSON object. */
public final class Figures {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode values;

    private Figures(ObjectNode values) {
        this.values = values;
    }

    /** No figures yet. */
    public Figures() {
        this(MAPPER.createObjectNode());
    }

    /** Adds a number, by its camelCase name; one that is not finite is written as null. */
    public Figures add(String name, double value) {
        values.set(name, JsonReader.numberOrNull(value));
        return this;
    }

    /** Adds a whole number, by its camelCase name. */
    public Figures add(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** Adds a text, by its camelCase name, without the secrets in it. */
    public Figures add(String name, String value) {
        values.put(name, Secrets.mask(value));
        return this;
    }

    /** Adds all figures of others. */
    public Figures with(Figures others) {
        values.setAll(others.values);
        return this;
    }

    /** The number of that name; empty if there is none. */
    public OptionalDouble number(String name) {
        JsonNode value = values.path(name);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** The text of that name; empty if there is none. */
    public String text(String name) {
        return values.path(name).asText("");
    }

    /** A line per figure: name and value, numbers to four decimals, "-" for one that is not finite. */
    public String render() {
        int width = 0;
        for (String name : (Iterable<String>) values::fieldNames) {
            width = Math.max(width, name.length());
        }
        StringBuilder lines = new StringBuilder();
        for (var entry : values.properties()) {
            lines.append(entry.getKey())
                    .append(" ".repeat(width - entry.getKey().length() + 2))
                    .append(rendered(entry.getValue()))
                    .append('\n');
        }
        return lines.toString().stripTrailing();
    }

    /** The figures as a JSON object, with a line break at the end. */
    public String toJson() {
        return values.toPrettyString() + "\n";
    }

    /** Reads what {@link #toJson} wrote; {@code name} is the file's, for the message. */
    public static Figures parse(String json, String name) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return new Figures(object);
            }
            throw new ElbowException(ErrorCategory.INPUT, name + " must be a JSON object, but is " + json.strip());
        } catch (JsonProcessingException e) {
            throw new ElbowException(ErrorCategory.INPUT, name + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String rendered(JsonNode value) {
        if (value.isNull()) {
            return "-";
        }
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.4f", value.doubleValue())
                : ControlCharacters.masked(value.asText());
    }
}
