package elbow.train.averaging;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The sum over a group of replicas, added up on an executor; in double, as the driver's own sum is. */
final class GroupTotal implements ReplicaSum.Addend, Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundSums sums;
    private final long weight;
    private final EnumMap<StateVector, double[]> totals;

    /** @param totals of the vectors that the replicas returned; none if there is no replica in it */
    GroupTotal(RoundSums sums, long weight, Map<StateVector, double[]> totals) {
        this.sums = sums;
        this.weight = weight;
        this.totals = new EnumMap<>(StateVector.class);
        this.totals.putAll(totals);
    }

    RoundSums sums() {
        return sums;
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public int length() {
        return Objects.requireNonNull(totals.get(StateVector.PARAMETERS)).length;
    }

    @Override
    public boolean has(StateVector vector) {
        return totals.containsKey(vector);
    }

    @Override
    public void addTo(StateVector vector, int from, double[] total) {
        double[] added = Objects.requireNonNull(totals.get(vector));
        for (int i = 0; i < total.length; i++) {
            total[i] += added[from + i];
        }
    }
}
