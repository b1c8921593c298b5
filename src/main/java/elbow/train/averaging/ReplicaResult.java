package elbow.train.averaging;

import java.io.Serializable;

/** What a replica returns from a round. */
final class ReplicaResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int replica;
    private final ReplicaState state;
    private final boolean finite;
    private final RoundSums sums;

    ReplicaResult(int replica, ReplicaState state, boolean finite, RoundSums sums) {
        this.replica = replica;
        this.state = state;
        this.finite = finite;
        this.sums = sums;
    }

    /** The result of a replica that has no rows in the round. */
    static ReplicaResult idle(int replica) {
        return new ReplicaResult(replica, new ReplicaState(new byte[0], null, null), true, new RoundSums());
    }

    int replica() {
        return replica;
    }

    ReplicaState state() {
        return state;
    }

    /** Whether all parameters are finite: otherwise they must not be averaged. */
    boolean isFinite() {
        return finite;
    }

    RoundSums sums() {
        return sums;
    }
}
