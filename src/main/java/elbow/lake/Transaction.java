package elbow.lake;

import elbow.base.Check;

/**
 * What a write calls itself: a table takes each once.
 *
 * @param application what writes again and again, such as a stream; has nothing in it that changes from run to run
 * @param version of the write; a later one of the same application has a higher one
 */
public record Transaction(String application, long version) {
    public Transaction {
        Check.argument(!application.isBlank(), "application", "not be blank", application);
        Check.argument(version >= 0, "version", "be at least 0", version);
    }

    /** Both in one text. */
    @Override
    public String toString() {
        return application + "#" + version;
    }
}
