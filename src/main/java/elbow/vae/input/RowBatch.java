package elbow.vae.input;

import elbow.base.Check;
import elbow.math.noise.RowHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encoded rows on their way to the kernel, with their gaps and the keys of their noise. It can be filled many times:
 * its owner writes to its arrays, and then says how many rows it holds and whether they are complete.
 *
 * <p>Conditions are columns of the values like all others: the last ones.
 */
public final class RowBatch {
    private final int columns;
    private final float[] values;
    private final byte[] mask;
    private final long[] keys;
    private int count;
    private boolean complete = true;

    private RowBatch(int columns, float[] values, byte[] mask, long[] keys) {
        this.columns = columns;
        this.values = values;
        this.mask = mask;
        this.keys = keys;
    }

    /** Room for that many rows; holds none yet. */
    public RowBatch(int columns, int capacity) {
        this(
                Check.positive("columns", columns),
                new float[Math.multiplyExact(columns, Check.positive("capacity", capacity))],
                new byte[columns * capacity],
                new long[capacity]);
    }

    /**
     * Complete rows, keyed by their content; there is no room for a mask.
     *
     * @param values row-major, a whole number of rows of {@code columns} each; not copied
     */
    public static RowBatch of(int columns, float[] values) {
        RowBatch batch = new RowBatch(columns, values, new byte[0], new long[rows(columns, values)]);
        batch.holdComplete(batch.keys.length);
        batch.keyByContent();
        return batch;
    }

    /**
     * Rows with gaps, keyed by their content.
     *
     * @param observed a byte for each value: 1 if it is observed, 0 if it is missing; the same for all columns of a
     *     variable; not copied
     */
    public static RowBatch of(int columns, float[] values, byte[] observed) {
        Check.argument(
                observed.length == values.length,
                "observed's length",
                "be that of the values, " + values.length,
                observed.length);
        RowBatch batch = new RowBatch(columns, values, observed, new long[rows(columns, values)]);
        batch.holdWithGaps(batch.keys.length);
        batch.keyByContent();
        return batch;
    }

    private static int rows(int columns, float[] values) {
        Check.positive("columns", columns);
        Check.argument(
                values.length > 0 && values.length % columns == 0,
                "values' length",
                "be a multiple of " + columns + ", at least one row",
                values.length);
        return values.length / columns;
    }

    /** Encoded columns of a row. */
    public int columns() {
        return columns;
    }

    /** How many rows there is room for. */
    public int capacity() {
        return keys.length;
    }

    /** How many rows it holds: the first ones. */
    public int count() {
        return count;
    }

    /** The rows' values, row-major, capacity x columns. What stands for a missing one has no influence. */
    public float[] values() {
        return values;
    }

    /**
     * The mask that goes with the values: 1 for what is observed, 0 for what is missing; to be filled before
     * {@link #holdWithGaps}.
     */
    public byte[] mask() {
        return mask;
    }

    /** The mask of the rows it holds; null if they are complete. */
    public byte @Nullable [] observed() {
        return complete ? null : mask;
    }

    /** The key of each row's noise. */
    public long[] keys() {
        return keys;
    }

    /** Says that the first {@code rows} rows are filled, and that nothing is missing in them. */
    public void holdComplete(int rows) {
        hold(rows);
        complete = true;
    }

    /**
     * Says that the first {@code rows} rows are filled, and that {@link #mask} says what is missing.
     *
     * @throws IllegalStateException if the batch was made of complete rows, without a mask
     */
    public void holdWithGaps(int rows) {
        if (mask.length < values.length) {
            throw new IllegalStateException("rows with gaps need a mask, but the batch was made of complete rows");
        }
        hold(rows);
        complete = false;
    }

    /**
     * Holds one row more, which stands behind those it holds, and keys it by its content. Of all of them the mask must
     * say what is missing; they are complete if that is nothing.
     */
    public void holdNext() {
        boolean whole = add();
        keys[count - 1] = key(values, whole ? null : mask, (count - 1) * columns, columns);
    }

    /** As {@link #holdNext}, of a row that has no noise: its key stays what it was. */
    public void holdNextUnkeyed() {
        boolean unused = add();
    }

    // Whether nothing is missing in it.
    private boolean add() {
        int from = count * columns;
        hold(count + 1);
        boolean whole = true;
        for (int i = from; i < from + columns; i++) {
            whole &= mask[i] != 0;
        }
        complete &= whole;
        return whole;
    }

    private void hold(int rows) {
        if (rows < 0 || rows > capacity()) {
            Check.argument(false, "rows", "lie in 0.." + capacity(), rows);
        }
        count = rows;
    }

    /**
     * Keys each row's noise by its content: equal rows, with equal gaps, get equal noise wherever they stand. Values in
     * gaps must be 0.
     */
    public void keyByContent() {
        for (int row = 0; row < count; row++) {
            keys[row] = key(values, observed(), row * columns, columns);
        }
    }

    /**
     * The key of a row's noise: a hash of its encoded values and of where its gaps are, the same for a row without gaps
     * whether there is a mask or not. The one place where keys are made.
     *
     * @param values 0 in gaps
     * @param observed 1 for each value that is observed, 0 for the others, at the values' places; null: all are
     * @param offset where the row begins
     */
    public static long key(float[] values, byte @Nullable [] observed, int offset, int columns) {
        return observed == null ? RowHash.of(values, offset, columns) : RowHash.of(values, observed, offset, columns);
    }

    /**
     * A copy of the rows that it holds in which every column before {@code column} is missing; with the same keys.
     *
     * @param column the first column of a variable
     */
    public RowBatch withoutBefore(int column) {
        RowBatch copy = new RowBatch(columns, Math.max(1, count));
        byte @Nullable [] there = observed();
        for (int row = 0; row < count; row++) {
            int from = row * columns + column;
            int length = columns - column;
            System.arraycopy(values, from, copy.values, from, length);
            if (there == null) {
                Arrays.fill(copy.mask, from, from + length, (byte) 1);
            } else {
                System.arraycopy(there, from, copy.mask, from, length);
            }
        }
        copy.holdWithGaps(count);
        return copy.withKeys(keys);
    }

    /** Sets the keys of the rows' noise, one for each row it holds. */
    public RowBatch withKeys(long... rowKeys) {
        Check.argument(rowKeys.length >= count, "rowKeys' length", "be at least " + count, rowKeys.length);
        System.arraycopy(rowKeys, 0, keys, 0, count);
        return this;
    }
}
