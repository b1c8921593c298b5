package elbow.base;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the value of a setting reads as, and what is said of one that breaks its rule. */
final class SettingValues {
    // What an override may say in HOCON; anything else is text as it stands, so that // in a path is no comment.
    private static final Pattern LITERAL = Pattern.compile("[\\[{\"].*|-?[0-9.]+([eE][-+]?[0-9]+)?|true|false");

    private static final Pattern LINE_NUMBER = Pattern.compile(": (\\d+)$");

    private SettingValues() {}

    static BigInteger wholeNumber(String key, ConfigValue value, String rule, long least, long most) {
        return wholeNumber(key, value, rule, least, most, scalar(value));
    }

    static BigInteger wholeNumber(String key, ConfigValue value, String rule, long least, long most, String text) {
        BigDecimal number = decimal(key, rule, value, text);
        boolean inRange =
                number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        if (!inRange || number.stripTrailingZeros().scale() > 0) {
            throw invalid(key, rule, value);
        }
        return number.toBigIntegerExact();
    }

    static double number(String key, ConfigValue value, String rule, Predicate<Double> holds) {
        double number = decimal(key, rule, value, scalar(value)).doubleValue();
        if (!Double.isFinite(number) || !holds.test(number)) {
            throw invalid(key, rule, value);
        }
        return number;
    }

    private static BigDecimal decimal(String key, String rule, ConfigValue value, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw invalid(key, rule, value);
        }
    }

    static List<String> texts(String key, ConfigValue value) {
        if (value.unwrapped() instanceof List<?> list) {
            return texts(key, list, value);
        }
        return scalar(value).isBlank()
                ? List.of()
                : Arrays.stream(scalar(value).split(",", -1)).map(String::strip).toList();
    }

    static List<List<String>> textsOrLists(String key, ConfigValue value) {
        if (!(value.unwrapped() instanceof List<?> list) || list.stream().noneMatch(List.class::isInstance)) {
            return texts(key, value).stream().map(List::of).toList();
        }
        return list.stream()
                .map(element -> texts(key, element instanceof List<?> inner ? inner : List.of(element), value))
                .toList();
    }

    static List<List<String>> textLists(String key, ConfigValue value) {
        if (!(value.unwrapped() instanceof List<?> lists) || !lists.stream().allMatch(List.class::isInstance)) {
            throw invalid(key, "be a list of lists of texts", value);
        }
        return lists.stream().map(list -> texts(key, (List<?>) list, value)).toList();
    }

    private static List<String> texts(String key, List<?> elements, ConfigValue value) {
        return elements.stream().map(element -> text(key, element, value)).toList();
    }

    private static String text(String key, Object element, ConfigValue value) {
        if (element instanceof List || element instanceof Map) {
            throw invalid(key, "be a list of texts", value);
        }
        return String.valueOf(element);
    }

    static String scalar(ConfigValue value) {
        return String.valueOf(value.unwrapped());
    }

    /** A truth value. */
    static boolean flag(String key, ConfigValue value) {
        return switch (scalar(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, "be true or false", value);
        };
    }

    static ElbowException invalid(String key, String rule, ConfigValue value) {
        return new ElbowException(
                ErrorCategory.USAGE, key + " must " + rule + ", but is " + found(value) + " (" + origin(value) + ")");
    }

    static String found(ConfigValue value) {
        boolean plain = value.unwrapped() instanceof String text && !text.isEmpty();
        return plain ? scalar(value) : value.render(ConfigRenderOptions.concise());
    }

    static String origin(ConfigValue value) {
        return withLineNumber(value.origin().description());
    }

    static String withLineNumber(String description) {
        return LINE_NUMBER.matcher(description).replaceFirst(":$1");
    }

    /** Key and value of {@code key=value}. */
    static Map.Entry<String, String> override(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(Parameter.OVERRIDES, " must have the form key=value, but is '" + text + "'"));
        }
        return Map.entry(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    static ConfigValue literal(String text, String origin) {
        ConfigValue value = ConfigValueFactory.fromAnyRef(text);
        if (LITERAL.matcher(text).matches()) {
            try {
                value = ConfigFactory.parseString("value = " + text).getValue("value");
            } catch (ConfigException.Parse e) {
                // Only its look was that of a literal: text after all, which the key's own rule then judges.
                return value.withOrigin(ConfigOriginFactory.newSimple(origin));
            }
        }
        return value.withOrigin(ConfigOriginFactory.newSimple(origin));
    }
}
