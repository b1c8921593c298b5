package elbow.data.rows;

import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What rows hold.
 *
 * @param rows how many there are
 * @param fingerprint 16 hex digits that depend on the content of all rows, not on their order
 */
public record RowContents(long rows, String fingerprint) {
    /** No rows. */
    public static final RowContents NONE = new RowContents(0, HexFormat.of().toHexDigits(0L));

    /**
     * Goes over rows once.
     *
     * @param columns the row's content, see {@link elbow.data.infer.FeatureSettings#contentColumns}
     */
    public static RowContents of(Dataset<Row> rows, List<String> columns) {
        ContentCounts.Side side = HashSplit.counts(rows, ContentHashes.apart(rows.schema(), columns), 0)
                .training();
        return new RowContents(side.rows(), HexFormat.of().toHexDigits(side.sum()));
    }
}
