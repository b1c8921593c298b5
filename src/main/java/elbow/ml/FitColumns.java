package elbow.ml;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.rows.BadRows;
import elbow.data.rows.RowFilter;
import elbow.data.source.VectorColumns;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.Label;
import elbow.fit.FitListener;
import elbow.fit.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** The columns and rows of a DataFrame that an estimator's params choose. */
final class FitColumns {
    /** The params that list columns of a type and nothing else of them. */
    private static final List<String> TYPES =
            List.of("realCols", "positiveCols", "countCols", "binaryCols", "ordinalCols", "categoricalCols");

    private final Optional<List<String>> inputs;
    private final List<String> conditions;
    private final List<String> groups;
    private final List<String> ignored;
    private final Optional<Label> label;
    private final Optional<String> indicator;
    private final Optional<String> anomalies;
    /** The columns that have a type, a likelihood or levels given, by the param that gives them. */
    private final Map<String, List<String>> given = new TreeMap<>();

    private FitColumns(VariationalAutoencoder params) {
        inputs = params.getInputCols();
        ignored = params.getIgnoredCols();
        label = params.getLabelCol()
                .map(column -> params.getAnomalyLabel()
                        .map(value -> Label.of(column, value))
                        .orElseGet(() -> Label.of(column)));
        indicator = params.getValidationIndicatorCol();
        anomalies = params.getAnomalyIndicatorCol();
        Check.usage(
                label.isPresent() || params.getAnomalyLabel().isEmpty(),
                "anomalyLabel",
                "be set with labelCol alone",
                params.getAnomalyLabel().orElse(""));
        Configuration settings = SettingParams.configuration(params);
        groups = params.getGroupBy();
        conditions = Stream.concat(params.getConditions().stream(), groups.stream())
                .distinct()
                .toList();
        TYPES.forEach(param -> given.put(param, settings.texts(SettingKeys.of(param))));
        SettingKeys.LIKELIHOODS.forEach((param, key) -> given.put(param, settings.texts(key)));
        given.put("timeCols", first(settings.textsOrLists(SettingKeys.of("timeCols"))));
        given.put("levels", first(settings.textLists(SettingKeys.of("levels"))));
    }

    private static List<String> first(List<List<String>> entries) {
        return entries.stream().flatMap(entry -> entry.stream().limit(1)).toList();
    }

    static FitColumns of(VariationalAutoencoder params) {
        return new FitColumns(params);
    }

    /**
     * Requires that all columns that are named are there and of a type that they can have.
     *
     * @throws ElbowException of category USAGE that names column, expected and found
     */
    void check(StructType schema) {
        List<String> named = inputs.orElse(List.of());
        Columns.requireKnown(new Parameter("inputCols"), named, schema);
        Columns.requireKnown(new Parameter("conditions"), without(groups), schema);
        Columns.requireKnown(new Parameter("groupBy"), groups, schema);
        Columns.requireKnown(new Parameter("ignoredCols"), ignored, schema);
        Columns.requireKnown(
                new Parameter("labelCol"), label.map(Label::column).stream().toList(), schema);
        Columns.requireKnown(
                new Parameter("validationIndicatorCol"), indicator.stream().toList(), schema);
        Columns.requireKnown(
                new Parameter("anomalyIndicatorCol"), anomalies.stream().toList(), schema);
        Check.usage(inputs.isEmpty() || !named.isEmpty(), "inputCols", "name a column, or not be set", named);
        for (String column : named) {
            boolean once = named.indexOf(column) == named.lastIndexOf(column);
            Check.usage(once, "inputCols", "name a column once", column);
            Check.usage(!ignored.contains(column), "inputCols", "not name a column of ignoredCols", column);
            requireModelled(schema.apply(column));
        }
        for (String column : conditions) {
            Check.usage(!ignored.contains(column), conditionParam(column), "not name a column of ignoredCols", column);
            requireNoVector(schema.apply(column));
        }
        Check.usage(
                anomalies.isEmpty() || !anomalies.equals(indicator),
                "anomalyIndicatorCol",
                "not be validationIndicatorCol, for known anomalies are not held out",
                anomalies.orElse(""));
        for (String column : own()) {
            Check.usage(
                    !named.contains(column) && !conditions.contains(column),
                    named.contains(column) ? "inputCols" : conditionParam(column),
                    "not name a column that says which rows are trained on",
                    column);
        }
        indicator.map(schema::apply).ifPresent(field -> requireTruth(field, "validationIndicatorCol"));
        anomalies.map(schema::apply).ifPresent(field -> requireTruth(field, "anomalyIndicatorCol"));
        given.forEach((param, columns) -> requireGiven(param, columns, schema));
    }

    // Elements of vectors, such as features[0], have no field of their own.
    private void requireGiven(String param, List<String> columns, StructType schema) {
        List<StructField> fields = chosen(schema).stream().map(schema::apply).toList();
        List<String> plain = columns.stream()
                .filter(column -> fields.stream().noneMatch(field -> isElement(column, field)))
                .toList();
        StructType known = new StructType(
                fields.stream().filter(field -> !isTakenApart(field)).toArray(StructField[]::new));
        Columns.requireKnown(new Parameter(param), plain, known);
    }

