package elbow.train.averaging;

/** What becomes of the replicas' optimizer moments between two rounds. */
public enum MomentMerge {
    /** Averaged as the parameters are; the optimizer's count goes on. */
    AVERAGE,
    /** Every replica begins each round with moments of zero, and counts its steps anew. */
    RESET
}
