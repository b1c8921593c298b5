package elbow.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Packs rows to blocks in the order they come. */
final class BlockIterator implements Iterator<Block> {
    private final Iterator<EncodedRow> rows;
    private final RowEncoder encoder;
    private final int blockRows;

    /** @param encoder that encoded the rows */
    BlockIterator(Iterator<EncodedRow> rows, RowEncoder encoder, int blockRows) {
        this.rows = rows;
        this.encoder = encoder;
        this.blockRows = blockRows;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Block next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException();
        }
        List<EncodedRow> taken = new ArrayList<>();
        while (taken.size() < blockRows && rows.hasNext()) {
            taken.add(rows.next());
        }
        int pixelColumns = encoder.pixels();
        int valueColumns = encoder.values();
        long[] keys = new long[taken.size()];
        byte[] pixels = new byte[keys.length * pixelColumns];
        float[] values = new float[keys.length * valueColumns];
        double[] logJacobians = new double[keys.length];
        for (int i = 0; i < keys.length; i++) {
            EncodedRow row = taken.get(i);
            keys[i] = row.key();
            System.arraycopy(row.pixels(), 0, pixels, i * pixelColumns, pixelColumns);
            System.arraycopy(row.values(), 0, values, i * valueColumns, valueColumns);
            logJacobians[i] = encoder.excess(row.values());
        }
        boolean usual = Arrays.stream(logJacobians).allMatch(value -> value == 0);
        return new Block(
                pixelColumns, encoder.valueWidths(), keys, pixels, values, usual ? new double[0] : logJacobians);
    }
}
