package elbow.train.checkpoint;

/** Training was asked to stop, and has: a checkpoint of its last round is written. */
public final class TrainingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int round;

    TrainingStoppedException(int round) {
        super("stopped on request after round " + round);
        this.round = round;
    }

    /** Rounds finished. */
    public int round() {
        return round;
    }
}
