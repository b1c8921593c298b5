package elbow.job.run;

import elbow.data.table.Columns;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** What becomes of texts in CSV that a spreadsheet takes for formulas, and runs (OWASP, "CSV Injection"). */
public enum CsvFormulas {
    /** They go out as they came in. */
    KEEP,
    /** They get an apostrophe before them, by which spreadsheets know a text. */
    GUARD;

    // The signs of the usual width, and those twice as wide that East Asian spreadsheets take for them.
    private static final String FORMULA = "^(\\s*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]|[\\t\\r\\n])";
    private static final String NUMBER = "^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$";

    /** The table with its texts, and the names of its columns, as they go out. */
    Dataset<Row> applied(Dataset<Row> table) {
        if (this == KEEP) {
            return table;
        }
        return table.select(
                Arrays.stream(table.schema().fields()).map(CsvFormulas::guarded).toArray(Column[]::new));
    }

    private static Column guarded(StructField field) {
        Column column = Columns.column(field.name());
        String name = field.name().matches(FORMULA + ".*") ? "'" + field.name() : field.name();
        if (!(field.dataType() instanceof StringType)) {
            return column.as(name);
        }
        Column formula = column.rlike(FORMULA).and(functions.not(column.rlike(NUMBER)));
        return functions
                .when(formula, functions.concat(functions.lit("'"), column))
                .otherwise(column)
                .as(name);
    }

    // The option's word.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
