package elbow.job.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/**
 * Rows that work goes through several times, choosing some each time, counted before anything is left out: in tasks
 * whose results count.
 */
final class ChoosingScans {
    private final Dataset<Row> rows;
    private final int scans;
    private final LongAccumulator count;

    /** @param scans how often the work goes through all rows; 0: they are not counted */
    ChoosingScans(Dataset<Row> rows, int scans) {
        this.scans = scans;
        LongAccumulator counted = rows.sparkSession().sparkContext().longAccumulator();
        count = counted;
        // What is not deterministic stays where it is, before all other conditions.
        UserDefinedFunction counting = functions
                .udf(
                        () -> {
                            counted.add(1);
                            return true;
                        },
                        DataTypes.BooleanType)
                .asNondeterministic();
        this.rows = scans == 0 ? rows : rows.filter(counting.apply());
    }

    /** The rows. */
    Dataset<Row> rows() {
        return rows;
    }

    /**
     * The rows of each scan, after all of them.
     *
     * @throws ElbowException of category INPUT if they are not the same each time
     */
    long rowsOfEach() {
        long all = count.value();
        if (all % scans != 0) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    String.format(
                            Locale.ROOT,
                            "the input must stay as it is while it is read %d times, but gave %,d rows together: run again"
                                    + " when nobody writes there",
                            scans,
                            all));
        }
        return all / scans;
    }
}
