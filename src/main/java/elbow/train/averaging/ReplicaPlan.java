package elbow.train.averaging;

import elbow.base.Check;
import elbow.math.Precision;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import java.io.Serializable;
import java.util.Arrays;

/** What a replica does in every round of a run; goes to the executors with each task. Small and immutable. */
final class ReplicaPlan implements Serializable {
    private static final long serialVersionUID = 1L;

    // Text, because a spec is a record with sealed parts, which not every serializer of Spark's can write.
    private final String spec;
    private final InnerOptimizer optimizer;
    private final Precision precision;
    private final MomentMerge moments;
    private final int batchSize;
    private final double trimmedShare;
    private final long seed;
    private final int[][] segmentRows;
    private final long stepsPerEpoch;
    private final long start;

    /**
     * @param trimmedShare of each minibatch's rows, those that cost most; 0: none are left out
     * @param start the global step at which the first epoch begins
     * @param segmentRows rows of each segment of each replica
     * @throws IllegalArgumentException if there is no row at all
     */
    ReplicaPlan(
            VaeSpec spec,
            InnerOptimizer optimizer,
            Precision precision,
            MomentMerge moments,
            int batchSize,
            double trimmedShare,
            long seed,
            long start,
            int[][] segmentRows) {
        this.spec = VaeSpecJson.write(spec).toString();
        this.optimizer = optimizer;
        this.precision = precision;
        this.moments = moments;
        this.batchSize = Check.positive("batchSize", batchSize);
        this.trimmedShare = trimmedShare;
        this.seed = seed;
        this.start = start;
        this.segmentRows = segmentRows;
        long most = Arrays.stream(segmentRows)
                .mapToLong(rows -> Arrays.stream(rows).asLongStream().sum())
                .max()
                .orElse(0);
        Check.argument(most >= 1, "rows of all replicas", "be at least 1", most);
        this.stepsPerEpoch = (most + batchSize - 1) / batchSize;
    }

    /** Whether a replica needs the same memory under another plan. */
    boolean hasShapeOf(ReplicaPlan other) {
        return spec.equals(other.spec)
                && optimizer == other.optimizer
                && precision == other.precision
                && moments == other.moments
                && batchSize == other.batchSize
                && trimmedShare == other.trimmedShare;
    }

    VaeSpec spec() {
        return VaeSpecJson.read("spec of the round", spec);
    }

    InnerOptimizer optimizer() {
        return optimizer;
    }

    Precision precision() {
        return precision;
    }

    MomentMerge moments() {
        return moments;
    }

    int batchSize() {
        return batchSize;
    }

    double trimmedShare() {
        return trimmedShare;
    }

    long seed() {
        return seed;
    }

    int replicas() {
        return segmentRows.length;
    }

    int[] segmentRows(int replica) {
        return segmentRows[replica];
    }

    /** Minibatch steps that the largest shard takes for one pass over its rows, at least 1. */
    long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    ShardWalk walk(int replica) {
        return new ShardWalk(seed, replica, segmentRows[replica], batchSize, stepsPerEpoch, start);
    }
}
