package elbow.data;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * What one pass over the rows finds out about a column. Plain classes, so that any of Spark's serializers carries them.
 */
sealed interface ColumnSummary extends Serializable permits NumberSummary, TextSummary, ImageSummary {
    /** Takes in one row. */
    void add(Row row, int index);

    /** Takes in the rows of another summary of the same column. */
    void merge(ColumnSummary other);
}
