package elbow.base;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The settings of a run: every key of {@code reference.conf} with its default, under the values of a file, under single
 * {@code key=value} overrides. Immutable. A key that {@code reference.conf} does not have is refused when it is added;
 * a value is checked when it is read.
 *
 * <p>Every failure is an {@link ElbowException} of category {@link ErrorCategory#USAGE} that names the key, the rule,
 * the value found, and the file and line it comes from.
 */
public final class Configuration {
    /** The word by which a setting is left to Elbow. */
    public static final String AUTO = "auto";

    // In a folder of our own: at the root of the class path every library that uses HOCON has its own reference.conf.
    private static final String REFERENCE = "/elbow/reference.conf";

    private static final Config DEFAULTS = ConfigFactory.parseString(
            reference(), ConfigParseOptions.defaults().setOriginDescription("reference.conf"));

    private static final Set<String> KEYS =
            DEFAULTS.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());

    private final Config values;

    private Configuration(Config values) {
        this.values = values;
    }

    /** The text of {@code reference.conf}: every key with its default, unit and meaning. */
    public static String reference() {
        try (InputStream stream = Configuration.class.getResourceAsStream(REFERENCE)) {
            if (stream == null) {
                throw new IllegalStateException(REFERENCE + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + REFERENCE, e);
        }
    }

    /** The defaults alone. */
    public static Configuration defaults() {
        return new Configuration(DEFAULTS);
    }

    /**
     * These settings under those of a HOCON text.
     *
     * @param text the content of a configuration file, or of {@link #render()}
     * @param name the file's name, for messages
     * @throws ElbowException if the text is not HOCON, includes another file or has an unknown key
     */
    public Configuration withText(String text, String name) {
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setOriginDescription(name).setIncluder(new RefusingIncluder(name));
            return with(ConfigFactory.parseString(text, options));
        } catch (ConfigException.Parse e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "configuration is not valid HOCON: " + SettingValues.withLineNumber(String.valueOf(e.getMessage())),
                    e);
        }
    }

    /**
     * These settings under single ones.
     *
     * @param overrides each {@code key=value}, with the key in full; of two for the same key the later wins
     * @throws ElbowException if one is not of that form or has an unknown key
     */
    public Configuration withOverrides(List<String> overrides) {
        return withOverrides(overrides, "override");
    }

    /** As {@link #withOverrides(List)}; messages put {@code origin} before an override to say where it is from. */
    public Configuration withOverrides(List<String> overrides, String origin) {
        Configuration result = this;
        for (String override : overrides) {
            Map.Entry<String, String> parts = SettingValues.override(override);
            result = result.with(parts.getKey(), parts.getValue(), origin + " " + override);
        }
        return result;
    }

    /**
     * These settings under stored ones.
     *
     * @param texts what {@link #asTexts} returned
     * @param name where they are stored, for messages
     * @throws ElbowException if one has an unknown key
     */
    public Configuration withTexts(Map<String, String> texts, String name) {
        Configuration result = this;
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue(), name);
        }
        return result;
    }

    /** These settings with texts at {@code key}. */
    public Configuration withTexts(String key, List<String> texts) {
        return with(ConfigFactory.empty().withValue(key, ConfigValueFactory.fromIterable(texts)));
    }

    /** Whether the value at {@code key} is another than the default. */
    public boolean isChanged(String key) {
        return !SettingValues.found(get(key)).equals(SettingValues.found(DEFAULTS.getValue(key)));
    }

    /** The whole number at {@code key}, at least 1. */
    public int positiveInt(String key) {
        return SettingValues.wholeNumber(key, get(key), "be a whole number of at least 1", 1, Integer.MAX_VALUE)
                .intValueExact();
    }

    /** The whole number at {@code key}, at least 1; empty if it is {@value #AUTO}. */
    public OptionalInt positiveIntOrAuto(String key) {
        return wholeNumberOrAuto(key, 1);
    }

    /** The whole number at {@code key}, at least 0; empty if it is {@code auto}. */
    public OptionalInt notNegativeIntOrAuto(String key) {
        return wholeNumberOrAuto(key, 0);
    }

    private OptionalInt wholeNumberOrAuto(String key, int least) {
        String rule = "be auto or a whole number of at least " + least;
        return isAuto(key)
                ? OptionalInt.empty()
                : OptionalInt.of(SettingValues.wholeNumber(key, get(key), rule, least, Integer.MAX_VALUE)
                        .intValueExact());
    }

    /** The whole number at {@code key}, at least 0. */
    public int notNegativeInt(String key) {
        return SettingValues.wholeNumber(key, get(key), "be a whole number of at least 0", 0, Integer.MAX_VALUE)
                .intValueExact();
    }

    /** The whole number at {@code key}, of 64 bits. */
    public long longValue(String key) {
        return SettingValues.wholeNumber(key, get(key), "be a whole number of 64 bits", Long.MIN_VALUE, Long.MAX_VALUE)
                .longValueExact();
    }

    /** The number at {@code key}, above 0. */
    public double positiveDouble(String key) {
        return number(key, "be a number above 0", value -> value > 0);
    }

    /** The number at {@code key}, above 0; empty if it is {@value #AUTO}. */
    public OptionalDouble positiveDoubleOrAuto(String key) {
        return numberOrAuto(key, "be auto or a number above 0", value -> value > 0);
    }

    /** The number at {@code key}, at least 0; empty if it is {@value #AUTO}. */
    public OptionalDouble notNegativeDoubleOrAuto(String key) {
        return numberOrAuto(key, "be auto or a number of at least 0", value -> value >= 0);
    }

    /** The finite number at {@code key}; empty if it is {@value #AUTO}. */
    public OptionalDouble doubleOrAuto(String key) {
        return numberOrAuto(key, "be auto or a finite number", value -> true);
    }

    /** The number at {@code key}, in [0, 1); empty if it is {@value #AUTO}. */
    public OptionalDouble fractionOrAuto(String key) {
        return numberOrAuto(key, "be auto or a number in [0, 1)", value -> value >= 0 && value < 1);
    }

    private OptionalDouble numberOrAuto(String key, String rule, Predicate<Double> allowed) {
        return isAuto(key) ? OptionalDouble.empty() : OptionalDouble.of(number(key, rule, allowed));
    }

    /** The number at {@code key}, at least 0. */
    public double notNegativeDouble(String key) {
        return number(key, "be a number of at least 0", value -> value >= 0);
    }

    /** The number at {@code key}, in [0, 1). */
    public double fraction(String key) {
        return number(key, "be a number in [0, 1)", value -> value >= 0 && value < 1);
    }

    /** The truth value at {@code key}. */
    public boolean flag(String key) {
        return SettingValues.flag(key, get(key));
    }

    /** The text at {@code key}, as it stands. */
    public String text(String key) {
        ConfigValue value = get(key);
        if (value.unwrapped() instanceof List) {
            throw SettingValues.invalid(key, "be a single value", value);
        }
        return SettingValues.scalar(value);
    }

    /** The text at {@code key}, which must not be empty. */
    public String givenText(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw SettingValues.invalid(key, "be given", get(key));
        }
        return text;
    }

    /** The date at {@code key}, as 2026-11-23; empty if the text is. */
    public Optional<LocalDate> date(String key) {
        String text = text(key);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw SettingValues.invalid(key, "be empty or a date such as 2026-11-23", get(key));
        }
    }

    /** The constant of {@code type} that {@code key} names; constants are written in lower case, with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        ConfigValue value = get(key);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(SettingValues.scalar(value))) {
                return constant;
            }
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Configuration::word).toList();
        throw SettingValues.invalid(key, "be one of " + String.join(", ", words), value);
    }

    /**
     * The constant of {@code type} that {@code key} names, in small letters with hyphens; empty if it is {@code auto}.
     */
    public <E extends Enum<E>> Optional<E> choiceOrAuto(String key, Class<E> type) {
        return isAuto(key) ? Optional.empty() : Optional.of(choice(key, type));
    }

    /** The whole numbers at {@code key}, each at least 1, at least one of them. */
    public List<Integer> positiveInts(String key) {
        return positiveInts(key, "be a list of whole numbers of at least 1, such as [512, 256]");
    }

    /** The whole numbers at {@code key}, each at least 1, at least one of them; empty if it is {@value #AUTO}. */
    public Optional<List<Integer>> positiveIntsOrAuto(String key) {
        return isAuto(key)
                ? Optional.empty()
                : Optional.of(
                        positiveInts(key, "be auto or a list of whole numbers of at least 1, such as [512, 256]"));
    }

    /** The texts at {@code key}: a list, or a single text with commas between them; perhaps none. */
    public List<String> texts(String key) {
        return SettingValues.texts(key, get(key));
    }

    /** The texts at {@code key} as lists of one, and the lists of texts there, perhaps none. */
    public List<List<String>> textsOrLists(String key) {
        return SettingValues.textsOrLists(key, get(key));
    }

    /** The lists of texts at {@code key}, perhaps none. */
    public List<List<String>> textLists(String key) {
        return SettingValues.textLists(key, get(key));
    }

    /** What a section says whose keys are keys of the configuration themselves; empty if it is {@value #AUTO}. */
    public Optional<SortedMap<String, Object>> spaceOrAuto(String key) {
        return isAuto(key) ? Optional.empty() : Optional.of(KeySpace.read(key, get(key), KEYS));
    }

    /** Every key in full, with its value as text, number, truth value or list of those; sorted by key. */
    public SortedMap<String, Object> asMap() {
        SortedMap<String, Object> map = new TreeMap<>();
        values.entrySet()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().unwrapped()));
        return map;
    }

    /**
     * Every key in full, with its value as text; sorted by key. {@link #withTexts} reads it back. Without sections tune
     * and batch: a model does not depend on them, and must not carry the address of somebody's webhook.
     */
    public SortedMap<String, String> asTexts() {
        SortedMap<String, String> map = new TreeMap<>();
        values.entrySet().forEach(entry -> map.put(entry.getKey(), SettingValues.found(entry.getValue())));
        map.keySet().removeIf(key -> key.startsWith("batch.") || key.startsWith("tune."));
        return map;
    }

    /** All settings as JSON text that {@link #withText} reads back to an equal configuration. */
    public String render() {
        return values.root().render(ConfigRenderOptions.concise().setFormatted(true));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    private Configuration with(String key, String text, String origin) {
        if (!KEYS.contains(key)) {
            throw KnownKeys.unknown(key, origin, KEYS);
        }
        return with(ConfigFactory.empty().withValue(key, SettingValues.literal(text, origin)));
    }

    private Configuration with(Config overriding) {
        try {
            // A space is one value: two of them do not become one of the keys of both.
            Config under = KeySpace.isIn(overriding) ? values.withoutPath(KeySpace.KEY) : values;
            Config merged = overriding.withFallback(under).resolve();
            KnownKeys.check(merged.root(), KEYS);
            return new Configuration(merged);
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "configuration cannot be resolved: " + SettingValues.withLineNumber(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private ConfigValue get(String key) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException("no such configuration key: " + key);
        }
        return values.getValue(key);
    }

    private boolean isAuto(String key) {
        return SettingValues.scalar(get(key)).equals(AUTO);
    }

    private double number(String key, String rule, Predicate<Double> holds) {
        return SettingValues.number(key, get(key), rule, holds);
    }

    private List<Integer> positiveInts(String key, String rule) {
        ConfigValue value = get(key);
        List<?> elements = value.unwrapped() instanceof List<?> list
                ? list
                : List.of(SettingValues.scalar(value).split(",", -1));
        if (elements.isEmpty()) {
            throw SettingValues.invalid(key, rule, value);
        }
        return elements.stream()
                .map(element -> SettingValues.wholeNumber(
                                key,
                                value,
                                rule,
                                1,
                                Integer.MAX_VALUE,
                                String.valueOf(element).strip())
                        .intValueExact())
                .toList();
    }

    /** The word for a constant in a configuration: STUDENT_T is student-t. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
