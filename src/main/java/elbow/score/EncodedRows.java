package elbow.score;

import elbow.data.feature.RowEncoder;
import elbow.data.shard.PackedRows;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Room for up to {@link ScoringReplica#CHUNK_ROWS} encoded rows, with their gaps and what only they have. */
final class EncodedRows {
    private final int columns;
    private final float[] values;
    private final byte[] observed;
    private final double[] logJacobians = new double[ScoringReplica.CHUNK_ROWS];
    private int count;
    private boolean complete = true;

    EncodedRows(int columns) {
        this.columns = columns;
        values = new float[ScoringReplica.CHUNK_ROWS * columns];
        observed = new byte[values.length];
    }

    /** Row-major, count x columns; 0 where there is a gap. */
    float[] values() {
        return values;
    }

    /** 1 for each value that is observed, 0 for the others; null if all are. */
    byte @Nullable [] observed() {
        return complete ? null : observed;
    }

    /** Where the row begins in {@link #values} and {@link #observed}. */
    int offset(int row) {
        return row * columns;
    }

    int count() {
        return count;
    }

    /** What the row's log-Jacobian has over the encoder's, in nats. */
    double logJacobian(int row) {
        return logJacobians[row];
    }

    /** Replaces the content by rows {@code from .. from + rows} of a block. */
    void load(PackedRows block, int from, int rows) {
        count = rows;
        complete = !block.hasMissing();
        block.copyRows(from, rows, values);
        if (!complete) {
            block.copyObserved(from, rows, observed);
        }
        for (int row = 0; row < rows; row++) {
            logJacobians[row] = block.logJacobian(from + row);
        }
    }

    /** Forgets all rows. */
    void clear() {
        count = 0;
        complete = true;
    }

    /** Adds a row. */
    void add(Row row, RowEncoder encoder) {
        int offset = count * columns;
        logJacobians[count] = encoder.encode(row, values, observed, offset);
        for (int i = offset; i < offset + columns && complete; i++) {
            complete = observed[i] != 0;
        }
        count++;
    }

    /** Replaces the content by rows without gaps, in row-major order. */
    void load(float[] rows, int from, int number) {
        count = number;
        complete = true;
        Arrays.fill(logJacobians, 0);
        System.arraycopy(rows, from * columns, values, 0, number * columns);
    }
}
