package elbow.train.averaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Sums of replicas' parameters and moments, each weighted by the rows it trained on; in double, added in the order in
 * which {@link #add} is called. Of a single replica the mean is the replica itself, bit for bit: a float times a count
 * below 2^29 is exact.
 *
 * <p>It keeps the addends and sums them range by range on request, so that the whole sum never has to be stored.
 */
final class ReplicaSum {
    /** A term: vectors, each times the rows it stands for. */
    interface Addend {
        /** Rows trained on. */
        long weight();

        /** Elements of each vector. */
        int length();

        /** Whether it has the vector. */
        boolean has(StateVector vector);

        /** Adds the elements {@code from .. from + total.length} of a vector that it has, times the rows. */
        void addTo(StateVector vector, int from, double[] total);
    }

    private final RoundSums sums = new RoundSums();
    private final List<Addend> addends = new ArrayList<>();
    private long weight;

    /** Adds a replica; a non-finite one is only counted. */
    void add(ReplicaResult result) {
        sums.add(result.sums());
        sums.addBytes(result.state().bytes());
        if (result.isFinite()) {
            addWeighted(result);
        }
    }

    /** Adds the replicas of a group. */
    void add(GroupTotal group) {
        sums.add(group.sums());
        addWeighted(group);
    }

    private void addWeighted(Addend addend) {
        if (addend.weight() > 0) {
            addends.add(addend);
            weight += addend.weight();
        }
    }

    RoundSums sums() {
        return sums;
    }

    /** Whether there is a mean: some replica trained on a row and stayed finite. */
    boolean hasMean() {
        return !addends.isEmpty();
    }

    /** Elements of each vector; 0 if there is no mean. */
    int length() {
        return hasMean() ? addends.get(0).length() : 0;
    }

    /** Whether the replicas returned the vector. */
    boolean has(StateVector vector) {
        return hasMean() && addends.get(0).has(vector);
    }

    /** Overwrites {@code mean} with the elements {@code from .. from + mean.length} of the mean of a vector. */
    void mean(StateVector vector, int from, double[] mean) {
        total(vector, from, mean);
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= weight;
        }
    }

    /** The whole sum, to be sent and added to another one. */
    GroupTotal total() {
        Map<StateVector, double[]> totals = new EnumMap<>(StateVector.class);
        for (StateVector vector : StateVector.values()) {
            if (has(vector)) {
                double[] total = new double[length()];
                total(vector, 0, total);
                totals.put(vector, total);
            }
        }
        return new GroupTotal(sums, weight, totals);
    }

    private void total(StateVector vector, int from, double[] total) {
        Arrays.fill(total, 0);
        for (Addend addend : addends) {
            addend.addTo(vector, from, total);
        }
    }
}
