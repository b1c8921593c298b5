package elbow.train.averaging;

import elbow.data.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a round as a task meets them: holds one segment at a time and fills minibatches from it.
 *
 * <p>The blocks come as {@link ShardWalk#segments} asks for them, and are read as the walk goes on.
 */
final class ShardRows {
    private final long seed;
    private final int replica;
    private final int[] segmentRows;
    private final ShardWalk walk;
    private final Iterator<Block> blocks;
    private final List<Block> held = new ArrayList<>();
    private boolean complete = true;
    private boolean isNew = true;
    private int segment = -1;
    private long epoch = -1;
    private int[] order = {};

    ShardRows(long seed, int replica, int[] segmentRows, ShardWalk walk, Iterator<Block> blocks) {
        this.seed = seed;
        this.replica = replica;
        this.segmentRows = segmentRows;
        this.walk = walk;
        this.blocks = blocks;
    }

    /**
     * Fills the minibatch of a step; returns its rows, 0 if the replica sits the step out.
     *
     * @param observed 1 for each value that is there and 0 for a gap, shaped like the rows; the same array at every
     *     call, since it stays as it is from one minibatch without gaps to the next
     */
    int fill(long step, float[] rows, byte[] observed, long[] keys) {
        int[] filled = {0};
        if (!complete || isNew) {
            Arrays.fill(observed, (byte) 1);
            isNew = false;
        }
        complete = true;
        walk.pieces(step, (pieceEpoch, pieceSegment, from, count) -> {
            hold(pieceEpoch, pieceSegment);
            for (int i = 0; i < count; i++) {
                copy(order[from + i], filled[0]++, rows, observed, keys);
            }
        });
        return filled[0];
    }

    /** Whether the last minibatch has no gap. */
    boolean isComplete() {
        return complete;
    }

    private void copy(int row, int place, float[] rows, byte[] observed, long[] keys) {
        // All blocks of a segment but the last have the same number of rows.
        int blockRows = held.get(0).rows();
        Block block = held.get(row / blockRows);
        block.copyRow(row % blockRows, rows, place * block.columns());
        if (block.hasMissing()) {
            block.copyObservedRow(row % blockRows, observed, place * block.columns());
            complete = false;
        }
        keys[place] = block.key(row % blockRows);
    }

    private void hold(long wantedEpoch, int wantedSegment) {
        if (wantedSegment != segment) {
            held.clear();
            segment = wantedSegment;
            epoch = -1;
            for (int count = 0;
                    count < segmentRows[segment];
                    count += held.get(held.size() - 1).rows()) {
                held.add(blocks.next());
            }
        }
        if (wantedEpoch != epoch) {
            epoch = wantedEpoch;
            order = RowOrder.rows(seed, epoch, replica, segment, segmentRows[segment]);
        }
    }
}
