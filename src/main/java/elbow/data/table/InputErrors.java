package elbow.data.table;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;

/** Errors about input, which name the file, the column or the value, the rule and what was found. */
public final class InputErrors {

    private InputErrors() {}

    /** Bad input, said by the parts of a {@link Message}. */
    public static ElbowException input(Object... message) {
        return new ElbowException(ErrorCategory.INPUT, Message.of(message));
    }

    /** A row with a value that its column cannot have. */
    public static BadValueException badValue(String message) {
        return new BadValueException(message);
    }

    /** Bad usage, said by the parts of a {@link Message}. */
    public static ElbowException usage(Object... message) {
        return new ElbowException(ErrorCategory.USAGE, Message.of(message));
    }

    /** {@code text} in quotes, cut if it is long, on one line. */
    public static String quote(String text) {
        return Message.quote(text);
    }
}
