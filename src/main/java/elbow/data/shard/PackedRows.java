package elbow.data.shard;

import elbow.base.Check;
import elbow.data.encoding.RowEncoder;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Encoded rows in the width of their source: a pixel is a byte, a category its code, any other value a float.
 * Immutable; holds only arrays, so that any of Spark's serializers carries it.
 */
public final class PackedRows implements Serializable {
    private static final long serialVersionUID = 2L;

    private static final int OBJECT_OVERHEAD = 144;

    /** Bytes that a CPU fetches at once. */
    private static final int CACHE_LINE = 64;

    private final int pixelColumns;
    private final int[] valueWidths;
    private final int columns;
    private final long[] keys;
    private final byte[] pixels;
    private final float[] values;
    private final double[] logJacobians;
    private final boolean hasMissing;
    private final boolean plain;

    /**
     * Takes the arrays as they are; nobody else may keep them.
     *
     * @param valueWidths encoded columns of each value of a row
     * @param values NaN for those that are missing
     * @param logJacobians of each row over the encoder's, or empty if all are 0
     */
    PackedRows(int pixelColumns, int[] valueWidths, long[] keys, byte[] pixels, float[] values, double[] logJacobians) {
        this.pixelColumns = pixelColumns;
        this.valueWidths = valueWidths;
        this.keys = keys;
        this.pixels = pixels;
        this.values = values;
        this.logJacobians = logJacobians;
        Check.argument(pixels.length == keys.length * pixelColumns, "pixels", "fill the rows", pixels.length);
        Check.argument(values.length == keys.length * valueWidths.length, "values", "fill the rows", values.length);
        Check.argument(
                logJacobians.length == 0 || logJacobians.length == keys.length,
                "logJacobians",
                "be 0 or one a row",
                logJacobians.length);
        columns = pixelColumns + Arrays.stream(valueWidths).sum();
        hasMissing = anyMissing(values);
        plain = !hasMissing && columns == pixelColumns + valueWidths.length;
    }

    /** Rows, at least 1. */
    public int rows() {
        return keys.length;
    }

    /** Encoded columns. */
    public int columns() {
        return columns;
    }

    /** The rows' keys for keyed noise: {@link elbow.vae.input.RowBatch#key} of their encoded content. A copy. */
    public long[] keys() {
        return keys.clone();
    }

    /** Whether any value of any row is missing. */
    public boolean hasMissing() {
        return hasMissing;
    }

    /** What the row's log-Jacobian has over {@link elbow.data.feature.FeatureEncoder#logJacobian}, in nats. */
    public double logJacobian(int row) {
        Check.argument(row >= 0 && row < rows(), "row", "be one of " + rows(), row);
        return logJacobians.length == 0 ? 0 : logJacobians[row];
    }

    /**
     * Writes the encoded rows {@code from .. from + count} one after the other to the start of {@code target}: the same
     * floats that {@link RowEncoder#encode} gives, 0 for what is missing.
     */
    public void copyRows(int from, int count, float[] target) {
        requireRange(from, count);
        for (int i = 0; i < count; i++) {
            copyRow(from + i, target, i * columns);
        }
    }

    /** Writes the encoded row {@code row}, as {@link #copyRows} does, to {@code target} from {@code place}. */
    public void copyRow(int row, float[] target, int place) {
        RowEncoder.unpack(pixels, row * pixelColumns, pixelColumns, target, place);
        int to = place + pixelColumns;
        int value = row * valueWidths.length;
        if (plain) {
            System.arraycopy(values, value, target, to, valueWidths.length);
            return;
        }
        for (int valueWidth : valueWidths) {
            RowEncoder.expand(values[value++], valueWidth, target, to);
            to += valueWidth;
        }
    }

    /**
     * Reads one value of every cache line of a row, so that the row is near when it is copied. What it returns means
     * nothing, but must be used: reads without a use are not made.
     */
    public long touch(int row) {
        long sum = keys[row];
        for (int i = row * pixelColumns; i < (row + 1) * pixelColumns; i += CACHE_LINE) {
            sum += pixels[i];
        }
        int end = (row + 1) * valueWidths.length;
        for (int i = row * valueWidths.length; i < end; i += CACHE_LINE / Float.BYTES) {
            sum += Float.floatToRawIntBits(values[i]);
        }
        return sum;
    }

    /**
     * Writes for each encoded value that {@link #copyRows} gives for the same rows whether it is observed, 1, or
     * missing, 0.
     */
    public void copyObserved(int from, int count, byte[] target) {
        requireRange(from, count);
        for (int i = 0; i < count; i++) {
            copyObservedRow(from + i, target, i * columns);
        }
    }

    /** As {@link #copyObserved} does, of the row {@code row} to {@code target} from {@code place}. */
    public void copyObservedRow(int row, byte[] target, int place) {
        Arrays.fill(target, place, place + columns, (byte) 1);
        if (!hasMissing) {
            return;
        }
        int value = row * valueWidths.length;
        int to = place + pixelColumns;
        for (int valueWidth : valueWidths) {
            if (Float.isNaN(values[value++])) {
                Arrays.fill(target, to, to + valueWidth, (byte) 0);
            }
            to += valueWidth;
        }
    }

    /** The key of one row for keyed noise. */
    public long key(int row) {
        return keys[row];
    }

    /** Bytes of heap that this block takes, but for rounding. */
    public long memorySize() {
        return OBJECT_OVERHEAD
                + 8L * keys.length
                + pixels.length
                + 4L * (values.length + valueWidths.length)
                + 8L * logJacobians.length;
    }

    private void requireRange(int from, int count) {
        Check.argument(from >= 0 && count >= 0 && from <= rows() - count, "from", "leave " + count + " rows", from);
    }

    private static boolean anyMissing(float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }
}
