package elbow.score;

import elbow.data.encoding.RowEncoder;
import elbow.data.reference.RowDistances;
import elbow.data.shard.PackedRows;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Encoded rows on their way to a model, with their gaps and what only they have. */
final class EncodedRows {
    private final RowBatch batch;
    private final double[] logJacobians;
    private final RowDistances distances;

    /** Room for that many rows; holds none yet. */
    EncodedRows(int columns, int capacity) {
        batch = new RowBatch(columns, capacity);
        logJacobians = new double[capacity];
        distances = new RowDistances();
    }

    /** The rows as the model takes them, each with the key of its content. */
    RowBatch batch() {
        return batch;
    }

    /** Row-major, count x columns; 0 where there is a gap. */
    float[] values() {
        return batch.values();
    }

    /** 1 for each value that is observed, 0 for the others; null if all are. */
    byte @Nullable [] observed() {
        return batch.observed();
    }

    /** How far the rows lie from those that a model keeps, as far as that was asked for. */
    RowDistances distances() {
        return distances;
    }

    /** Where the row begins in {@link #values} and {@link #observed}. */
    int offset(int row) {
        return row * batch.columns();
    }

    int count() {
        return batch.count();
    }

    /** How many rows there is room for. */
    int capacity() {
        return batch.capacity();
    }

    /** What the row's log-Jacobian has over the encoder's, in nats. */
    double logJacobian(int row) {
        return logJacobians[row];
    }

    /** Adds rows {@code from .. from + rows} of a block. */
    void add(PackedRows block, int from, int rows) {
        distances.forget();
        int count = batch.count();
        for (int row = 0; row < rows; row++) {
            int place = offset(count + row);
            block.copyRow(from + row, batch.values(), place);
            block.copyObservedRow(from + row, batch.mask(), place);
            batch.keys()[count + row] = block.key(from + row);
            logJacobians[count + row] = block.logJacobian(from + row);
        }
        hold(count + rows, isComplete() && !block.hasMissing());
    }

    /** Forgets all rows. */
    void clear() {
        distances.forget();
        batch.holdComplete(0);
    }

    /** Adds a row. */
    void add(Row row, RowEncoder encoder) {
        distances.forget();
        int count = batch.count();
        logJacobians[count] = encoder.encode(row, batch.values(), batch.mask(), offset(count));
        batch.holdNext();
    }

    private boolean isComplete() {
        return batch.observed() == null;
    }

    private void hold(int rows, boolean complete) {
        if (complete) {
            batch.holdComplete(rows);
        } else {
            batch.holdWithGaps(rows);
        }
    }

    /** Adds a row of others with as many columns. */
    void add(EncodedRows other, int row) {
        distances.forget();
        int count = batch.count();
        int columns = batch.columns();
        logJacobians[count] = other.logJacobians[row];
        batch.keys()[count] = other.batch.keys()[row];
        System.arraycopy(other.values(), other.offset(row), batch.values(), offset(count), columns);
        byte @Nullable [] gaps = other.observed();
        if (gaps == null) {
            Arrays.fill(batch.mask(), offset(count), offset(count + 1), (byte) 1);
        } else {
            System.arraycopy(gaps, other.offset(row), batch.mask(), offset(count), columns);
        }
        hold(count + 1, isComplete() && gaps == null);
    }

    /** Replaces the content by rows without gaps, in row-major order. */
    void load(float[] rows, int from, int number) {
        distances.forget();
        Arrays.fill(logJacobians, 0);
        System.arraycopy(rows, from * batch.columns(), batch.values(), 0, number * batch.columns());
        batch.holdComplete(number);
        batch.keyByContent();
    }
}