    private boolean isElement(String column, StructField field) {
        return isTakenApart(field) && column.matches(Pattern.quote(field.name()) + "\\[[0-9]+]");
    }

    // The columns that choose rows.
    private List<String> own() {
        List<String> own = new ArrayList<>(indicator.stream().toList());
        label.map(Label::column).ifPresent(own::add);
        anomalies.ifPresent(own::add);
        return own;
    }

    private static void requireModelled(StructField field) {
        if (!FieldKind.knows(field.dataType()) && !VectorColumns.isVector(field) && !VectorColumns.isArray(field)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "column " + field.name() + " must hold numbers, texts, truth values, dates, times, images,"
                            + " vectors or arrays of numbers to be one of inputCols, but is of type "
                            + field.dataType().simpleString());
        }
    }

    private String conditionParam(String column) {
        return groups.contains(column) ? "groupBy" : "conditions";
    }

    private List<String> without(List<String> others) {
        return conditions.stream().filter(column -> !others.contains(column)).toList();
    }

    private static void requireNoVector(StructField field) {
        if (VectorColumns.isVector(field) || VectorColumns.isArray(field)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "column " + field.name() + " must hold numbers, categories or times to be one of conditions, but is"
                            + " of type " + field.dataType().simpleString()
                            + ": give its elements as columns of their own");
        }
    }

    private static void requireTruth(StructField field, String param) {
        if (!field.dataType().equals(DataTypes.BooleanType)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "column " + field.name() + " must be of type boolean to be " + param + ", but is of type "
                            + field.dataType().simpleString());
        }
    }

    // Each element of a vector is a column, and of an array that is asked for.
    private boolean isTakenApart(StructField field) {
        return VectorColumns.isVector(field) || arrays(field).isPresent();
    }

    private Optional<String> arrays(StructField field) {
        return inputs.filter(names -> VectorColumns.isArray(field) && names.contains(field.name()))
                .map(names -> field.name());
    }

    /** Whether it is said which rows are normal. */
    boolean hasLabel() {
        return label.isPresent();
    }

    /**
     * Looks through the label's column, of all rows at once: a part of them may have no anomalies, be it the rows held
     * out or a fold of a cross validation. That none has any is a warning.
     *
     * @throws ElbowException of category INPUT if it does not say of every row what it is, or calls none normal
     */
    void checkLabel(Dataset<Row> all, FitListener listener) {
        label.filter(found -> !RowFilter.requireNormal(all, found) && found.hasValue())
                .ifPresent(found -> listener.warned("no row has " + found + ": all are trained on"));
    }

    /** The rows to train on. */
    RowSource training(Dataset<Row> all) {
        Dataset<Row> rows = indicator
                .map(column -> all.filter(functions.not(isTrue(column))))
                .orElse(all);
        return source(rows, all);
    }

    /** The rows to validate on; empty: a share of the others. */
    Optional<RowSource> validation(Dataset<Row> all) {
        return indicator.map(column -> source(all.filter(isTrue(column)), all));
    }

    /** The rows that are known to be anomalies; empty: none are said to be. */
    Optional<RowSource> anomalies(Dataset<Row> all) {
        return anomalies.map(column -> asRows(all.filter(isTrue(column)), all));
    }

    private static Column isTrue(String indicator) {
        return functions.coalesce(Columns.column(indicator), functions.lit(false));
    }

    /** Columns of {@link #training} that are no features. */
    List<String> ignored(StructType schema) {
        List<String> chosen = chosen(schema);
        return ignored.stream().filter(chosen::contains).toList();
    }

    private RowSource source(Dataset<Row> rows, Dataset<Row> all) {
        Dataset<Row> others = anomalies
                .map(column -> rows.filter(functions.not(isTrue(column))))
                .orElse(rows);
        return asRows(
                label.map(found -> RowFilter.withoutAnomalies(others, found)).orElse(others), all);
    }

    private RowSource asRows(Dataset<Row> rows, Dataset<Row> all) {
        Dataset<Row> chosen = rows.select(Columns.columns(chosen(all.schema())));
        StorageLevel level = all.storageLevel();
        List<String> arrays = Arrays.stream(chosen.schema().fields())
                .flatMap(field -> arrays(field).stream())
                .toList();
        return new Rows(
                VectorColumns.expanded(VectorColumns.ofArrays(chosen, arrays), 0, Map.of()),
                level.useMemory() || level.useDisk());
    }

    private List<String> chosen(StructType schema) {
        List<String> chosen = new ArrayList<>();
        for (StructField field : schema.fields()) {
            String name = field.name();
            boolean asked = inputs.map(names -> names.contains(name) || conditions.contains(name))
                    .orElse(true);
            boolean ignoredVector = VectorColumns.isVector(field) && ignored.contains(name);
            if (asked && !ignoredVector && !own().contains(name)) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    /** Rows of a DataFrame; going over them again is cheap if that is kept. */
    private record Rows(Dataset<Row> rows, boolean isCheap) implements RowSource {
        @Override
        public Dataset<Row> marked() {
            return BadRows.marked(rows);
        }
    }
}
