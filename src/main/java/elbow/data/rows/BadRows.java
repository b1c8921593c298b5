package elbow.data.rows;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows with something in them that cannot be read or encoded: marked by three columns, which are keys and so no
 * features, until they are set aside.
 */
public final class BadRows {
    /** What is wrong with the row; null if nothing is. */
    public static final String FAULT = "elbow.fault";

    /** The file that the row is from. */
    public static final String SOURCE = "elbow.source";

    /** The row as its file has it, where that is not readable as columns. */
    public static final String LINE = "elbow.line";

    private static final List<String> MARKS = List.of(FAULT, SOURCE, LINE);

    private BadRows() {}

    /** The given columns and the marks. */
    public static Dataset<Row> marked(Dataset<Row> rows, Column[] columns, Column fault, Column line) {
        List<Column> all = new ArrayList<>(Arrays.asList(columns));
        all.add(fault.as(FAULT, Keys.metadata()));
        all.add(functions.input_file_name().as(SOURCE, Keys.metadata()));
        all.add(line.as(LINE, Keys.metadata()));
        return rows.select(all.toArray(Column[]::new));
    }

    /** A column of faults as {@link #marked} has it. */
    public static Column fault(Column fault) {
        return fault.as(FAULT, Keys.metadata());
    }

    /** Rows of which nothing is known to be wrong, marked as such. */
    public static Dataset<Row> marked(Dataset<Row> rows) {
        Column none = functions.lit(null).cast(DataTypes.StringType);
        return marked(rows, Columns.columns(Arrays.asList(rows.columns())), none, none);
    }

    /**
     * Marks rows of which something is wrong with one column, too; that column is missing in them from then on, and the
     * row as it was kept.
     *
     * @param rows with marks
     * @param fault what is wrong; null where nothing is
     */
    public static Dataset<Row> markedToo(Dataset<Row> rows, Column fault, String column) {
        Column[] content = content(rows);
        Column[] all = Arrays.stream(rows.columns())
                .map(name -> {
                    Column own = Columns.column(name);
                    return switch (name) {
                        case FAULT -> functions.coalesce(own, fault).as(FAULT, Keys.metadata());
                        case LINE ->
                            functions
                                    .when(
                                            own.isNull().and(fault.isNotNull()),
                                            functions.to_json(functions.struct(content)))
                                    .otherwise(own)
                                    .as(LINE, Keys.metadata());
                        default ->
                            name.equals(column)
                                    ? functions.when(fault.isNull(), own).as(name)
                                    : own;
                    };
                })
                .toArray(Column[]::new);
        return rows.select(all);
    }

    // All that is no mark.
    private static Column[] content(Dataset<Row> marked) {
        return Arrays.stream(marked.columns())
                .filter(name -> !MARKS.contains(name))
                .map(Columns::column)
                .toArray(Column[]::new);
    }

    public static boolean areMarked(StructType schema) {
        return Arrays.asList(schema.fieldNames()).contains(FAULT);
    }

    /** The marks of {@code schema}, if it has them. */
    public static List<String> marks(StructType schema) {
        return areMarked(schema) ? MARKS : List.of();
    }

    /** A condition that holds for a bad row too. */
    public static Column orBad(StructType schema, Column condition) {
        return areMarked(schema) ? Columns.column(FAULT).isNotNull().or(condition) : condition;
    }

    /** A condition that holds for the rows that are not bad, of marked ones. */
    public static Column isGood() {
        return Columns.column(FAULT).isNull();
    }

    /**
     * Marks the rows that {@code encoder} refuses, too.
     *
     * @param rows that {@link elbow.data.source.DataReader} has read leniently
     */
    public static Dataset<Row> mark(Dataset<Row> rows, FeatureEncoder encoder) {
        encoder.check(rows.schema());
        String[] columns = encoder.features().stream().map(Feature::column).toArray(String[]::new);
        StructType content = new StructType(Arrays.stream(columns)
                .map(column -> rows.schema().apply(column))
                .toArray(StructField[]::new));
        RowEncoder rowEncoder = encoder.bind(content);
        Column fault = functions
                .udf((UDF1<Row, String>) rowEncoder::fault, DataTypes.StringType)
                .apply(functions.struct(Columns.columns(Arrays.asList(columns))));
        Column marked = functions.when(Columns.column(FAULT).isNull(), fault).otherwise(Columns.column(FAULT));
        Column[] all = Arrays.stream(rows.columns())
                .map(name -> name.equals(FAULT) ? marked.as(FAULT, Keys.metadata()) : Columns.column(name))
                .toArray(Column[]::new);
        return rows.select(all);
    }

    /**
     * Two sets of marked rows of which nothing but the marks is wanted any more: each set may have columns of its own.
     */
    public static Dataset<Row> marksOfBoth(Dataset<Row> marked, Dataset<Row> others) {
        return marks(marked).union(marks(others));
    }

    // With the text of what is bad.
    private static Dataset<Row> marks(Dataset<Row> marked) {
        Column[] content = content(marked);
        Column line = content.length == 0
                ? Columns.column(LINE)
                : functions.when(
                        Columns.column(FAULT).isNotNull(),
                        functions.coalesce(Columns.column(LINE), functions.to_json(functions.struct(content))));
        return marked.select(Columns.column(FAULT), Columns.column(SOURCE), line.as(LINE, Keys.metadata()));
    }

    /** The rows that are not bad, without marks. */
    public static Dataset<Row> good(Dataset<Row> marked) {
        Dataset<Row> good = marked.filter(Columns.column(FAULT).isNull());
        return good.drop(MARKS.toArray(String[]::new));
    }

    /**
     * The bad rows as they are set aside: {@code reason}, {@code source_file}, and {@code row}, the row's text: as its
     * file has it, or as JSON.
     */
    public static Dataset<Row> bad(Dataset<Row> marked) {
        return marks(marked.filter(Columns.column(FAULT).isNotNull()))
                .select(
                        Columns.column(FAULT).as("reason"),
                        Columns.column(SOURCE).as("source_file"),
                        Columns.column(LINE).as("row"));
    }

    /**
     * Where the first row is that {@code encoder} refuses, in words that follow its fault; nothing if there is none.
     */
    public static String firstPlace(Dataset<Row> rows, FeatureEncoder encoder) {
        List<Row> first = bad(mark(rows, encoder)).takeAsList(1);
        if (first.isEmpty()) {
            return "";
        }
        String file = first.get(0).getString(1);
        return (file.isEmpty() ? "" : ", in " + file) + ", row "
                + InputErrors.quote(first.get(0).getString(2));
    }

    /**
     * The same failure with the file and the row that it is about, if a value is what it is about.
     *
     * @param rows reads all rows of the run leniently
     */
    public static RuntimeException located(
            RuntimeException failure, Supplier<Dataset<Row>> rows, FeatureEncoder encoder) {
        String place = failure instanceof BadValueException ? firstPlace(rows.get(), encoder) : "";
        return place.isEmpty()
                ? failure
                : new ElbowException(ErrorCategory.INPUT, failure.getMessage() + place, failure);
    }
}
