package elbow.base;

import java.io.Serial;
import java.util.function.UnaryOperator;

/**
 * A run that cannot go on, for a reason its user can act on. The message says what, the rule, the value found and
 * where. A bad argument of a method is an {@link IllegalArgumentException} instead.
 */
public class ElbowException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 2L;

    private final ErrorCategory category;
    private final Message userMessage;

    public ElbowException(ErrorCategory category, String message) {
        this(category, Message.of(message));
    }

    public ElbowException(ErrorCategory category, String message, Throwable cause) {
        this(category, Message.of(message), cause);
    }

    public ElbowException(ErrorCategory category, Message message) {
        super(message.toString());
        this.category = category;
        userMessage = message;
    }

    public ElbowException(ErrorCategory category, Message message, Throwable cause) {
        super(message.toString(), cause);
        this.category = category;
        userMessage = message;
    }

    /**
     * A failure with other words around its own: of the same category, INTERNAL if it has none.
     *
     * @param words makes the new message of the failure's own
     */
    public static ElbowException reworded(RuntimeException failure, UnaryOperator<Message> words) {
        return failure instanceof ElbowException known
                ? new ElbowException(known.category, words.apply(known.userMessage), known)
                : new ElbowException(
                        ErrorCategory.INTERNAL, words.apply(Message.of(Message.firstLine(failure))), failure);
    }

    /** Which kind of failure this is; decides the exit code. */
    public final ErrorCategory category() {
        return category;
    }

    /** The message, for faces that have their own words for parameters; {@link #getMessage} has the API's. */
    public final Message userMessage() {
        return userMessage;
    }
}
