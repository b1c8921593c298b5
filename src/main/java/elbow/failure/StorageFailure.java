package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.security.AccessControlException;

/** What a file system fails at. */
public final class StorageFailure {
    private static final String WRITTEN = "what is to be written cannot be: ";

    private StorageFailure() {}

    /**
     * The error that a call of a file system stands for: of category USAGE or INPUT where the user may not write or
     * read, or the bucket does not exist, and else of PLATFORM, since the same call may succeed another time.
     *
     * @param action what could not be done, with its place: "write file:/models/m/manifest.json"
     */
    public static ElbowException of(String action, IOException failure) {
        Optional<ElbowException> known = find(new FailureChain(failure));
        return new ElbowException(
                known.map(ElbowException::category).orElse(ErrorCategory.PLATFORM),
                Message.of(
                        "could not " + action + ": ",
                        known.<Object>map(ElbowException::userMessage).orElseGet(() -> Message.firstLine(failure))),
                failure);
    }

    /**
     * Whether a file system fails at what it may do another time: it is full, in safe mode, or does not answer. Not
     * where the user may not do it, and not where nothing is known of the failure.
     */
    public static boolean mayPass(IOException failure) {
        return find(new FailureChain(failure))
                .filter(known -> known.category() == ErrorCategory.PLATFORM)
                .isPresent();
    }

    /** Whether the file system says that this user may not do it. */
    public static boolean isDenied(Throwable cause) {
        return cause instanceof AccessDeniedException || cause instanceof AccessControlException;
    }

    static Optional<ElbowException> find(FailureChain failure) {
        return bucket(failure)
                .or(() -> full(failure))
                .or(() -> safeMode(failure))
                .or(() -> denied(failure))
                .or(() -> network(failure));
    }

    private static Optional<ElbowException> bucket(FailureChain failure) {
        return failure.lineWith("NoSuchBucket", "bucket does not exist", "UnknownStoreException")
                .map(line -> failure.as(
                        ErrorCategory.USAGE,
                        "a path must be in a bucket that exists, but is not: "
                                + line.replaceFirst("^.*UnknownStoreException: ", "")));
    }

    private static Optional<ElbowException> full(FailureChain failure) {
        return failure.lineWith(
                        "No space left on device",
                        "not enough space on the disk",
                        "Disk quota exceeded",
                        "quota of ",
                        "NameSpace quota ")
                .filter(line -> !line.contains("quota ") || line.contains("exceeded"))
                .map(line -> failure.as(
                        ErrorCategory.PLATFORM,
                        "a disk is full: " + line + ": make room where the results go and where Spark keeps its own"
                                + " files (spark.local.dir)"));
    }

    private static Optional<ElbowException> safeMode(FailureChain failure) {
        return failure.lineWith("in safe mode")
                .map(line -> failure.as(ErrorCategory.PLATFORM, "the file system takes no changes now: " + line));
    }

    private static Optional<ElbowException> denied(FailureChain failure) {
        Optional<String> readOnly = failure.lineWith("Read-only file system", "Mkdirs failed to create");
        if (readOnly.isPresent()) {
            return Optional.of(failure.as(ErrorCategory.USAGE, WRITTEN + readOnly.get()));
        }
        Predicate<Throwable> denied =
                cause -> isDenied(cause) || Message.firstLine(cause).contains("Permission denied");
        return failure.last(denied).map(cause -> {
            String line = failure.located(cause);
            boolean writing =
                    line.contains("access=WRITE") || FailureChain.isThrownBy(cause, "java.io.FileOutputStream");
            return writing
                    ? failure.as(ErrorCategory.USAGE, WRITTEN + line)
                    : failure.as(
                            ErrorCategory.INPUT,
                            "a file or directory must be readable by this user, but is not: " + line);
        });
    }

    private static Optional<ElbowException> network(FailureChain failure) {
        Predicate<Throwable> unreachable = cause -> cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException;
        return failure.last(unreachable)
                .map(cause -> failure.as(
                        ErrorCategory.PLATFORM,
                        "another machine could not be reached: "
                                + (cause instanceof UnknownHostException ? "no such host: " : "")
                                + Message.firstLine(cause)));
    }
}
