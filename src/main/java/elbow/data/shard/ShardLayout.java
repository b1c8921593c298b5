package elbow.data.shard;

import elbow.base.Check;

/**
 * How training rows are cut into partitions.
 *
 * @param replicas shards, at least 1: one for each replica
 * @param segments pieces that each shard is kept in, at least 1: what a task holds in memory at once
 */
public record ShardLayout(int replicas, int segments) {
    /** Bytes of a segment that {@link #forRows} aims at: a few of them fit beside everything else in any executor. */
    private static final long SEGMENT_BYTES = 32L << 20;

    public ShardLayout {
        Check.positive("replicas", replicas);
        Check.positive("segments", segments);
        Check.argument(
                (long) replicas * segments <= Integer.MAX_VALUE,
                "replicas x segments",
                "be at most " + Integer.MAX_VALUE,
                (long) replicas * segments);
    }

    /**
     * A layout whose segments are of moderate size.
     *
     * @param rows training rows, about
     * @param rowBytes bytes of an encoded row
     */
    public static ShardLayout forRows(int replicas, long rows, long rowBytes) {
        double bytes = (double) rows / replicas * rowBytes;
        return new ShardLayout(replicas, (int) Math.max(1, Math.ceil(bytes / SEGMENT_BYTES)));
    }

    /** Partitions of the whole. */
    public int partitions() {
        return replicas * segments;
    }
}
