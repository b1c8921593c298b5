package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.ImageFeature;
import elbow.data.table.Columns;
import elbow.failure.UserSql;
import elbow.spark.SparkColumns;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A condition on rows that are made, taken apart: equations of a column and a value, and what else must hold.
 *
 * @param fixed the value of each column that an equation gives, as Spark's rows have it outside
 * @param rest the other parts; empty: none
 * @param restColumns the columns that they name
 */
record Condition(Map<String, Object> fixed, Optional<Column> rest, Set<String> restColumns) {
    Condition {
        fixed = new LinkedHashMap<>(fixed);
        restColumns = Set.copyOf(restColumns);
    }

    /**
     * Reads a condition.
     *
     * @throws ElbowException of category USAGE if it is none on these columns
     */
    static Condition of(SparkSession spark, String sql, StructType schema) {
        Expression parsed = SqlColumns.parsed(sql);
        Map<String, Object> fixed = new LinkedHashMap<>();
        List<Expression> rest = new ArrayList<>();
        Set<String> restColumns = new TreeSet<>();
        for (Expression part : parts(parsed)) {
            Optional<Map.Entry<String, Expression>> equation = equation(part);
            Optional<StructField> named = equation.map(entry -> field(entry.getKey(), schema))
                    .filter(field -> !fixed.containsKey(field.name()));
            if (equation.isPresent() && named.isPresent()) {
                fixed.put(named.get().name(), value(spark, equation.get().getValue(), named.get()));
            } else {
                rest.add(part);
                SqlColumns.of(part)
                        .forEach(name -> restColumns.add(field(name, schema).name()));
            }
        }
        Optional<Column> all = rest.stream().map(SparkColumns::of).reduce(Column::and);
        all.ifPresent(condition -> requireTrueOrFalse(spark, condition, schema, sql));
        return new Condition(fixed, all, restColumns);
    }

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof And and) {
            List<Expression> parts = new ArrayList<>(parts(and.left()));
            parts.addAll(parts(and.right()));
            return parts;
        }
        return List.of(expression);
    }

    // The column's name as the condition has it, and the value.
    private static Optional<Map.Entry<String, Expression>> equation(Expression part) {
        if (!(part instanceof EqualTo equal)) {
            return Optional.empty();
        }
        if (equal.left() instanceof UnresolvedAttribute column
                && SqlColumns.of(equal.right()).isEmpty()) {
            return Optional.of(Map.entry(SqlColumns.name(column), equal.right()));
        }
        if (equal.right() instanceof UnresolvedAttribute column
                && SqlColumns.of(equal.left()).isEmpty()) {
            return Optional.of(Map.entry(SqlColumns.name(column), equal.left()));
        }
        return Optional.empty();
    }

    private static StructField field(String name, StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        " must name columns of the model, but " + name + " is none of them: "
                                + Columns.listed(Arrays.asList(schema.fieldNames())),
                        null));
    }

    private static Object value(SparkSession spark, Expression value, StructField field) {
        // A row of the driver's, for which no job runs.
        Dataset<Row> one = spark.createDataFrame(List.of(RowFactory.create()), new StructType());
        Row row = UserSql.checked(
                () -> one.select(SparkColumns.of(value).as("given"))
                        .select(
                                Columns.column("given"),
                                Columns.castOrNull("given", field.dataType()).as("value"))
                        .head(),
                fault -> Message.of(
                        Parameter.WHERE, " must compare " + field.name() + " with one value, but: " + fault));
        if (row.isNullAt(1)) {
            throw refused(
                    " must compare " + field.name() + " with a value of type "
                            + field.dataType().simpleString() + ", but " + row.get(0) + " is none",
                    null);
        }
        return row.get(1);
    }

    private static void requireTrueOrFalse(SparkSession spark, Column condition, StructType schema, String sql) {
        StructType unused = UserSql.checked(
                () -> spark.createDataFrame(List.of(), schema).filter(condition).schema(),
                fault -> Message.of(
                        Parameter.WHERE,
                        " must be a condition on the model's columns, but " + sql + " is not: " + fault));
    }

    /**
     * A row that has the values which equations give and no others.
     *
     * @param schema of the condition
     * @throws ElbowException of category USAGE if a column cannot have its value
     */
    RowBatch encoded(UsedModel model, StructType schema) {
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        List<Feature> features = model.encoder().features();
        for (Feature feature : features) {
            int place = schema.fieldIndex(feature.column());
            if (feature instanceof ImageFeature image) {
                if (fixed.containsKey(feature.column())) {
                    throw refused(" must be on columns that are no images, but names " + feature.column(), null);
                }
                // No image: masked below.
                values[place] = new byte[image.shape().size()];
            } else if (fixed.containsKey(feature.column())) {
                values[place] = fixed.get(feature.column());
            }
        }
        int columns = model.encoder().width();
        RowBatch batch = new RowBatch(columns, 1);
        try {
            model.encoder().bind(schema).encode(RowFactory.create(values), batch.values(), batch.mask(), 0);
        } catch (ElbowException e) {
            throw refused(" must give each column a value that it can have: " + e.getMessage(), e);
        }
        int offset = 0;
        for (Feature feature : features) {
            if (feature instanceof ImageFeature) {
                Arrays.fill(batch.mask(), offset, offset + feature.width(), (byte) 0);
            }
            boolean unseen = feature instanceof CategoricalFeature && batch.values()[offset + feature.width() - 1] == 1;
            if (unseen && batch.mask()[offset] != 0) {
                throw refused(
                        " must give " + feature.column() + " a value that it had in training, but "
                                + fixed.get(feature.column()) + " is none of them: "
                                + Columns.listed(((CategoricalFeature) feature).categories()),
                        null);
            }
            offset += feature.width();
        }
        batch.holdWithGaps(1);
        return batch;
    }

    static ElbowException refused(String rule, @Nullable Throwable cause) {
        Message message = Message.of(Parameter.WHERE, rule);
        return cause == null
                ? new ElbowException(ErrorCategory.USAGE, message)
                : new ElbowException(ErrorCategory.USAGE, message, cause);
    }

    /** The values that equations give to some columns. */
    Map<String, Object> fixedOf(List<Feature> features) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Feature feature : features) {
            if (fixed.containsKey(feature.column())) {
                values.put(feature.column(), fixed.get(feature.column()));
            }
        }
        return values;
    }

    /** Whether a column is named. */
    boolean names(String column) {
        return fixed.containsKey(column) || restColumns.contains(column);
    }
}
