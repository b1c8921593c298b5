package elbow.train.averaging;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The state that a round begins with, as sent to the executors: a large one as a broadcast, which each executor fetches
 * once, also from other executors; a small one inside the tasks, which Spark broadcasts anyway, because a broadcast of
 * its own would add a fifth to the time that starting a job takes.
 */
final class SentState implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** Well below the size from which Spark warns of large tasks, which is 1,000 KiB. */
    private static final long LARGEST_IN_TASK = 512 << 10;

    private final @Nullable ReplicaState own;
    private final @Nullable Broadcast<ReplicaState> broadcast;

    private SentState(@Nullable ReplicaState own, @Nullable Broadcast<ReplicaState> broadcast) {
        this.own = own;
        this.broadcast = broadcast;
    }

    static SentState of(JavaSparkContext spark, ReplicaState state) {
        return state.bytes() <= LARGEST_IN_TASK
                ? new SentState(state, null)
                : new SentState(null, spark.broadcast(state));
    }

    ReplicaState value() {
        if (own != null) {
            return own;
        }
        if (broadcast != null) {
            return broadcast.value();
        }
        throw new IllegalStateException("one of both is there");
    }

    /** Frees what the executors keep. */
    @Override
    public void close() {
        if (broadcast != null) {
            broadcast.destroy();
        }
    }
}
