package elbow.train.averaging;

import java.io.Serializable;
import java.util.Objects;

/** What a replica returns from a round. */
final class ReplicaResult implements ReplicaSum.Addend, Serializable {
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
        return new ReplicaResult(replica, new ReplicaState(new byte[0], null, null, null), true, new RoundSums());
    }

    int replica() {
        return replica;
    }

    /** What the replica is after the round. */
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

    @Override
    public long weight() {
        return sums.examples();
    }

    @Override
    public int length() {
        return state.parameters().length / Float.BYTES;
    }

    @Override
    public boolean has(StateVector vector) {
        return state.vector(vector) != null;
    }

    @Override
    public void addTo(StateVector vector, int from, double[] total) {
        float[] values = new float[total.length];
        FloatBytes.view(Objects.requireNonNull(state.vector(vector))).get(from, values);
        double examples = weight();
        for (int i = 0; i < total.length; i++) {
            total[i] += examples * values[i];
        }
    }
}
