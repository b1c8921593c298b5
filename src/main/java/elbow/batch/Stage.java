package elbow.batch;

/** Points of a run between which it may end without any warning; the next run must cope with every one. */
enum Stage {
    /** The lock is held. */
    LOCKED,
    /** The scores of a partition are written. */
    SCORED,
    /** Its bad rows are, too. */
    SET_ASIDE,
    /** Its report is. */
    REPORTED,
    /** Its entry is in the ledger. */
    COMMITTED,
    /** Obsolete files are deleted. */
    CLEANED,
    /** The metrics are written. */
    MEASURED,
    /** The webhook is called. */
    NOTIFIED;

    /** Receives the stages that a run reaches. */
    interface Listener {
        void reached(Stage stage);
    }
}
