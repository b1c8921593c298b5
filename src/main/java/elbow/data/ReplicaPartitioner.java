package elbow.data;

import org.apache.spark.Partitioner;
import org.jspecify.annotations.Nullable;

/** Sends a row to the replica that its seeded hash names. */
final class ReplicaPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int replicas;

    ReplicaPartitioner(int replicas) {
        this.replicas = replicas;
    }

    @Override
    public int numPartitions() {
        return replicas;
    }

    @Override
    public int getPartition(Object key) {
        return (int) Long.remainderUnsigned(((EncodedRow) key).order(), replicas);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof ReplicaPartitioner other && other.replicas == replicas;
    }

    @Override
    public int hashCode() {
        return replicas;
    }
}
