package elbow.use;

import elbow.base.Check;
import elbow.base.Parameter;
import java.util.Optional;

/**
 * What rows are made.
 *
 * @param rows how many, at least 1
 * @param seed of their noise
 * @param take what their values are
 * @param gaps whether values are missing
 * @param where a condition in SQL that every row fulfils; empty: none
 * @param candidates draws from the prior that rows of a condition are taken from, at least 1
 * @param partitions of the result; 0: as many as fit the cluster
 */
public record GenerationPlan(
        long rows, long seed, Take take, GapPolicy gaps, Optional<String> where, int candidates, int partitions) {
    /** The most candidates: what the driver keeps of each is 8 bytes. */
    public static final int MOST_CANDIDATES = 1 << 24;

    /** Candidates by default. */
    public static final int USUAL_CANDIDATES = 1 << 16;

    /** Which values of rows that are made are missing. */
    public enum GapPolicy {
        /** None. */
        NONE,
        /**
         * As many of each column as in the training rows, independent of all values: the model does not say which rows
         * lack what.
         */
        AS_IN_TRAINING
    }

    public GenerationPlan {
        Check.usage(rows >= 1, Parameter.ROWS, "be at least 1", rows);
        Check.usage(
                candidates >= 1 && candidates <= MOST_CANDIDATES,
                Parameter.CANDIDATES,
                "lie in 1.." + MOST_CANDIDATES,
                candidates);
        Check.argument(partitions >= 0, "partitions", "be at least 0", partitions);
    }

    /** Draws without gaps and conditions. */
    public GenerationPlan(long rows, long seed) {
        this(rows, seed, Take.DRAWN, GapPolicy.NONE, Optional.empty(), USUAL_CANDIDATES, 0);
    }
}
