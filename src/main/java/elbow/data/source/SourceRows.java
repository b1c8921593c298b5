package elbow.data.source;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows on their way.
 *
 * @param rows for a condition to be applied to
 * @param complete what makes of the rows that are left what was asked for
 */
record SourceRows(Dataset<Row> rows, UnaryOperator<Dataset<Row>> complete) {
    /** Rows that are complete as they are. */
    static SourceRows of(Dataset<Row> rows) {
        return new SourceRows(rows, UnaryOperator.identity());
    }
}
