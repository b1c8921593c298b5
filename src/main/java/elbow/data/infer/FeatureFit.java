package elbow.data.infer;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TableColumns;
import elbow.data.rows.BadRows;
import elbow.data.rows.BadValues;
import elbow.data.table.InputErrors;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of fitting an encoder to the training rows.
 *
 * @param encoder fitted on all values that are not bad
 * @param table the columns that are used as the table has them, in its order
 * @param columns every column of the table, in its order
 * @param badValues values that the encoder refuses, by column
 * @param rows that were looked at
 */
public record FeatureFit(
        FeatureEncoder encoder, TableColumns table, List<ColumnProfile> columns, List<BadValues> badValues, long rows) {
    private static final Message ADVICE = Message.of(
            ": correct them, set such rows aside (",
            Parameter.QUARANTINE,
            "), add what stands for no value to data.missing, or leave the column out (",
            Parameter.IGNORE,
            ")");

    public FeatureFit {
        columns = List.copyOf(columns);
        badValues = List.copyOf(badValues);
    }

    /**
     * An encoder fitted by one pass over the training rows, and another one if a text column has very many values.
     *
     * <p>The same rows give the same encoder to the bit, however they are partitioned and ordered: column types and
     * statistics follow from exact sums, counts and sketches that do not depend on order. The one exception is the size
     * of images where the configuration leaves it to them: it is that of most of the first hundred.
     *
     * @throws ElbowException of category INPUT if no column can be used, or a used one has a value that it cannot have;
     *     of category USAGE if the settings do not fit the columns
     */
    public static FeatureEncoder encoder(Dataset<Row> training, FeatureSettings settings) {
        FeatureFit fit = of(training, settings);
        fit.requireNoBadValues();
        return fit.encoder();
    }

    /**
     * Looks at the training rows: see {@link #encoder(Dataset, FeatureSettings)}.
     *
     * @throws ElbowException of category INPUT if no column can be used, or not all and the settings refuse that; of
     *     category USAGE if the settings do not fit the columns
     */
    public static FeatureFit of(Dataset<Row> training, FeatureSettings settings) {
        return FeatureFitting.fit(training, settings);
    }

    /** Whether rows have values that the encoder refuses. */
    public boolean hasBadValues() {
        return !badValues.isEmpty();
    }

    /**
     * Requires that there are no bad values.
     *
     * @throws ElbowException of category INPUT that names column, rule, number and an example
     */
    public void requireNoBadValues() {
        if (hasBadValues()) {
            throw InputErrors.input(fault(badValues.get(0)), ADVICE);
        }
    }

    /**
     * As {@link #requireNoBadValues}, with a row of {@code rows} that is bad and the file it is from.
     *
     * @param rows read leniently, with what is wrong with them
     */
    public void requireNoBadValues(Dataset<Row> rows) {
        if (hasBadValues()) {
            throw InputErrors.input(fault(badValues.get(0)), BadRows.firstPlace(rows, encoder), ADVICE);
        }
    }

    /** A line for each column with bad values. */
    public List<String> badValueLines() {
        return badValues.stream().map(FeatureFit::fault).toList();
    }

    private static String fault(BadValues bad) {
        return String.format(
                Locale.ROOT,
                "column %s must have %s in every row that has a value, but %,d of %,d have not, such as %s",
                bad.column(),
                bad.rule(),
                bad.rows(),
                bad.values(),
                InputErrors.quote(bad.example()));
    }
}
