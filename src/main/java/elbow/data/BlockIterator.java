package elbow.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Packs rows to blocks in the order they come. */
final class BlockIterator implements Iterator<Block> {
    private final Iterator<EncodedRow> rows;
    private final int blockRows;

    BlockIterator(Iterator<EncodedRow> rows, int blockRows) {
        this.rows = rows;
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
        int pixelColumns = taken.get(0).pixels().length;
        int valueColumns = taken.get(0).values().length;
        long[] keys = new long[taken.size()];
        byte[] pixels = new byte[keys.length * pixelColumns];
        float[] values = new float[keys.length * valueColumns];
        for (int i = 0; i < keys.length; i++) {
            EncodedRow row = taken.get(i);
            keys[i] = row.key();
            System.arraycopy(row.pixels(), 0, pixels, i * pixelColumns, pixelColumns);
            System.arraycopy(row.values(), 0, values, i * valueColumns, valueColumns);
        }
        return new Block(pixelColumns, valueColumns, keys, pixels, values);
    }
}
