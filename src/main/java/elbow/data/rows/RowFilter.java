package elbow.data.rows;

import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Label;
import elbow.failure.KnownFailures;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Filters rows by a column: those that it calls normal, or anomalies, or gives a value. */
public final class RowFilter {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

    private static final DataType ANY_NUMBER = DataTypes.createDecimalType(38, 18);

    private RowFilter() {}

    /**
     * The rows whose column has a value, without the column.
     *
     * @param parameter what asks for it, for messages
     * @param value compared as the column's type compares
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if no row has the value
     */
    public static Dataset<Row> only(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Columns.requireKnown(parameter, List.of(column), rows.schema());
        Dataset<Row> kept = rows.filter(BadRows.orBad(rows.schema(), isValue(rows.schema(), column, value)));
        try {
            if (kept.isEmpty()) {
                throw InputErrors.input(
                        parameter,
                        " must name a value that some row has, but in column " + InputErrors.quote(column)
                                + " no row has " + InputErrors.quote(value));
            }
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        return kept.drop(Columns.column(column));
    }

    /**
     * The rows whose column has another value or none; the column stays.
     *
     * @param parameter what asks for it, for messages
     * @param value compared as the column's type compares
     * @throws ElbowException of category USAGE if there is no such column
     */
    public static Dataset<Row> others(Dataset<Row> rows, Parameter parameter, String column, String value) {
        return rows.filter(BadRows.orBad(rows.schema(), functions.not(has(rows, parameter, column, value))));
    }

    /** The rows whose column has the value and that are not bad, as {@link #others}. */
    public static Dataset<Row> having(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Column has = has(rows, parameter, column, value);
        return rows.filter(BadRows.areMarked(rows.schema()) ? BadRows.isGood().and(has) : has);
    }

    private static Column has(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Columns.requireKnown(parameter, List.of(column), rows.schema());
        return functions.coalesce(isValue(rows.schema(), column, value), functions.lit(false));
    }

    // Null, not an error, where the text is no value of the column's type, however strict Spark is with casts.
    private static Column isValue(StructType schema, String column, String value) {
        DataType type = schema.apply(column).dataType();
        Column asked = FieldKind.NUMBER.reads(type) || FieldKind.SECONDS.reads(type)
                ? Columns.textOrNull(value, comparedAs(type, value))
                : functions.lit(value);
        return Columns.column(column).equalTo(asked);
    }

    // As a type of its own a text may be read as another value: 1.5 as 1, and cut to the places of a decimal.
    private static DataType comparedAs(DataType type, String value) {
        if (Columns.isWhole(type)) {
            return WHOLE.matcher(value.strip()).matches() ? type : ANY_NUMBER;
        }
        return type instanceof DecimalType ? DataTypes.DoubleType : type;
    }

    /**
     * Looks through a label's column, which must say of every row what it is and call some normal and some anomalies.
     *
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if it does not say of
     *     every row what it is, or calls none an anomaly, or none normal
     */
    public static void requireBoth(Dataset<Row> rows, Label label) {
        if (!requireNormal(rows, label) && label.hasValue()) {
            throw noneHas(label);
        }
    }

    /**
     * Looks through a label's column, which must say of every row what it is and call some normal.
     *
     * @return whether it calls some anomalies
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if it does not say of
     *     every row what it is, or calls none normal
     */
    public static boolean requireNormal(Dataset<Row> rows, Label label) {
        Columns.requireKnown(Parameter.LABEL, List.of(label.column()), rows.schema());
        Dataset<Row> good = BadRows.areMarked(rows.schema()) ? BadRows.good(rows) : rows;
        Set<Boolean> found = new HashSet<>();
        try {
            for (Row anomalous : good.select(label.anomalous()).distinct().collectAsList()) {
                if (anomalous.isNullAt(0)) {
                    throw label.unclear(good);
                }
                found.add(anomalous.getBoolean(0));
            }
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        if (found.isEmpty()) {
            throw noneHas(label);
        }
        if (!found.contains(false)) {
            throw InputErrors.input(
                    Parameter.LABEL, " must call some rows normal, but by " + label + " all are anomalies");
        }
        return found.contains(true);
    }

    private static RuntimeException noneHas(Label label) {
        return InputErrors.input(Parameter.LABEL, " must name a value that some row has, but no row has " + label);
    }

    /** The rows that a label calls normal, without its column, which is not looked through: {@link #requireNormal}. */
    public static Dataset<Row> withoutAnomalies(Dataset<Row> rows, Label label) {
        return rows.filter(BadRows.orBad(rows.schema(), functions.not(label.anomalous())))
                .drop(Columns.column(label.column()));
    }

    /**
     * The rows that a label calls anomalies, without its column, which is not looked through: {@link #requireNormal}.
     */
    public static Dataset<Row> anomalies(Dataset<Row> rows, Label label) {
        return rows.filter(label.anomalous()).drop(Columns.column(label.column()));
    }
}
