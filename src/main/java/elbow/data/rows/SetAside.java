package elbow.data.rows;

import elbow.data.table.InputErrors;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many rows were read, and where they went.
 *
 * @param bad rows that were written away
 * @param good all others
 */
public record SetAside(long bad, long good) {
    private static final String ROWS = "rows";

    /**
     * Writes the bad rows as Parquet.
     *
     * @param marked as {@link BadRows} marks rows
     */
    public static SetAside write(Dataset<Row> marked, String path) {
        Observation read = new Observation("rows read");
        Dataset<Row> bad = BadRows.bad(
                marked.observe(read, functions.count(functions.lit(1)).as(ROWS)));
        bad.write().parquet(path);
        long count =
                marked.sparkSession().read().schema(bad.schema()).parquet(path).count();
        return new SetAside(count, rows(read) - count);
    }

    /**
     * Counts the bad rows, and writes none.
     *
     * @param marked as {@link BadRows} marks rows
     */
    public static SetAside count(Dataset<Row> marked) {
        long bad = BadRows.bad(marked).count();
        return new SetAside(bad, marked.count() - bad);
    }

    /**
     * Requires that those who used the good rows met all of them: the input is read once for the bad rows, and once
     * more.
     *
     * @param used how many rows there were the second time
     * @throws elbow.base.ElbowException of category INPUT if they are others
     */
    public void requireAllUsed(long used, List<String> inputs) {
        if (used != good) {
            throw InputErrors.input(
                    "input " + String.join(", ", inputs) + " must stay as it is while it is read, but of "
                            + (bad + good) + " rows " + bad + " were set aside and, read again, " + used
                            + " were good: run again when nobody writes there");
        }
    }

    private static long rows(Observation read) {
        try {
            return ((Number) Objects.requireNonNull(read.getAsJava().get(ROWS), ROWS)).longValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the rows were counted", e);
        }
    }
}
