package elbow.data.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a task's chunks. A row is gone when the next comes; what is open is closed when the task ends. */
abstract class ChunkRows implements Iterator<InternalRow> {
    private final InternalRow row;
    private boolean ready;

    /** @param row that holds each row in its turn */
    ChunkRows(InternalRow row) {
        this.row = row;
        TaskContext context = TaskContext.get();
        if (context != null) {
            context.addTaskCompletionListener((TaskCompletionListener) done -> close());
        }
    }

    /** Fills the row; false at the end. */
    abstract boolean advance();

    /** Closes what is open, if anything is. */
    abstract void close();

    @Override
    public final boolean hasNext() {
        if (!ready) {
            ready = advance();
        }
        return ready;
    }

    @Override
    public final InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return row;
    }
}
