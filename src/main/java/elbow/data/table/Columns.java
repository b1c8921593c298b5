package elbow.data.table;

import elbow.base.Parameter;
import elbow.base.SqlText;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Column names that may hold anything: dots, spaces, backticks. */
public final class Columns {
    private static final String OWN = "elbow.";
    private static final String UNTYPED = OWN + "untyped";
    private static final String PADDED = OWN + "padded";

    private Columns() {}

    /** What marks a column as text only because its file says nothing of types. */
    public static Metadata untyped() {
        return new MetadataBuilder().putBoolean(UNTYPED, true).build();
    }

    /** As {@link #untyped}, of numbers, some of which have zeros before them in the file. */
    public static Metadata untypedPadded() {
        return new MetadataBuilder()
                .withMetadata(untyped())
                .putBoolean(PADDED, true)
                .build();
    }

    /** Whether a column is marked as {@link #untypedPadded}. */
    public static boolean isPadded(StructField field) {
        return field.metadata().contains(PADDED);
    }

    /** Whether a column is marked as {@link #untyped}. */
    public static boolean isUntyped(StructField field) {
        return field.metadata().contains(UNTYPED);
    }

    /** The top-level column of exactly this name. */
    public static Column column(String name) {
        return functions.col(SqlText.name(name));
    }

    public static Column[] columns(List<String> names) {
        return names.stream().map(Columns::column).toArray(Column[]::new);
    }

    /** A column of texts without the blanks around them, of whatever kind ({@link String#strip}). */
    public static Column stripped(Column texts) {
        UDF1<String, String> strip = text -> text == null ? null : text.strip();
        return functions.udf(strip, DataTypes.StringType).apply(texts);
    }

    /**
     * A column's values as another type; null where one is none, whatever the session says of such casts
     * (spark.sql.ansi.enabled, on in Spark 4).
     */
    public static Column castOrNull(String name, DataType type) {
        return functions.expr("try_cast(" + SqlText.name(name) + " AS " + type.sql() + ")");
    }

    /** A text as a value of a type, or null, as {@link #castOrNull}. */
    public static Column textOrNull(String text, DataType type) {
        return functions.expr("try_cast(" + SqlText.literal(text) + " AS " + type.sql() + ")");
    }

    /**
     * Requires that every name is a column.
     *
     * @param parameter what gives the names, for the message
     * @throws elbow.base.ElbowException of category USAGE that names the one that is none
     */
    public static void requireKnown(Parameter parameter, Collection<String> names, StructType schema) {
        requireKnown(parameter, names, schema, "");
    }

    /**
     * As {@link #requireKnown(Parameter, Collection, StructType)}, where one parameter is for several inputs.
     *
     * @param input which one has these columns
     */
    public static void requireKnownIn(String input, Parameter parameter, String name, StructType schema) {
        requireKnown(parameter, List.of(name), schema, " in " + input);
    }

    private static void requireKnown(Parameter parameter, Collection<String> names, StructType schema, String where) {
        List<String> known = Arrays.asList(schema.fieldNames());
        for (String name : names) {
            if (!known.contains(name)) {
                throw InputErrors.usage(
                        parameter,
                        " must name columns of the input, but " + InputErrors.quote(name) + " is none of them" + where
                                + ": " + listed(ofUsers(known)) + LikeNames.hint(name, ofUsers(known)));
            }
        }
    }

    /** Whether columns of this type hold whole numbers only. */
    public static boolean isWhole(DataType type) {
        return type instanceof IntegralType || (type instanceof DecimalType decimal && decimal.scale() == 0);
    }

    /** Refuses names that Spark cannot tell apart, none at all, and those that Elbow gives to columns of its own. */
    public static void requireDistinct(Collection<String> names, String where) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw InputErrors.input(where + ": each column must have a name, but one has none: name it");
            }
            if (name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                throw InputErrors.input(where + ": column names must not begin with " + OWN
                        + ", as those of columns that Elbow adds do, but one is " + InputErrors.quote(name)
                        + ": rename it");
            }
            String former = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (former != null) {
                throw InputErrors.input(where + ": column names must differ in more than case, but "
                        + InputErrors.quote(former) + " and " + InputErrors.quote(name) + " do not: rename one");
            }
        }
    }

    /** The place of each name, from 0; -1 of one that comes more than once. */
    public static Map<String, Integer> places(List<String> names) {
        return places(names, name -> name);
    }

    /** The same of things that have names. */
    public static <T> Map<String, Integer> places(List<T> things, Function<T, String> name) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < things.size(); i++) {
            places.merge(name.apply(things.get(i)), i, (former, place) -> -1);
        }
        return places;
    }

    /** The names without those of columns that Elbow adds. */
    public static List<String> ofUsers(List<String> names) {
        return names.stream().filter(name -> !name.startsWith(OWN)).toList();
    }

    /** The names in a message, without those of columns that Elbow adds; the first ones if there are many. */
    public static String listed(List<String> all) {
        List<String> names = ofUsers(all);
        int shown = Math.min(names.size(), 30);
        return String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
    }
}
