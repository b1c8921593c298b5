package elbow.data.shard;

import elbow.data.encoding.EncodedRow;
import org.apache.spark.Partitioner;
import org.jspecify.annotations.Nullable;

/** Sends a row to the replica that its seeded hash names, and there to the segment that the hash falls into. */
final class ShardPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int replicas;
    private final int segments;

    ShardPartitioner(ShardLayout layout) {
        replicas = layout.replicas();
        segments = layout.segments();
    }

    @Override
    public int numPartitions() {
        return replicas * segments;
    }

    @Override
    public int getPartition(Object key) {
        long order = ((EncodedRow) key).order();
        int replica = (int) Long.remainderUnsigned(order, replicas);
        // Grows with the hash, by which rows are sorted: segments are consecutive pieces of the sorted shard.
        int segment = (int) (((order >>> 32) * segments) >>> 32);
        return replica * segments + segment;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof ShardPartitioner other && other.replicas == replicas && other.segments == segments;
    }

    @Override
    public int hashCode() {
        return 31 * replicas + segments;
    }
}
