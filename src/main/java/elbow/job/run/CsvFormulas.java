package elbow.job.run;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.job.run.ScoreRequest.OutputFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** What happens to texts in CSV that a spreadsheet takes for formulas, and runs (OWASP, "CSV Injection"). */
public enum CsvFormulas {
    /** They go out as they came in. */
    KEEP,
    /** They get an apostrophe before them, by which spreadsheets know a text. */
    GUARD;

    // The signs of the usual width, and those twice as wide that East Asian spreadsheets take for them.
    private static final Pattern FORMULA = Pattern.compile("^(\\s*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]|[\\t\\r\\n])");
    private static final String NUMBER = "^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$";

    /**
     * Checks that an output is one that this holds for.
     *
     * @throws ElbowException of category USAGE if something is to be guarded against in an output that is no CSV
     */
    public void requireOf(OutputFormat format) {
        Check.usage(
                this == KEEP || format == OutputFormat.CSV,
                Parameter.CSV_FORMULAS,
                "be keep for an output that is no CSV",
                this);
    }

    /** The names of some of a table's columns as they go out. */
    public List<String> applied(List<String> names) {
        return this == KEEP ? names : guarded(names);
    }

    /** The names of columns as they go out; refuses those that Spark could not tell apart. */
    static List<String> guarded(List<String> names) {
        List<String> guarded = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String written = FORMULA.matcher(name).find() ? "'" + name : name;
            String former = seen.put(written.toLowerCase(Locale.ROOT), name);
            if (former != null) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        Message.of(
                                Parameter.CSV_FORMULAS,
                                " must be keep for columns that an apostrophe does not keep apart, but with guard "
                                        + Message.quote(former) + " and " + Message.quote(name) + " would both be "
                                        + Message.quote(written) + ": rename one, or do without guard"));
            }
            guarded.add(written);
        }
        return guarded;
    }

    // The option's word.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a rule makes of tables: apart from it, as a command's help knows the rule and has no Spark. */
    public static final class Tables {
        private Tables() {}

        /**
         * A table with its texts, and the names of its columns, as they go out by a rule.
         *
         * @throws ElbowException of category USAGE if two columns would get one name
         */
        public static Dataset<Row> written(Dataset<Row> table, CsvFormulas rule) {
            if (rule == KEEP) {
                return table;
            }
            StructField[] fields = table.schema().fields();
            List<String> names =
                    CsvFormulas.guarded(Arrays.asList(table.schema().fieldNames()));
            Column[] columns = new Column[fields.length];
            for (int i = 0; i < fields.length; i++) {
                columns[i] = guarded(fields[i]).as(names.get(i));
            }
            return table.select(columns);
        }

        private static Column guarded(StructField field) {
            Column column = Columns.column(field.name());
            if (!(field.dataType() instanceof StringType)) {
                return column;
            }
            Column formula = column.rlike(FORMULA.pattern()).and(functions.not(column.rlike(NUMBER)));
            return functions
                    .when(formula, functions.concat(functions.lit("'"), column))
                    .otherwise(column);
        }
    }
}
