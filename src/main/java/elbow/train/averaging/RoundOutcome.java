package elbow.train.averaging;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a round.
 *
 * @param next the state after the outer step; null if no replica stayed finite
 * @param sums what the replicas counted
 * @param nanos wall-clock time of the whole round, in nanoseconds
 * @param computeNanos the part of it that minibatch steps account for, in nanoseconds
 */
public record RoundOutcome(@Nullable AveragingState next, RoundSums sums, long nanos, long computeNanos) {
    /**
     * The state after the outer step.
     *
     * @throws IllegalStateException if there is none
     */
    public AveragingState requireNext() {
        if (next == null) {
            throw new IllegalStateException(
                    "parameters of a replica must stay finite, but those of all replicas did not; try a smaller learning rate");
        }
        return next;
    }

    /** Time that was not spent in minibatch steps: sending, waiting, merging; in nanoseconds. */
    public long overheadNanos() {
        return Math.max(0, nanos - computeNanos);
    }
}
