package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Consecutive images of one file, read by one task. Not a record: it travels by the serializer that Spark is set to.
 */
final class IdxChunk implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int from;
    private final int count;
    private final boolean last;
    private final long firstIndex;

    IdxChunk(Path file, int from, int count, boolean last, long firstIndex) {
        this.file = file.toString();
        this.from = from;
        this.count = count;
        this.last = last;
        this.firstIndex = firstIndex;
    }

    /**
     * Opens an IDX file and reads its header.
     *
     * @throws ElbowException of category INPUT if it is not one of images
     */
    static IdxStream open(Path file, Configuration hadoop) {
        try {
            InputStream stream = FormatDetector.open(file, hadoop);
            try {
                return new IdxStream(file.toString(), stream);
            } catch (RuntimeException e) {
                stream.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputFailure.isDamage(e)
                    ? InputErrors.input("IDX file " + file + " must unpack as its first bytes say, but does not: "
                            + Message.firstLine(e))
                    : InputFailure.of(file.toString(), e);
        }
    }

    /** The rows (index, image) of this chunk. */
    Iterator<Row> rows(Configuration hadoop) {
        IdxStream stream = open(new Path(file), hadoop);
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) context -> stream.close());
        }
        stream.skip(from);
        return new Iterator<>() {
            private int done;

            @Override
            public boolean hasNext() {
                if (done < count) {
                    return true;
                }
                if (done == count) {
                    done++;
                    if (last) {
                        stream.requireEnd();
                    }
                    stream.close();
                }
                return false;
            }

            @Override
            public Row next() {
                if (done >= count) {
                    throw new NoSuchElementException();
                }
                Row row = RowFactory.create(firstIndex + done, stream.next());
                done++;
                return row;
            }
        };
    }
}
