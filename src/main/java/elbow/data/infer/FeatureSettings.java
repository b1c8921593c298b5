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
import java.util.List;
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
    private final List<String> conditions;
    private final InputTransform binarise;
    private final InferenceSettings rules;

    private FeatureSettings(
            List<String> ignored, List<String> conditions, InputTransform binarise, InferenceSettings rules) {
        this.ignored = List.copyOf(ignored);
        this.conditions = List.copyOf(conditions);
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
        this(ignored, List.of(), binarise, InferenceSettings.of(Configuration.defaults()));
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
                conditions(configuration),
                configuration.choice("data.image.binarise", InputTransform.class),
                InferenceSettings.of(configuration));
    }

    /** The columns that are conditions: those that are named so, and those by which rows fall into groups. */
    public static List<String> conditions(Configuration configuration) {
        List<String> all = new ArrayList<>(configuration.texts(CONDITIONS));
        configuration.texts(GroupColumns.KEY).stream()
                .filter(column -> !all.contains(column))
                .forEach(all::add);
        return all;
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
        return conditions;
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
        Columns.requireKnown(new Parameter(CONDITIONS), conditions, schema);
        for (String condition : conditions) {
            StructField field = schema.apply(condition);
            if (Keys.isKey(field)) {
                throw InputErrors.usage(
                        CONDITIONS + " must not name " + condition + ", a key that only tells rows apart");
            }
            if (FieldKind.knows(field.dataType()) && FieldKind.of(field.dataType()) == FieldKind.IMAGE) {
                throw InputErrors.usage(CONDITIONS + " must name columns of numbers, categories or times, but "
                        + condition + " has images");
            }
        }
        boolean modelsSome = Arrays.stream(schema.fields())
                .anyMatch(field ->
                        !ignored.contains(field.name()) && !conditions.contains(field.name()) && !Keys.isKey(field));
        if (!conditions.isEmpty() && !modelsSome) {
            throw InputErrors.usage(
                    CONDITIONS + " must leave a column to be modelled, but names all: " + Columns.listed(conditions));
        }
    }

    private static boolean holdsMap(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).anyMatch(field -> holdsMap(field.dataType()));
        }
        return type instanceof ArrayType array ? holdsMap(array.elementType()) : type instanceof MapType;
    }
}
