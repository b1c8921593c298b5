package elbow.use;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.vae.input.RowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Brings the rows of one partition to a model, a block at a time, and returns the resulting rows, in order. */
final class RowBlocks implements Iterator<InternalRow> {
    /** What is done with a block. Goes to executors. */
    interface Work extends Serializable {
        /**
         * Adds the resulting rows of a block.
         *
         * @param block at least 1 row
         */
        void add(ModelInTask used, Block block, List<InternalRow> made);

        /** Whether it looks at the keys of rows. */
        default boolean needsKeys(ModelInTask used) {
            return true;
        }
    }

    /** Encoded rows, and what passes of them. */
    static final class Block {
        private final RowBatch batch;
        private final InternalRow[] rows;
        private final DataFields passed;

        Block(RowBatch batch, InternalRow[] rows, DataFields passed) {
            this.batch = batch;
            this.rows = rows;
            this.passed = passed;
        }

        RowBatch batch() {
            return batch;
        }

        int count() {
            return batch.count();
        }

        /** Writes what passes of a row to its places in one that is made. */
        void copyPassed(int row, Object[] made) {
            passed.copy(rows[row], made);
        }
    }

    private final Iterator<InternalRow> input;
    private final RowEncoder encoder;
    private final Work work;
    private final ModelInTask used;
    private final Block block;
    private final boolean keeps;
    private final boolean keyed;
    private final List<InternalRow> made = new ArrayList<>();
    private int next;

    private RowBlocks(
            Iterator<InternalRow> input, RowEncoder encoder, DataFields passed, ScoringModel model, Work work) {
        this.input = input;
        this.encoder = encoder;
        this.work = work;
        used = ModelInTask.ofTask(model);
        keeps = passed.count() > 0;
        keyed = work.needsKeys(used);
        int capacity = used.generator().blockRows();
        block = new Block(new RowBatch(used.columns(), capacity), new InternalRow[capacity], passed);
    }

    /**
     * The resulting rows.
     *
     * @param passed columns of the rows whose values the work asks for
     */
    static JavaRDD<InternalRow> of(
            Dataset<Row> rows, FeatureEncoder encoder, PassedColumns passed, Broadcast<ScoringModel> model, Work work) {
        StructType schema = rows.schema();
        RowEncoder bound = encoder.bindProjected(schema);
        DataFields fields = new DataFields(encoder.features().size(), passed);
        return encoder.projected(rows, passed.names())
                .mapPartitions(partition -> new RowBlocks(partition, bound, fields, model.value(), work));
    }

    @Override
    public boolean hasNext() {
        while (next == made.size() && input.hasNext()) {
            fill();
            next = 0;
            made.clear();
            work.add(used, block, made);
        }
        return next < made.size();
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return made.get(next++);
    }

    private void fill() {
        RowBatch batch = block.batch;
        batch.holdComplete(0);
        while (batch.count() < block.rows.length && input.hasNext()) {
            InternalRow row = input.next();
            int count = batch.count();
            encoder.encodeValues(row, batch.values(), batch.mask(), count * batch.columns());
            if (keyed) {
                batch.holdNext();
            } else {
                batch.holdNextUnkeyed();
            }
            // Spark reuses the row object.
            block.rows[count] = keeps ? row.copy() : row;
        }
    }
}
