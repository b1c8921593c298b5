package elbow.train.averaging;

import elbow.vae.BatchStatistics;
import java.io.Serializable;

/** What replicas count in a round; sums of several are sums over all their replicas. */
public final class RoundSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private long examples;
    private long leftOut;
    private long trimmed;
    private long computeNanos;
    private long longestComputeNanos;
    private long bytes;
    private long observedRows;
    private double observedElbo;

    /** Counts a replica's own work, of which no row was left out. */
    static RoundSums of(long examples, boolean finite, long computeNanos, BatchStatistics observed) {
        return of(examples, 0, finite, computeNanos, observed);
    }

    /** Counts a replica's own work. */
    static RoundSums of(long examples, long trimmed, boolean finite, long computeNanos, BatchStatistics observed) {
        RoundSums sums = new RoundSums();
        sums.examples = examples;
        sums.trimmed = trimmed;
        sums.leftOut = finite ? 0 : 1;
        sums.computeNanos = computeNanos;
        sums.longestComputeNanos = computeNanos;
        if (finite) {
            sums.observedRows = observed.rows();
            sums.observedElbo = observed.elbo();
        }
        return sums;
    }

    void add(RoundSums other) {
        examples += other.examples;
        leftOut += other.leftOut;
        trimmed += other.trimmed;
        computeNanos += other.computeNanos;
        longestComputeNanos = Math.max(longestComputeNanos, other.longestComputeNanos);
        observedRows += other.observedRows;
        observedElbo += other.observedElbo;
        bytes += other.bytes;
    }

    /** Counts bytes of states. */
    void addBytes(long more) {
        bytes += more;
    }

    /** Bytes of the states that the replicas began with and gave back. */
    public long bytes() {
        return bytes;
    }

    /** Rows of all minibatches. */
    public long examples() {
        return examples;
    }

    /** Those of them that were left out as the costliest of their minibatch. */
    public long trimmed() {
        return trimmed;
    }

    /** Replicas whose parameters were not finite. */
    public long leftOut() {
        return leftOut;
    }

    /** Time spent in minibatch steps, of all replicas together, in nanoseconds. */
    long computeNanos() {
        return computeNanos;
    }

    /** Time that the slowest replica spent in minibatch steps, in nanoseconds. */
    long longestComputeNanos() {
        return longestComputeNanos;
    }

    /** Mean ELBO of the rows of each replica's last minibatch, as it trained on them, in nats per encoded row. */
    public double trainingElbo() {
        return observedElbo / observedRows;
    }
}
