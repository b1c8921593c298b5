package elbow.tune;

/** A search was asked to stop, and has. */
public final class TuningStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TuningStoppedException() {
        super("the search was asked to stop");
    }
}
