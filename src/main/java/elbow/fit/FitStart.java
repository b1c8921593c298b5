package elbow.fit;

/** How a fit begins where there may be checkpoints of an earlier one. */
public enum FitStart {
    /** From nothing; no checkpoint may be there. */
    NEW,
    /** From nothing; checkpoints that are there are removed. */
    OVERWRITE,
    /** From the newest checkpoint, to the model that the interrupted fit would have come to. */
    RESUME
}
