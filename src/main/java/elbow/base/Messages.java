package elbow.base;

import java.util.Objects;

/** What messages are made of. */
public final class Messages {
    private Messages() {}

    /** The first line of the failure's message, or the name of the exception if it has none. */
    public static String firstLine(Throwable failure) {
        return Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName())
                .strip()
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }
}
