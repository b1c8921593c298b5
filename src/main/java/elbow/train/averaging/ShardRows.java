package elbow.train.averaging;

import elbow.data.shard.PackedRows;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a round as a task meets them: holds one segment at a time and fills minibatches from it.
 *
 * <p>The blocks come as {@link ShardWalk#segments} asks for them, and are read as the walk goes on.
 */
final class ShardRows {
    /** Size that fits into a last-level cache; larger windows are not prefetched. */
    private static final long NEAR_BYTES = 4L << 20;

    private final long seed;
    private final int replica;
    private final int[] segmentRows;
    private final int batchSize;
    private final ShardWalk walk;
    private final Iterator<PackedRows> blocks;
    private final List<PackedRows> held = new ArrayList<>();
    private boolean complete = true;
    private boolean isNew = true;
    private int segment = -1;
    private long epoch = -1;
    private @Nullable RowOrder order;

    /** The place after those of the window that has been read. */
    private int nearEnd;

    /** Keeps the compiler from eliminating the reads. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private long touched;

    ShardRows(long seed, int replica, int[] segmentRows, int batchSize, ShardWalk walk, Iterator<PackedRows> blocks) {
        this.seed = seed;
        this.replica = replica;
        this.segmentRows = segmentRows;
        this.batchSize = batchSize;
        this.walk = walk;
        this.blocks = blocks;
    }

    /**
     * Fills the minibatch of a step; it holds no rows if the replica sits the step out.
     *
     * @param batch the same at every call, since its mask stays as it is from one minibatch without gaps to the next
     */
    void fill(long step, RowBatch batch) {
        int[] filled = {0};
        if (!complete || isNew) {
            Arrays.fill(batch.mask(), (byte) 1);
            isNew = false;
        }
        complete = true;
        walk.pieces(step, (pieceEpoch, pieceSegment, from, count) -> {
            RowOrder current = hold(pieceEpoch, pieceSegment);
            for (int place = from; place < from + count; place++) {
                if (place >= nearEnd) {
                    bringNear(current, place);
                }
                copy(current.row(place), filled[0]++, batch);
            }
        });
        if (complete) {
            batch.holdComplete(filled[0]);
        } else {
            batch.holdWithGaps(filled[0]);
        }
    }

    /** Reads the rows of a window in the order in which they are stored, as the memory is fastest. */
    private void bringNear(RowOrder current, int place) {
        int window = current.window(place);
        int start = current.start(window);
        nearEnd = current.end(window);
        PackedRows first = held.get(0);
        if (first.memorySize() / first.rows() * (nearEnd - start) > NEAR_BYTES) {
            return;
        }
        long sum = 0;
        for (int next = start; next < nearEnd; next++) {
            int row = current.storedRow(next);
            sum += held.get(row / first.rows()).touch(row % first.rows());
        }
        touched = sum;
    }

    private void copy(int row, int place, RowBatch batch) {
        // All blocks of a segment but the last have the same number of rows.
        int blockRows = held.get(0).rows();
        PackedRows block = held.get(row / blockRows);
        block.copyRow(row % blockRows, batch.values(), place * block.columns());
        if (block.hasMissing()) {
            block.copyObservedRow(row % blockRows, batch.mask(), place * block.columns());
            complete = false;
        }
        batch.keys()[place] = block.key(row % blockRows);
    }

    private RowOrder hold(long wantedEpoch, int wantedSegment) {
        if (wantedSegment != segment) {
            held.clear();
            segment = wantedSegment;
            order = null;
            for (int count = 0;
                    count < segmentRows[segment];
                    count += held.get(held.size() - 1).rows()) {
                held.add(blocks.next());
            }
        }
        RowOrder current = order;
        if (current == null || wantedEpoch != epoch) {
            epoch = wantedEpoch;
            current = RowOrder.rows(seed, epoch, replica, segment, segmentRows[segment], batchSize);
            order = current;
            nearEnd = 0;
        }
        return current;
    }
}
