package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failure with its causes, from the outermost to the innermost, and what can be found out from them. Of an executor
 * that is gone only words arrive, so that some failures are recognized by these.
 */
final class FailureChain {
    private static final Pattern FILE = Pattern.compile("(?<![\\w.])(?:file:|[a-z][a-z0-9+.-]*://)/*[^\\s'\",)]+");

    // Not every cause names its file; these messages do not begin with one.
    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+] ");
    private static final Pattern AFTER = Pattern.compile(
            "(\\.? Did you mean one of the following\\?.*|; line \\d+ pos \\d+;?.*|\\(line \\d+, pos \\d+\\).*|\\.? SQLSTATE: .*)$");

    private final List<Throwable> causes = new ArrayList<>();

    private final Optional<String> read;

    FailureChain(Throwable failure) {
        this(failure, Optional.empty());
    }

    /** @param read the file that was read, unless a cause names another */
    FailureChain(Throwable failure, String read) {
        this(failure, Optional.of(read));
    }

    private FailureChain(Throwable failure, Optional<String> read) {
        this.read = read;
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
    }

    /** The first line of a message, without Spark's codes and without columns that no user knows. */
    static String plain(Throwable failure) {
        if (failure instanceof EOFException && failure.getMessage() == null) {
            return "it is cut off, or damaged";
        }
        String line = ERROR_CLASS.matcher(Message.firstLine(failure)).replaceFirst("");
        return AFTER.matcher(line).replaceFirst("").strip();
    }

    /** Whether a class whose name begins so had a part in it. */
    static boolean isThrownBy(Throwable cause, String className) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(call -> call.getClassName().startsWith(className));
    }

    /** What Elbow itself has found. */
    Optional<ElbowException> ofElbow() {
        return first(ElbowException.class::isInstance).map(ElbowException.class::cast);
    }

    Optional<Throwable> first(Predicate<Throwable> condition) {
        return causes.stream().filter(condition).findFirst();
    }

    Optional<Throwable> last(Predicate<Throwable> condition) {
        return causes.stream().filter(condition).reduce((former, later) -> later);
    }

    Throwable innermost() {
        return causes.get(causes.size() - 1);
    }

    /** The line that has one of these words, of the innermost cause with them. */
    Optional<String> lineWith(String... words) {
        return fromInside().stream()
                .flatMap(cause -> String.valueOf(cause.getMessage()).lines())
                .filter(line -> Arrays.stream(words).anyMatch(line::contains))
                .map(String::strip)
                .findFirst();
    }

    /** The file that was read. */
    Optional<String> file() {
        for (Throwable cause : fromInside()) {
            String line = Message.firstLine(cause);
            Matcher file = FILE.matcher(line);
            boolean ofInput = !line.startsWith("Job aborted") && !line.contains("while writing");
            if (ofInput && file.find()) {
                return Optional.of(file.group().replaceFirst("[.:;\\]]+$", ""));
            }
        }
        return read;
    }

    /** What a cause says, after the file: Spark's wrapper names it, the fault itself often does not. */
    String located(Throwable cause) {
        String text = plain(cause);
        return text.startsWith("/") || FILE.matcher(text).find()
                ? text
                : file().map(file -> file + ": " + text).orElse(text);
    }

    /** The exception for the user, with this failure as its cause. */
    ElbowException as(ErrorCategory category, Object... message) {
        return new ElbowException(category, Message.of(message), causes.get(0));
    }

    private List<Throwable> fromInside() {
        List<Throwable> inside = new ArrayList<>(causes);
        Collections.reverse(inside);
        return inside;
    }
}
