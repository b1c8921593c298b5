package elbow.data;

import elbow.base.Check;
import elbow.base.ElbowException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Training and validation rows.
 *
 * @param training rows to fit encoder and network on
 * @param trainingRows how many, at least 1
 * @param validation rows to measure on
 * @param validationRows how many, at least 1
 */
public record Split(Dataset<Row> training, long trainingRows, Dataset<Row> validation, long validationRows) {
    /** 2^-53: makes the upper bits of a hash a number in [0, 1). */
    private static final double UNIT = 0x1p-53;

    /**
     * Splits by a seeded 64-bit hash (xxHash64) of each row's content: a row's side depends on nothing but its content
     * and the seed, and equal rows are on one side.
     *
     * @param columns the row's content, see {@link FeatureOptions#contentColumns}
     * @param validationFraction expected share of validation rows, in [0, 1)
     * @throws ElbowException of category INPUT if either side has no row
     */
    public static Split of(Dataset<Row> rows, List<String> columns, double validationFraction, long seed) {
        Check.fraction("validationFraction", validationFraction);
        Check.argument(!columns.isEmpty(), "columns", "name at least one column", columns);
        List<Column> content = new ArrayList<>();
        content.add(functions.lit(seed));
        columns.forEach(column -> content.add(Columns.column(column)));
        Column place = functions
                .shiftrightunsigned(functions.xxhash64(content.toArray(Column[]::new)), 11)
                .cast("double")
                .multiply(UNIT);
        Column held = place.lt(validationFraction);
        try {
            Row counts = rows.agg(functions.count_if(held), functions.count(functions.lit(1)))
                    .first();
            long validationRows = counts.getLong(0);
            long trainingRows = counts.getLong(1) - validationRows;
            if (validationRows == 0 || trainingRows == 0) {
                throw InputErrors.input("training and validation must each get a row, but of " + counts.getLong(1)
                        + " rows " + trainingRows + " are for training and " + validationRows
                        + " for validation at a validation fraction of " + validationFraction
                        + ": give more rows, another fraction or validation data of their own");
            }
            return new Split(rows.filter(functions.not(held)), trainingRows, rows.filter(held), validationRows);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
    }
}
