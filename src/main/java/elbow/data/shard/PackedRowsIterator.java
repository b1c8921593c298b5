package elbow.data.shard;

import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.RowEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToDoubleFunction;

/** Packs rows to blocks in the order they come. */
public final class PackedRowsIterator implements Iterator<PackedRows> {
    private final Iterator<EncodedRow> rows;
    private final int pixelColumns;
    private final int[] valueWidths;
    private final ToDoubleFunction<float[]> excess;
    private final int blockRows;

    private PackedRowsIterator(
            Iterator<EncodedRow> rows,
            int pixelColumns,
            int[] valueWidths,
            ToDoubleFunction<float[]> excess,
            int blockRows) {
        this.rows = rows;
        this.pixelColumns = pixelColumns;
        this.valueWidths = valueWidths;
        this.excess = excess;
        this.blockRows = blockRows;
    }

    /**
     * Packs rows in the order they come.
     *
     * @param encoder that encoded the rows
     * @param blockRows how many rows are packed together at most
     */
    public static PackedRowsIterator of(Iterator<EncodedRow> rows, RowEncoder encoder, int blockRows) {
        return new PackedRowsIterator(rows, encoder.pixels(), encoder.valueWidths(), encoder::excess, blockRows);
    }

    /** Rows of {@code width} values, none wider than one column, that somebody else has encoded. */
    static PackedRowsIterator ofEncoded(Iterator<EncodedRow> rows, int width, int blockRows) {
        int[] widths = new int[width];
        Arrays.fill(widths, 1);
        return new PackedRowsIterator(rows, 0, widths, values -> 0, blockRows);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public PackedRows next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException();
        }
        List<EncodedRow> taken = new ArrayList<>();
        while (taken.size() < blockRows && rows.hasNext()) {
            taken.add(rows.next());
        }
        int valueColumns = valueWidths.length;
        long[] keys = new long[taken.size()];
        byte[] pixels = new byte[keys.length * pixelColumns];
        float[] values = new float[keys.length * valueColumns];
        double[] logJacobians = new double[keys.length];
        for (int i = 0; i < keys.length; i++) {
            EncodedRow row = taken.get(i);
            keys[i] = row.key();
            System.arraycopy(row.pixels(), 0, pixels, i * pixelColumns, pixelColumns);
            System.arraycopy(row.values(), 0, values, i * valueColumns, valueColumns);
            logJacobians[i] = excess.applyAsDouble(row.values());
        }
        boolean usual = Arrays.stream(logJacobians).allMatch(value -> value == 0);
        return new PackedRows(pixelColumns, valueWidths, keys, pixels, values, usual ? new double[0] : logJacobians);
    }
}
