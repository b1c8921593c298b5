package elbow.train.averaging;

import java.util.Arrays;

/**
 * Which rows of its shard a replica takes at each step. In every epoch it goes through all of them once, segment by
 * segment in a new order, the rows of a segment in a new order, too; minibatches cross segments but not epochs. When
 * its rows are used up before those of a larger shard, it sits out the remaining steps of the epoch.
 */
final class ShardWalk {
    private final long seed;
    private final int replica;
    private final int[] segmentRows;
    private final long rows;
    private final int batchSize;
    private final long stepsPerEpoch;
    private final long start;
    private long epoch = -1;
    private int[] order = {};
    private final long[] starts;

    /** Rows {@code from .. from + count} in the epoch's order of a segment. */
    interface PieceConsumer {
        void accept(long epoch, int segment, int from, int count);
    }

    /**
     * @param segmentRows rows of each segment
     * @param stepsPerEpoch steps that the largest shard needs for one pass
     * @param start the global step at which the first epoch begins
     */
    ShardWalk(long seed, int replica, int[] segmentRows, int batchSize, long stepsPerEpoch, long start) {
        this.seed = seed;
        this.replica = replica;
        this.segmentRows = segmentRows;
        this.rows = Arrays.stream(segmentRows).asLongStream().sum();
        this.batchSize = batchSize;
        this.stepsPerEpoch = stepsPerEpoch;
        this.start = start;
        this.starts = new long[segmentRows.length + 1];
    }

    /** Rows that the replica takes at a step; 0 if it sits it out. */
    int rowsAt(long step) {
        return (int) Math.max(0, Math.min(batchSize, rows - (step - start) % stepsPerEpoch * batchSize));
    }

    /** The pieces that make up the minibatch of a step, in order. */
    void pieces(long step, PieceConsumer consumer) {
        long from = (step - start) % stepsPerEpoch * batchSize;
        long to = from + rowsAt(step);
        if (from >= to) {
            return;
        }
        enter((step - start) / stepsPerEpoch);
        int place = Arrays.binarySearch(starts, from);
        // Where segments are empty, several start at one row: any of them will do.
        for (int i = place >= 0 ? place : -place - 2; from < to; i++) {
            int count = (int) (Math.min(to, starts[i + 1]) - from);
            if (count > 0) {
                consumer.accept(epoch, order[i], (int) (from - starts[i]), count);
                from += count;
            }
        }
    }

    /** The segments that the steps {@code first .. first + steps} need, one after the other. */
    int[] segments(long first, int steps) {
        Segments needed = new Segments();
        for (long step = first; step < first + steps; step++) {
            pieces(step, (pieceEpoch, segment, from, count) -> needed.add(segment));
        }
        return Arrays.copyOf(needed.list, needed.count);
    }

    private void enter(long wanted) {
        if (wanted == epoch) {
            return;
        }
        epoch = wanted;
        order = RowOrder.segments(seed, epoch, replica, segmentRows.length);
        for (int i = 0; i < order.length; i++) {
            starts[i + 1] = starts[i] + segmentRows[order[i]];
        }
    }

    private static final class Segments {
        int[] list = new int[4];
        int count;

        void add(int segment) {
            if (count > 0 && list[count - 1] == segment) {
                return;
            }
            if (count == list.length) {
                list = Arrays.copyOf(list, 2 * count);
            }
            list[count++] = segment;
        }
    }
}
