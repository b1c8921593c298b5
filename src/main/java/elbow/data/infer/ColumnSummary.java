package elbow.data.infer;

import elbow.data.table.RowFields;
import java.io.Serializable;

/**
 * What one pass over the rows finds out about a column. Plain classes, so that any of Spark's serializers carries them.
 */
sealed interface ColumnSummary extends Serializable permits NumberSummary, TextSummary, TimeSummary, ImageSummary {
    /** Takes in the column's value of one row. */
    void add(RowFields row, int field);

    /** How many rows have been taken in. */
    long rows();

    /** Makes this ready to travel; no row is added after it. */
    void seal();

    /** Takes in the rows of another sealed summary of the same column. */
    void merge(ColumnSummary other);
}
