package elbow.quality;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.quality.ComparedColumn.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The columns that tables are compared by, and the tables in a form of their own: each value a number or a text. */
final class ComparedColumns {
    /** Whole numbers up to here are exact as doubles. */
    private static final double MOST_WHOLE = 0x1p53;

    private final List<ComparedColumn> columns;
    private final Map<String, String> leftOut;
    private final Markers markers;
    // Categories that are numbers, or truth values, in one of the tables.
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> truths = new HashSet<>();

    private ComparedColumns(List<ComparedColumn> columns, Map<String, String> leftOut, Markers markers) {
        this.columns = List.copyOf(columns);
        this.leftOut = leftOut;
        this.markers = markers;
    }

    /**
     * The columns of the real table that the synthetic one has, too.
     *
     * @throws ElbowException of category INPUT if there is none, or one is of another kind in the synthetic table
     */
    static ComparedColumns of(StructType real, StructType synthetic, Markers markers) {
        List<ComparedColumn> columns = new ArrayList<>();
        Map<String, String> leftOut = new TreeMap<>();
        List<String> others = Arrays.asList(synthetic.fieldNames());
        for (StructField field : real.fields()) {
            String name = field.name();
            if (Columns.ofUsers(List.of(name)).isEmpty()) {
                continue;
            }
            if (!isNumber(field.dataType()) && !isCategory(field.dataType())) {
                leftOut.put(name, "values of type " + field.dataType().simpleString() + " are not compared");
            } else if (!others.contains(name)) {
                leftOut.put(name, "the synthetic table has no such column");
            } else {
                columns.add(new ComparedColumn(name, isNumber(field.dataType()) ? Kind.NUMBER : Kind.CATEGORY));
            }
        }
        if (columns.isEmpty()) {
            throw InputErrors.input("the synthetic table must have columns of the real one, "
                    + Columns.listed(Arrays.asList(real.fieldNames())) + ", but has " + Columns.listed(others));
        }
        ComparedColumns all = new ComparedColumns(columns, leftOut, markers);
        all.note(real);
        all.require("synthetic", synthetic);
        return all;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || isTime(type);
    }

    private static boolean isTime(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    private static boolean isCategory(DataType type) {
        return type instanceof StringType || type instanceof BooleanType;
    }

    /** Requires that another table has them all; to be called for each before any is normalised. */
    void require(String table, StructType schema) {
        List<String> names = Arrays.asList(schema.fieldNames());
        for (ComparedColumn column : columns) {
            if (!names.contains(column.name())) {
                throw InputErrors.input("the " + table + " table must have the columns of the others, but "
                        + column.name() + " is missing among " + Columns.listed(names));
            }
            DataType type = schema.apply(column.name()).dataType();
            boolean fits = column.isNumber() ? isNumber(type) || type instanceof BooleanType : isCategory(type);
            if (!fits && !(column.kind() == Kind.CATEGORY && type instanceof NumericType)) {
                throw InputErrors.input("column " + column.name() + " of the " + table + " table must be "
                        + (column.isNumber() ? "of numbers or times" : "of texts or truth values")
                        + " as in the real one, but is of type " + type.simpleString());
            }
        }
        note(schema);
    }

    private void note(StructType schema) {
        for (ComparedColumn column : columns) {
            DataType type = schema.apply(column.name()).dataType();
            if (!column.isNumber() && type instanceof NumericType) {
                numbers.add(column.name());
            } else if (!column.isNumber() && type instanceof BooleanType) {
                truths.add(column.name());
            }
        }
    }

    List<ComparedColumn> columns() {
        return columns;
    }

    /** Why others are not compared. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    int size() {
        return columns.size();
    }

    /**
     * The place of a column.
     *
     * @throws ElbowException of category USAGE if it is none of them
     */
    int place(Parameter parameter, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new ElbowException(
                ErrorCategory.USAGE,
                Message.of(
                        parameter,
                        " must name a column that is compared, but " + name + " is none of them: "
                                + Columns.listed(columns.stream()
                                        .map(ComparedColumn::name)
                                        .toList())));
    }

    /** A table with these columns alone, in order, as doubles (times in seconds) and texts; null where no value is. */
    Dataset<Row> of(Dataset<Row> table) {
        Column[] selected = new Column[columns.size()];
        for (int i = 0; i < selected.length; i++) {
            ComparedColumn column = columns.get(i);
            Column value = Columns.column(column.name());
            DataType type = table.schema().apply(column.name()).dataType();
            selected[i] = (column.isNumber() ? number(value, type) : text(column.name(), value, type)).as(name(i));
        }
        return table.select(selected);
    }

    /** What a column is called there. */
    static String name(int column) {
        return "c" + column;
    }

    private Column number(Column value, DataType type) {
        Column seconds = isTime(type) ? value.cast(DataTypes.TimestampType) : value;
        Column number = seconds.cast(DataTypes.DoubleType);
        Object[] none = markers.texts().stream()
                .map(text -> NumberText.parse(text.strip()))
                .filter(marker -> !Double.isNaN(marker))
                .toArray();
        return functions.when(functions.not(functions.isnan(number)).and(functions.not(number.isin(none))), number);
    }

    // One text for what is the same in tables of other types: 1, "1.0" and 1.0, and, if one has truth values, true.
    private Column text(String name, Column value, DataType type) {
        Column text = type instanceof StringType
                ? Columns.stripped(value)
                : type instanceof NumericType ? textOfNumber(value) : value.cast(DataTypes.StringType);
        Object[] none = markers.texts().stream()
                .map(marker -> marker.strip().toLowerCase(Locale.ROOT))
                .toArray();
        Column known = functions.when(functions.not(functions.lower(text).isin(none)), text);
        Column plain = numbers.contains(name) ? functions.regexp_replace(known, "^(-?\\d+)\\.0+$", "$1") : known;
        return truths.contains(name)
                ? functions
                        .when(plain.equalTo("1"), "true")
                        .when(plain.equalTo("0"), "false")
                        .otherwise(plain)
                : plain;
    }

    private static Column textOfNumber(Column value) {
        Column number = value.cast(DataTypes.DoubleType);
        Column whole = functions
                .floor(number)
                .equalTo(number)
                .and(functions.abs(number).leq(MOST_WHOLE));
        return functions
                .when(whole, number.cast(DataTypes.LongType).cast(DataTypes.StringType))
                .otherwise(value.cast(DataTypes.StringType));
    }
}
