package elbow.ml;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import elbow.base.Configuration;
import elbow.spark.TextParams;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Makes the params that are keys of {@code reference.conf}, sets and reads them, and makes a {@link Configuration} of
 * them. Numbers that are {@code auto} by default have no default as params: not set, they are {@code auto}.
 */
final class SettingParams {
    private static final Map<String, Object> DEFAULTS = Configuration.defaults().asMap();
    private static final Map<String, String> TEXTS = Configuration.defaults().asTexts();

    /** Keys of numbers that may be "auto" without that being the default: as a param that is NaN. */
    private static final Set<String> AUTO_IF_NAN = Set.of("objective.mask-share");

    /** Whole numbers with more digits are written with an exponent. */
    private static final int MOST_PLAIN_DIGITS = 15;

    private SettingParams() {}

    static IntParam integer(Params holder, String name) {
        return new IntParam(holder, name, numberDoc(name));
    }

    static LongParam longNumber(Params holder, String name) {
        return new LongParam(holder, name, numberDoc(name));
    }

    static DoubleParam number(Params holder, String name) {
        return new DoubleParam(holder, name, numberDoc(name));
    }

    static IntArrayParam integers(Params holder, String name) {
        return new IntArrayParam(holder, name, numberDoc(name));
    }

    static BooleanParam flag(Params holder, String name) {
        return new BooleanParam(holder, name, doc(name));
    }

    static Param<String> text(Params holder, String name) {
        return TextParams.of(holder, name, doc(name));
    }

    static StringArrayParam texts(Params holder, String name) {
        return new StringArrayParam(holder, name, doc(name));
    }

    private static String numberDoc(String name) {
        String key = SettingKeys.of(name);
        String auto = AUTO_IF_NAN.contains(key)
                ? " NaN: auto."
                : Configuration.AUTO.equals(DEFAULTS.get(key)) ? " Not set: auto." : "";
        return SettingKeys.doc(name) + auto + " (" + key + ")";
    }

    private static String doc(String name) {
        return SettingKeys.doc(name) + " (" + SettingKeys.of(name) + ")";
    }

    /** Sets a param, and returns its holder. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T> T set(Params holder, Param<?> param, Object value) {
        holder.set((Param<Object>) param, value);
        return (T) holder;
    }

    static int intOf(Params holder, IntParam param) {
        return ((Number) holder.getOrDefault(param)).intValue();
    }

    static long longOf(Params holder, LongParam param) {
        return ((Number) holder.getOrDefault(param)).longValue();
    }

    static double doubleOf(Params holder, DoubleParam param) {
        return ((Number) holder.getOrDefault(param)).doubleValue();
    }

    static boolean flagOf(Params holder, BooleanParam param) {
        return (Boolean) holder.getOrDefault(param);
    }

    static String textOf(Params holder, Param<String> param) {
        return holder.getOrDefault(param);
    }

    static List<String> textsOf(Params holder, StringArrayParam param) {
        return List.of(holder.getOrDefault(param));
    }

    static OptionalInt optionalInt(Params holder, IntParam param) {
        return holder.isDefined(param) ? OptionalInt.of(intOf(holder, param)) : OptionalInt.empty();
    }

    static OptionalDouble optionalDouble(Params holder, DoubleParam param) {
        return holder.isDefined(param) ? OptionalDouble.of(doubleOf(holder, param)) : OptionalDouble.empty();
    }

    static Optional<List<Integer>> optionalInts(Params holder, IntArrayParam param) {
        return holder.isDefined(param)
                ? Optional.of(Arrays.stream(holder.getOrDefault(param)).boxed().toList())
                : Optional.empty();
    }

    static Optional<String> optionalText(Params holder, Param<String> param) {
        return holder.isDefined(param) ? Optional.of(textOf(holder, param)) : Optional.empty();
    }

    /** A list of texts in HOCON. */
    static String list(String... texts) {
        return rendered(Arrays.asList(texts));
    }

    /** A list for each key, of it and its values, in HOCON. */
    static String lists(Map<String, List<String>> values) {
        return rendered(values.entrySet().stream()
                .map(entry -> {
                    List<String> list = new ArrayList<>(List.of(entry.getKey()));
                    list.addAll(entry.getValue());
                    return list;
                })
                .toList());
    }

    /** A list for each key, of it and its value, in HOCON. */
    static String pairs(Map<String, String> values) {
        return rendered(values.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static String rendered(List<?> values) {
        return ConfigValueFactory.fromIterable(values).render(ConfigRenderOptions.concise());
    }

    /** Gives a param a default. */
    @SuppressWarnings("unchecked")
    static void setDefault(Params holder, Param<?> param, Object value) {
        holder.setDefault((Param<Object>) param, value);
    }

    /** Gives every param that is a key the key's default. */
    static void setDefaults(Params holder) {
        for (Param<?> param : holder.params()) {
            String key = SettingKeys.BY_NAME.get(param.name());
            if (key != null) {
                setDefaultOf(holder, param, key);
            }
        }
    }

    private static void setDefaultOf(Params holder, Param<?> param, String key) {
        Object found = DEFAULTS.getOrDefault(key, "");
        boolean auto = found.equals(Configuration.AUTO);
        if (param instanceof StringArrayParam) {
            setDefault(holder, param, Configuration.defaults().texts(key).toArray(String[]::new));
        } else if (param instanceof IntParam && !auto) {
            setDefault(holder, param, ((Number) found).intValue());
        } else if (param instanceof LongParam && !auto) {
            setDefault(holder, param, ((Number) found).longValue());
        } else if (param instanceof DoubleParam && !auto) {
            setDefault(holder, param, ((Number) found).doubleValue());
        } else if (param instanceof BooleanParam) {
            setDefault(holder, param, found);
        } else if (param.getClass() == Param.class) {
            setDefault(holder, param, found instanceof String ? found : TEXTS.getOrDefault(key, ""));
        }
    }

    /**
     * The configuration that the params say.
     *
     * @throws elbow.base.ElbowException of category USAGE if a value cannot be read
     */
    static Configuration configuration(Params holder) {
        Configuration all = Configuration.defaults();
        for (Param<?> param : holder.params()) {
            String key = SettingKeys.BY_NAME.get(param.name());
            if (key != null && holder.isSet(param)) {
                Object value = holder.getOrDefault(param);
                all = value instanceof String[] texts
                        ? all.withTexts(key, List.of(texts))
                        : all.withTexts(Map.of(key, text(key, value)), "param " + param.name());
            }
        }
        return all;
    }

    private static String text(String key, Object value) {
        boolean auto = AUTO_IF_NAN.contains(key) && value instanceof Double number && number.isNaN();
        return auto ? Configuration.AUTO : text(value);
    }

    /** A value as a file would have it. */
    static String text(Object value) {
        if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        return value instanceof Double number && Double.isFinite(number)
                ? written(new BigDecimal(number.toString()).stripTrailingZeros())
                : String.valueOf(value);
    }

    // As somebody would write it in a file: 10, not 1E+1.
    private static String written(BigDecimal number) {
        int digits = number.precision() - number.scale();
        return digits <= MOST_PLAIN_DIGITS && number.scale() < 0 ? number.toPlainString() : number.toString();
    }
}
