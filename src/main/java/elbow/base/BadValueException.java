package elbow.base;

import java.io.Serial;

/** A row has a value that its column cannot have; the message names column, rule and value. */
public final class BadValueException extends ElbowException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The error, which has the category INPUT. */
    public BadValueException(String message) {
        super(ErrorCategory.INPUT, message);
    }
}
