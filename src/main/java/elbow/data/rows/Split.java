package elbow.data.rows;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
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
 * @param fingerprint 16 hex digits that depend on the content of all rows and on their side, not on their order
 */
public record Split(
        Dataset<Row> training, long trainingRows, Dataset<Row> validation, long validationRows, String fingerprint) {
    /** 2^-53: makes the upper bits of a hash a number in [0, 1). */
    private static final double UNIT = 0x1p-53;

    private static final long FINGERPRINT_SEED = 1;

    /**
     * Splits by a seeded 64-bit hash (xxHash64) of each row's content: a row's side depends on nothing but its content
     * and the seed, and equal rows are on one side.
     *
     * @param columns the row's content, see {@link elbow.data.infer.FeatureSettings#contentColumns}
     * @param validationFraction expected share of validation rows, in [0, 1)
     * @throws ElbowException of category INPUT if either side has no row
     */
    public static Split of(Dataset<Row> rows, List<String> columns, double validationFraction, long seed) {
        Check.fraction("validationFraction", validationFraction);
        Column held = functions
                .shiftrightunsigned(hash(seed, columns), 11)
                .cast("double")
                .multiply(UNIT)
                .lt(validationFraction);
        return counted(
                rows.filter(functions.not(held)),
                rows.filter(held),
                counts(rows, columns, held),
                "at a validation fraction of " + validationFraction);
    }

    /**
     * Training and validation rows that come apart from each other.
     *
     * @param columns the row's content, see {@link elbow.data.infer.FeatureSettings#contentColumns}; both sides have
     *     them
     * @throws ElbowException of category INPUT if either side has no row, or the validation rows lack a column
     */
    public static Split given(Dataset<Row> training, Dataset<Row> validation, List<String> columns) {
        List<String> found = List.of(validation.columns());
        for (String column : columns) {
            if (!found.contains(column)) {
                throw InputErrors.input(
                        Parameter.VALIDATION,
                        " must have the columns of the rows to train on, but has no " + InputErrors.quote(column)
                                + " among " + Columns.listed(found));
            }
        }
        Counts ofTraining = counts(training, columns, functions.lit(false));
        Counts ofValidation = counts(validation, columns, functions.lit(true));
        return counted(
                training,
                validation,
                new Counts(
                        ofTraining.trainingRows,
                        ofTraining.trainingSum,
                        ofValidation.validationRows,
                        ofValidation.validationSum),
                "in the data given for each");
    }

    /** Numbers of rows, and sums of their hashes: of the content and not of the order. */
    private record Counts(long trainingRows, BigDecimal trainingSum, long validationRows, BigDecimal validationSum) {}

    private static Split counted(Dataset<Row> training, Dataset<Row> validation, Counts counts, String where) {
        if (counts.validationRows == 0 || counts.trainingRows == 0) {
            throw InputErrors.input("training and validation must each get a row, but of "
                    + (counts.trainingRows + counts.validationRows) + " rows " + counts.trainingRows
                    + " are for training and " + counts.validationRows + " for validation " + where
                    + ": give more rows, another fraction or validation data of their own");
        }
        return new Split(
                training,
                counts.trainingRows,
                validation,
                counts.validationRows,
                fingerprint(counts.trainingSum, counts.validationSum));
    }

    // One pass for both sides.
    private static Counts counts(Dataset<Row> rows, List<String> columns, Column held) {
        Column exactHash = hash(FINGERPRINT_SEED, columns).cast("decimal(20, 0)");
        try {
            Row found = rows.select(held.as("held"), exactHash.as("hash"))
                    .agg(
                            functions.count_if(functions.expr("not held")),
                            functions.sum(functions.expr("if(held, 0, hash)")),
                            functions.count_if(functions.col("held")),
                            functions.sum(functions.expr("if(held, hash, 0)")))
                    .first();
            return new Counts(found.getLong(0), sum(found, 1), found.getLong(2), sum(found, 3));
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw InputErrors.translate(e);
        }
    }

    private static BigDecimal sum(Row row, int column) {
        return row.isNullAt(column) ? BigDecimal.ZERO : row.getDecimal(column);
    }

    private static Column hash(long seed, List<String> columns) {
        Check.argument(!columns.isEmpty(), "columns", "name at least one column", columns);
        List<Column> content = new ArrayList<>();
        content.add(functions.lit(seed));
        columns.forEach(column -> content.add(Columns.column(column)));
        return functions.xxhash64(content.toArray(Column[]::new));
    }

    private static String fingerprint(BigDecimal training, BigDecimal validation) {
        // Each side by its own odd factor: rows that change sides change the fingerprint.
        long sum = training.toBigInteger().longValue() * 0x9E3779B97F4A7C15L
                + validation.toBigInteger().longValue() * 0xD6E8FEB86659FD93L;
        return HexFormat.of().toHexDigits(sum);
    }
}
