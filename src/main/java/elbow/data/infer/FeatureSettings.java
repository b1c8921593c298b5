package elbow.data.infer;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.feature.GroupColumns;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The user's settings of features. */
public final class FeatureSettings {
    /** The key that names conditions. */
    public static final String CONDITIONS = "data.conditions";

    private final List<String> ignored;
    // Each with the key that names it.
    private final Map<String, String> conditions;
    private final InputTransform binarise;
    private final InferenceSettings rules;

    private FeatureSettings(
            List<String> ignored, Map<String, String> conditions, InputTransform binarise, InferenceSettings rules) {
        this.ignored = List.copyOf(ignored);
        this.conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
        this.binarise = binarise;
        this.rules = rules;
    }

    /**
     * The default rules of inference.
     *
     * @param ignored columns to leave out
     * @param binarise how pixels become inputs; NONE leaves them grey, with a Gaussian likelihood
     */
    public FeatureSettings(List<String> ignored, InputTransform binarise) {
        this(ignored, Map.of(), binarise, InferenceSettings.of(Configuration.defaults()));
    }

    /**
     * What the configuration's section {@code data} says.
     *
     * @param ignored columns to leave out
     * @throws ElbowException of category USAGE if a key has a value that it cannot have
     */
    public static FeatureSettings of(Configuration configuration, List<String> ignored) {
        requireOnce(CONDITIONS, configuration.texts(CONDITIONS), ignored);
        requireOnce(GroupColumns.KEY, configuration.texts(GroupColumns.KEY), ignored);
        return new FeatureSettings(
                ignored,
                keysByCondition(configuration),
                configuration.choice("data.image.binarise", InputTransform.class),
                InferenceSettings.of(configuration));
    }

    /** The columns that are conditions: those that are named so, and those by which rows fall into groups. */
    public static List<String> conditions(Configuration configuration) {
        return List.copyOf(keysByCondition(configuration).keySet());
    }

    private static Map<String, String> keysByCondition(Configuration configuration) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : List.of(CONDITIONS, GroupColumns.KEY)) {
            configuration.texts(key).forEach(column -> keys.putIfAbsent(column, key));
        }
        return keys;
    }

    private static void requireOnce(String key, List<String> columns, List<String> ignored) {
        for (String condition : columns) {
            Check.usage(
                    columns.indexOf(condition) == columns.lastIndexOf(condition), key, "name a column once", condition);
            if (ignored.contains(condition)) {
                throw InputErrors.usage(
                        key + " must not name " + condition + ", which is to be left out (", Parameter.IGNORE, ")");
            }
        }
    }

    List<String> ignored() {
        return ignored;
    }

    /** Columns that are given and not modelled. */
    List<String> conditions() {
        return List.copyOf(conditions.keySet());
    }

    /** The key that names a column as a condition. */
    String keyOf(String condition) {
        return Objects.requireNonNull(conditions.get(condition), condition);
    }

    InputTransform binarise() {
        return binarise;
    }

    /** The columns that the user has given as categories, levels or times in a pattern: texts as they stand. */
    public Set<String> texts() {
        return rules.texts();
    }

    InferenceSettings rules() {
        return rules;
    }

    /**
     * The columns that make up a row's content: neither ignored nor keys. What {@link elbow.data.rows.Split} hashes.
     *
     * @throws ElbowException of category USAGE if an ignored column or a condition is not there, or no column is left
     *     that could be modelled
     */
    public List<String> contentColumns(StructType schema) {
        Columns.requireKnown(Parameter.IGNORE, ignored, schema);
        requireConditions(schema);
        List<String> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            // Spark cannot hash maps; they are no features either.
            if (!ignored.contains(field.name()) && !Keys.isKey(field) && !holdsMap(field.dataType())) {
                columns.add(field.name());
            }
        }
        if (columns.isEmpty()) {
            throw InputErrors.usage(
                    Parameter.IGNORE,
                    " must leave a column to train on, but of " + Columns.listed(List.of(schema.fieldNames()))
                            + " none is left that is no key");
        }
        return columns;
    }

    /**
     * Requires that every condition can be one, as far as the columns alone tell.
     *
     * @throws ElbowException of category USAGE that names the one that cannot
     */
    void requireConditions(StructType schema) {
        for (String condition : conditions.keySet()) {
            String key = keyOf(condition);
            Columns.requireKnown(new Parameter(key), List.of(condition), schema);
            StructField field = schema.apply(condition);
            if (Keys.isKey(field)) {
                throw InputErrors.usage(key + " must not name " + condition + ", a key that only tells rows apart");
            }
            if (FieldKind.knows(field.dataType()) && FieldKind.of(field.dataType()) == FieldKind.IMAGE) {
                throw InputErrors.usage(
                        key + " must name columns of numbers, categories or times, but " + condition + " has images");
            }
        }
        boolean modelsSome = Arrays.stream(schema.fields())
                .anyMatch(field ->
                        !ignored.contains(field.name()) && !conditions.containsKey(field.name()) && !Keys.isKey(field));
        if (!conditions.isEmpty() && !modelsSome) {
            throw InputErrors.usage(
                    CONDITIONS + " must leave a column to be modelled, but names all: " + Columns.listed(conditions()));
        }
    }

    private static boolean holdsMap(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).anyMatch(field -> holdsMap(field.dataType()));
        }
        return type instanceof ArrayType array ? holdsMap(array.elementType()) : type instanceof MapType;
    }
}
