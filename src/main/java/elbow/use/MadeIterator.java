package elbow.use;

import elbow.score.ModelInTask;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** Rows of consecutive numbers, made a block at a time. */
final class MadeIterator implements Iterator<InternalRow> {
    private final Maker.Blocks blocks;
    private final List<InternalRow> made = new ArrayList<>();
    private final long end;
    private long number;
    private int next;

    MadeIterator(ModelInTask used, Maker maker, long first, long end) {
        blocks = maker.blocks(used);
        number = first;
        this.end = end;
    }

    @Override
    public boolean hasNext() {
        return next < made.size() || number < end;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next == made.size()) {
            made.clear();
            next = 0;
            int count = (int) Math.min(blocks.most(), end - number);
            blocks.add(number, count, made);
            number += count;
        }
        return made.get(next++);
    }
}
