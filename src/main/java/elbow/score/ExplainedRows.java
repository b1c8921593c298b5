package elbow.score;

/** Which rows are explained. */
public enum ExplainedRows {
    /** Every one. */
    ALL,
    /** Those above the threshold, which costs little where they are few. */
    FLAGGED
}
