package elbow.data.table;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.util.Optional;

/** Turns what Spark throws over bad input into an error that names the file and the fault. */
public final class InputErrors {

    private InputErrors() {}

    /**
     * The {@link ElbowException} that {@code failure} stands for: the one among its causes, or a new one with what is
     * known of it, of category INPUT for a damaged, changed or unreadable file; any other failure comes back as it is.
     * Spark reads lazily, so that whoever runs the first job over an input meets its faults.
     */
    public static RuntimeException translate(Exception failure) {
        Optional<ElbowException> known = KnownFailures.of(failure);
        if (known.isPresent()) {
            return known.get();
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /**
     * What is known of a failure wherever it came from: the {@link ElbowException} among its causes, or one that says
     * what happened to Spark, its machines or their disks; of a job of Spark also what {@link #translate} knows.
     */
    public static Optional<ElbowException> known(Throwable failure) {
        return KnownFailures.isSparks(failure) ? KnownFailures.of(failure) : KnownFailures.ofMachines(failure);
    }

    /** Bad input, told by the parts of a {@link Message}. */
    public static ElbowException input(Object... message) {
        return new ElbowException(ErrorCategory.INPUT, Message.of(message));
    }

    /** A row with a value that its column cannot have. */
    public static BadValueException badValue(String message) {
        return new BadValueException(message);
    }

    /** Bad usage, told by the parts of a {@link Message}. */
    public static ElbowException usage(Object... message) {
        return new ElbowException(ErrorCategory.USAGE, Message.of(message));
    }

    /** {@code text} in quotes, cut if it is long, on one line. */
    public static String quote(String text) {
        return Message.quote(text);
    }

    /** Whether what a library throws says that a file is damaged, or not what its name says. */
    public static boolean isDamage(Throwable cause) {
        return KnownFailures.isDamage(cause);
    }

    /** The first line of what Spark says, without its codes and suggestions. */
    public static String plain(Throwable failure) {
        return KnownFailures.plain(failure);
    }
}
