package elbow.train;

import java.util.OptionalLong;

/** The replicas of a run, under one training master. */
public interface Replicas extends AutoCloseable {
    /** Trains until that many epochs are done, and brings the averaged parameters to the network. */
    void trainUntil(int epoch);

    /** Averaging rounds so far. */
    int rounds();

    /** Minibatch steps that each replica has made so far. */
    long steps();

    /** Minibatch steps between two averagings; 0 until it is settled. */
    int frequency();

    /** Share of the rounds' time, in [0, 1], that was not spent in minibatch steps; NaN if not known. */
    double overhead();

    /** Bytes of the states that the replicas of a round begin with and give back, on average; empty if not known. */
    default OptionalLong roundBytes() {
        return OptionalLong.empty();
    }

    /** Replicas left out of a mean because they were not finite, over all rounds. */
    long leftOut();

    /**
     * Share of the rows so far, since the run began or was resumed, that were left out as the costliest of their
     * minibatch.
     */
    default double trimmedShare() {
        return 0;
    }

    /** Remembers the present state as the best one. */
    void keep();

    /** Brings the best state to the network. */
    void restoreKept();

    @Override
    void close();
}
