package elbow.train.averaging;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sums of replicas' parameters and moments, each weighted by the rows it trained on; in double, added in the order in
 * which {@link #add} is called. Of a single replica the mean is the replica itself, bit for bit: a float times a count
 * below 2^29 is exact.
 */
final class ReplicaSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundSums sums = new RoundSums();
    private long weight;
    private double @Nullable [] parameters;
    private double @Nullable [] firstMoments;
    private double @Nullable [] secondMoments;

    /** Adds a replica; one that is no longer finite is only counted. */
    void add(ReplicaResult result) {
        sums.add(result.sums());
        long examples = result.sums().examples();
        if (!result.isFinite() || examples == 0) {
            return;
        }
        weight += examples;
        parameters = plus(parameters, result.state().parameters(), examples);
        firstMoments = plus(firstMoments, result.state().firstMoments(), examples);
        secondMoments = plus(secondMoments, result.state().secondMoments(), examples);
    }

    /** Adds the replicas of another sum. */
    void add(ReplicaSum other) {
        sums.add(other.sums);
        weight += other.weight;
        parameters = plus(parameters, other.parameters);
        firstMoments = plus(firstMoments, other.firstMoments);
        secondMoments = plus(secondMoments, other.secondMoments);
    }

    RoundSums sums() {
        return sums;
    }

    /** Whether there is a mean: some replica trained on a row and stayed finite. */
    boolean hasMean() {
        return parameters != null;
    }

    /** Mean parameters. */
    double[] meanParameters() {
        if (parameters == null) {
            throw new IllegalStateException("no replica is in the sum");
        }
        double[] total = parameters;
        double[] mean = new double[total.length];
        Ranges.forEach(mean.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                mean[i] = total[i] / weight;
            }
        });
        return mean;
    }

    /** Mean first moments; null if the replicas returned none. */
    float @Nullable [] meanFirstMoments() {
        return firstMoments == null ? null : narrowMean(firstMoments);
    }

    /** Mean second moments; null if the replicas returned none. */
    float @Nullable [] meanSecondMoments() {
        return secondMoments == null ? null : narrowMean(secondMoments);
    }

    private static double @Nullable [] plus(double @Nullable [] total, byte @Nullable [] floats, long examples) {
        if (floats == null) {
            return total;
        }
        FloatBuffer values = FloatBytes.view(floats);
        int length = values.remaining();
        double[] result = total == null ? new double[length] : total;
        Ranges.forEach(length, (from, to) -> {
            float[] scratch = new float[to - from];
            values.get(from, scratch);
            for (int i = 0; i < scratch.length; i++) {
                result[from + i] += (double) examples * scratch[i];
            }
        });
        return result;
    }

    private static double @Nullable [] plus(double @Nullable [] total, double @Nullable [] added) {
        if (total == null || added == null) {
            return total == null ? added : total;
        }
        for (int i = 0; i < total.length; i++) {
            total[i] += added[i];
        }
        return total;
    }

    private float[] narrowMean(double[] total) {
        float[] mean = new float[total.length];
        Ranges.forEach(mean.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                mean[i] = (float) (total[i] / weight);
            }
        });
        return mean;
    }
}
