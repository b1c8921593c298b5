package elbow.fit;

import elbow.data.rows.BadRows;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows as a fit asks for them: it goes over them several times, and must find the bad ones again. Rows must be the same
 * each time.
 */
public interface RowSource {
    /** The rows; one that cannot be read is an error in the first job over it. */
    Dataset<Row> rows();

    /** The rows, bad ones among them and marked as {@link BadRows} says. */
    Dataset<Row> marked();

    /** Whether going over the rows again costs less than keeping them. */
    boolean isCheap();

    /** How many rows there are, bad ones included, by what their files say; empty if nothing says it. */
    default OptionalLong rowsInFiles() {
        return OptionalLong.empty();
    }

    /** The rows of a DataFrame. They are kept while a fit reads them, unless their owner has persisted them already. */
    static RowSource of(Dataset<Row> rows) {
        return new RowSource() {
            @Override
            public Dataset<Row> rows() {
                return rows;
            }

            @Override
            public Dataset<Row> marked() {
                return BadRows.areMarked(rows.schema()) ? rows : BadRows.marked(rows);
            }

            @Override
            public boolean isCheap() {
                return rows.storageLevel().useMemory() || rows.storageLevel().useDisk();
            }
        };
    }
}
