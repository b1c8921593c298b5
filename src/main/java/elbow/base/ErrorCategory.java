package elbow.base;

/**
 * What went wrong, as a scheduler sees it: each category has one exit code, and the codes never change their meaning.
 */
public enum ErrorCategory {
    /** Anything that no other category names: a defect, or a run that was cut off. */
    INTERNAL(1),
    /**
     * Bad usage or configuration: an unknown option or key, a value out of range, a model directory that already
     * exists.
     */
    USAGE(2),
    /** Bad input data: a path that is not there, no rows, a missing column, a column of the wrong type. */
    INPUT(3),
    /** A model that is damaged, of an unknown format version, or does not fit what it is asked to do. */
    MODEL(4),
    /** Training diverged: parameters or ELBO are no longer finite, or the ELBO is far below what it began with. */
    DIVERGED(5),
    /** Another run holds the lock. */
    LOCKED(6),
    /** Everything is scored and written, but the rows are not like those of training, and that was to be a failure. */
    ALARM(7),
    /**
     * The storage or the cluster has failed: a full disk or quota, safe mode, a machine that is gone or does not
     * answer. Nothing is wrong with the run, which may be started again as it was.
     */
    PLATFORM(8),
    /**
     * A model that was trained from another one is worse than that by its gate, and not written; or the next version of
     * a model is written, but not put in force, for another one has come in force meanwhile.
     */
    NOT_PROMOTED(9);

    private final int exitCode;

    ErrorCategory(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a process that fails with this category. */
    public int exitCode() {
        return exitCode;
    }
}
