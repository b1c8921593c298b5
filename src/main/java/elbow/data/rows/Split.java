package elbow.data.rows;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    // A content of a larger share of the rows is common.
    static final double COMMON = 0.01;

    /**
     * The rules by which rows are held out, the newest last. A run that is resumed goes on with the one it began with.
     */
    public enum Rule {
        /** By the content as it stands in the table. All copies of a row are on one side, however many there are. */
        COPIES_TOGETHER,
        /** By the content as it stands in the table. Copies of rows that are common are dealt to both sides. */
        COPIES_DEALT,
        /**
         * As COPIES_DEALT, measured numbers without their powers of two: a column times a power of two changes no row's
         * side, so that the same table in such units gives the same model. No rule that looks at one row alone can be
         * free of every unit, for any number becomes any other of its sign in some unit; one that looks at all rows of
         * a column would move rows from side to side when rows are added.
         */
        WITHOUT_UNITS
    }

    /** As {@link #of(Dataset, List, double, long, Rule)}, by the newest rule. */
    public static Split of(Dataset<Row> rows, List<String> columns, double validationFraction, long seed) {
        return of(rows, columns, validationFraction, seed, Rule.WITHOUT_UNITS);
    }

    /**
     * Splits by a seeded 64-bit hash (xxHash64) of each row's content: a row's side depends on nothing but its content
     * and the seed, and equal rows are on one side. Measured numbers, which are those of the types double, float and
     * decimal, go into it without their powers of two. Where that would be no fair share, since contents that more than
     * {@value #COMMON} of the rows have at least double the variance of the share held out, the copies of each of them
     * are dealt: the fraction of them is held out, rounded up or down by the hash. Nor is a side left without a row:
     * then it gets the next content, or a copy of it.
     *
     * @param columns the row's content, see {@link elbow.data.infer.FeatureSettings#contentColumns}
     * @param validationFraction expected share of validation rows, in [0, 1)
     * @param rule in what this differs between rules, the above being the newest
     * @throws ElbowException of category INPUT if either side has no row
     */
    public static Split of(Dataset<Row> rows, List<String> columns, double validationFraction, long seed, Rule rule) {
        Check.fraction("validationFraction", validationFraction);
        return HashSplit.of(rows, ContentHashes.of(rows.schema(), columns, seed, rule), validationFraction, rule);
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
        ContentCounts.Side ofTraining = HashSplit.counts(training, ContentHashes.apart(training.schema(), columns), 0)
                .training();
        ContentCounts.Side ofValidation = HashSplit.counts(
                        validation, ContentHashes.apart(validation.schema(), columns), 0)
                .training();
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

    private static String fingerprint(long training, long validation) {
        // Each side by its own odd factor: rows that change sides change the fingerprint.
        return HexFormat.of().toHexDigits(training * 0x9E3779B97F4A7C15L + validation * 0xD6E8FEB86659FD93L);
    }
}
