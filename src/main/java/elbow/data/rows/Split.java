package elbow.data.rows;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
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
 * @param remarks what was done beyond a split by content, in sentences
 */
public record Split(
        Dataset<Row> training,
        long trainingRows,
        Dataset<Row> validation,
        long validationRows,
        String fingerprint,
        List<String> remarks) {
    private static final long FINGERPRINT_SEED = 1;

    // A content of a larger share of the rows is common.
    static final double COMMON = 0.01;

    /** What becomes of rows of which many are equal. */
    public enum Copies {
        /** All copies of a row are on one side, however many there are. */
        TOGETHER,
        /** Copies of rows that are common are dealt to both sides. */
        DEALT
    }

    /** As {@link #of(Dataset, List, double, long, Copies)}, common rows being dealt. */
    public static Split of(Dataset<Row> rows, List<String> columns, double validationFraction, long seed) {
        return of(rows, columns, validationFraction, seed, Copies.DEALT);
    }

    /**
     * Splits by a seeded 64-bit hash (xxHash64) of each row's content: a row's side depends on nothing but its content
     * and the seed, and equal rows are on one side. Where that would be no fair share, since contents that more than
     * {@value #COMMON} of the rows have at least double the variance of the share held out, the copies of each of them
     * are dealt: the fraction of them is held out, rounded up or down by the hash. Nor is a side left without a row:
     * then it gets the next content, or a copy of it.
     *
     * @param columns the row's content, see {@link elbow.data.infer.FeatureSettings#contentColumns}
     * @param validationFraction expected share of validation rows, in [0, 1)
     * @param copies what becomes of rows of which many are equal
     * @throws ElbowException of category INPUT if either side has no row
     */
    public static Split of(
            Dataset<Row> rows, List<String> columns, double validationFraction, long seed, Copies copies) {
        Check.fraction("validationFraction", validationFraction);
        Column hash = hash(seed, columns);
        Column fingerprint = hash(FINGERPRINT_SEED, columns);
        return HashSplit.of(rows, hash, fingerprint, validationFraction, copies);
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
        Column fingerprint = hash(FINGERPRINT_SEED, columns);
        ContentCounts.Side ofTraining =
                HashSplit.counts(training, fingerprint, fingerprint, 0).training();
        ContentCounts.Side ofValidation =
                HashSplit.counts(validation, fingerprint, fingerprint, 0).training();
        return counted(training, ofTraining, validation, ofValidation, "in the data given for each", List.of());
    }

    static Split counted(
            Dataset<Row> training,
            ContentCounts.Side ofTraining,
            Dataset<Row> validation,
            ContentCounts.Side ofValidation,
            String where,
            List<String> remarks) {
        if (ofValidation.rows() == 0 || ofTraining.rows() == 0) {
            throw InputErrors.input("training and validation must each get a row, but of "
                    + (ofTraining.rows() + ofValidation.rows()) + " rows " + ofTraining.rows()
                    + " are for training and " + ofValidation.rows() + " for validation " + where
                    + ": give more rows, another fraction or validation data of their own");
        }
        return new Split(
                training,
                ofTraining.rows(),
                validation,
                ofValidation.rows(),
                fingerprint(ofTraining.sum(), ofValidation.sum()),
                remarks);
    }

    private static Column hash(long seed, List<String> columns) {
        Check.argument(!columns.isEmpty(), "columns", "name at least one column", columns);
        List<Column> content = new ArrayList<>();
        content.add(functions.lit(seed));
        columns.forEach(column -> content.add(Columns.column(column)));
        return functions.xxhash64(content.toArray(Column[]::new));
    }

    private static String fingerprint(long training, long validation) {
        // Each side by its own odd factor: rows that change sides change the fingerprint.
        return HexFormat.of().toHexDigits(training * 0x9E3779B97F4A7C15L + validation * 0xD6E8FEB86659FD93L);
    }
}
