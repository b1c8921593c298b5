package elbow.train.averaging;

/** What happens to the replicas' optimizer moments between two rounds. */
public enum MomentMerge {
    /** Averaged like the parameters; the optimizer's step count continues. */
    AVERAGE,
    /** Every replica begins each round with zero moments and a step count of zero. */
    RESET
}
