package elbow.base;

import java.io.Serial;

/**
 * A run that cannot go on, for a reason its user can act on. The message says what, the rule, the value found and
 * where. A bad argument of a method is an {@link IllegalArgumentException} instead.
 */
public final class ElbowException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCategory category;

    public ElbowException(ErrorCategory category, String message) {
        super(message);
        this.category = category;
    }

    public ElbowException(ErrorCategory category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** Which kind of failure this is; decides the exit code. */
    public ErrorCategory category() {
        return category;
    }
}
