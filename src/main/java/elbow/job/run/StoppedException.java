package elbow.job.run;

/** The run was asked to end, and has. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param left what the run leaves, in words that follow "stopped" */
    StoppedException(String left, Throwable cause) {
        super("stopped" + left, cause);
    }
}
