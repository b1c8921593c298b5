package elbow.data;

import elbow.base.Check;
import java.io.Serializable;

/**
 * Encoded rows in the width of their source: a pixel is a byte, any other value a float. Immutable; holds only arrays,
 * so that any of Spark's serializers carries it.
 */
public final class Block implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int OBJECT_OVERHEAD = 96;

    private final int pixelColumns;
    private final int valueColumns;
    private final long[] keys;
    private final byte[] pixels;
    private final float[] values;

    /** Takes the arrays as they are; nobody else may keep them. */
    Block(int pixelColumns, int valueColumns, long[] keys, byte[] pixels, float[] values) {
        this.pixelColumns = pixelColumns;
        this.valueColumns = valueColumns;
        this.keys = keys;
        this.pixels = pixels;
        this.values = values;
        Check.argument(pixels.length == keys.length * pixelColumns, "pixels", "fill the rows", pixels.length);
        Check.argument(values.length == keys.length * valueColumns, "values", "fill the rows", values.length);
    }

    /** Rows, at least 1. */
    public int rows() {
        return keys.length;
    }

    /** Encoded columns. */
    public int columns() {
        return pixelColumns + valueColumns;
    }

    /** The rows' keys for keyed noise: {@link elbow.math.RowHash} of their encoded content. A copy. */
    public long[] keys() {
        return keys.clone();
    }

    /**
     * Writes the encoded rows {@code from .. from + count} one after the other to the start of {@code target}: the same
     * floats that {@link RowEncoder#encode} gives.
     */
    public void copyRows(int from, int count, float[] target) {
        Check.argument(from >= 0 && count >= 0 && from <= rows() - count, "from", "leave " + count + " rows", from);
        for (int i = 0; i < count; i++) {
            copyRow(from + i, target, i * columns());
        }
    }

    /** Writes the encoded row {@code row} to {@code target} from {@code place}. */
    public void copyRow(int row, float[] target, int place) {
        RowEncoder.unpack(pixels, row * pixelColumns, pixelColumns, target, place);
        System.arraycopy(values, row * valueColumns, target, place + pixelColumns, valueColumns);
    }

    /** The key of one row for keyed noise. */
    public long key(int row) {
        return keys[row];
    }

    /** Bytes of heap that this block takes, but for rounding. */
    public long memorySize() {
        return OBJECT_OVERHEAD + 8L * keys.length + pixels.length + 4L * values.length;
    }
}
