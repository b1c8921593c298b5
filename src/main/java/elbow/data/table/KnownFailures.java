package elbow.data.table;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;

/**
 * What the exceptions of Spark, Hadoop and the libraries that read a format stand for: a sentence, the file if one is
 * known, and whose fault it is. Of an executor that is gone only words arrive, so that some are told by these.
 */
final class KnownFailures {
    // What the libraries that read a format throw over a damaged file.
    private static final List<String> DAMAGE =
            List.of("org.apache.parquet.", "org.apache.orc.", "org.apache.avro.", "com.google.protobuf.");

    private static final List<String> UNREADABLE = List.of(
            "is not a Parquet file",
            "Could not read footer for file",
            "Malformed ORC file",
            "Not an Avro data file",
            "Could not obtain block",
            "RemoteFileChangedException");

    private static final Pattern FILE = Pattern.compile("(?<![\\w.])(?:file:|[a-z][a-z0-9+.-]*://)/*[^\\s'\",)]+");

    // Not every cause names its file; these messages do not begin with one.
    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z0-9_.]+] ");
    private static final Pattern AFTER = Pattern.compile(
            "(\\.? Did you mean one of the following\\?.*|; line \\d+ pos \\d+;?.*|\\(line \\d+, pos \\d+\\).*|\\.? SQLSTATE: .*)$");

    private static final String WRITTEN = "what is to be written cannot be: ";

    private final List<Throwable> causes = new ArrayList<>();

    private KnownFailures(Throwable failure) {
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
    }

    /** What Elbow itself has said, or what is known of the machines that it runs on; empty if neither. */
    static Optional<ElbowException> ofMachines(Throwable failure) {
        KnownFailures known = new KnownFailures(failure);
        return known.ours().or(known::machines).or(known::told);
    }

    /** The same, or what is known of the files that a run reads. */
    static Optional<ElbowException> of(Throwable failure) {
        KnownFailures known = new KnownFailures(failure);
        return known.ours().or(known::machines).or(known::input).or(known::told);
    }

    /** Whether Spark had a part in it. */
    static boolean isSparks(Throwable failure) {
        return new KnownFailures(failure).causes.stream().anyMatch(SparkThrowable.class::isInstance);
    }

    /** Whether what a library throws says that a file is damaged, or not what its name says. */
    static boolean isDamage(Throwable cause) {
        return cause instanceof EOFException
                || cause instanceof ZipException
                || cause instanceof FileNotFoundException
                || cause instanceof AnalysisException
                || DAMAGE.stream().anyMatch(cause.getClass().getName()::startsWith)
                || UNREADABLE.stream().anyMatch(Message.firstLine(cause)::contains)
                || cause instanceof CompressorException
                || (cause instanceof IOException
                        && (isOf(cause, "org.apache.commons.compress.")
                                || isOf(cause, "org.apache.hadoop.io.compress.")))
                || (cause instanceof IllegalArgumentException && isOf(cause, "org.apache.spark.mllib.util.MLUtils"));
    }

    /** The first line of what Spark says, without its codes and without columns that no user knows. */
    static String plain(Throwable failure) {
        String line = ERROR_CLASS.matcher(Message.firstLine(failure)).replaceFirst("");
        return AFTER.matcher(line).replaceFirst("").strip();
    }

    private Optional<ElbowException> ours() {
        return causes.stream()
                .filter(ElbowException.class::isInstance)
                .map(ElbowException.class::cast)
                .findFirst();
    }

    private Optional<ElbowException> machines() {
        return cancelled()
                .or(this::store)
                .or(this::full)
                .or(this::memory)
                .or(this::cluster)
                .or(this::denied)
                .or(this::network);
    }

    private Optional<ElbowException> input() {
        return gone().or(this::mismatch).or(this::damage).or(this::value);
    }

    private Optional<ElbowException> cancelled() {
        return says(
                        "because SparkContext was shut down",
                        "stopped SparkContext",
                        "SparkContext has been shutdown",
                        "as part of cancellation of all jobs")
                .map(line -> failure(ErrorCategory.INTERNAL, "the run was cut off: Spark was stopped while it worked"));
    }

    private Optional<ElbowException> store() {
        return says("NoSuchBucket", "bucket does not exist", "UnknownStoreException")
                .map(line -> failure(
                        ErrorCategory.USAGE,
                        "a path must be in a bucket that there is, but is not: "
                                + line.replaceFirst("^.*UnknownStoreException: ", "")));
    }

    private Optional<ElbowException> full() {
        return says("No space left on device", "not enough space on the disk", "Disk quota exceeded", "quota of ")
                .filter(line -> !line.contains("quota of ") || line.contains("exceeded"))
                .map(line -> failure(
                        ErrorCategory.PLATFORM,
                        "a disk is full: " + line + ": make room where the results go and where Spark keeps its own"
                                + " files (spark.local.dir)"));
    }

    private Optional<ElbowException> memory() {
        if (says("spark.driver.maxResultSize").isPresent()) {
            return Optional.of(failure(
                    ErrorCategory.INTERNAL,
                    "the results of the tasks are larger than the driver takes: raise it with --conf"
                            + " spark.driver.maxResultSize=4g"));
        }
        Optional<String> line = first(OutOfMemoryError.class::isInstance)
                .map(Message::firstLine)
                .or(() -> says("java.lang.OutOfMemoryError", "bytes of memory, got", "exceeding memory limits"));
        return line.map(told -> failure(
                ErrorCategory.INTERNAL,
                "memory ran out: ",
                told,
                ": give more to the driver (",
                Parameter.DRIVER_MEMORY,
                "), which in local mode is everything, and to executors (",
                Parameter.EXECUTOR_MEMORY,
                ")"));
    }

    private Optional<ElbowException> cluster() {
        Optional<String> usage = says("Could not parse Master URL", "System memory");
        if (usage.isPresent()) {
            return Optional.of(failure(ErrorCategory.USAGE, "Spark cannot start: " + usage.get()));
        }
        Optional<String> lost = says("ExecutorLostFailure", "Executor heartbeat timed out", "worker lost");
        if (lost.isPresent()) {
            return Optional.of(failure(
                    ErrorCategory.PLATFORM,
                    "an executor was lost as often as Spark tries again: ",
                    lost.get().replaceFirst(".*ExecutorLostFailure", "ExecutorLostFailure"),
                    ": its own log says why; if it was killed for its memory, give it more (",
                    Parameter.EXECUTOR_MEMORY,
                    ", ",
                    Parameter.MEMORY_OVERHEAD,
                    ")"));
        }
        return says("All masters are unresponsive", "failed the maximum allowable number of times", "in safe mode")
                .map(line -> failure(ErrorCategory.PLATFORM, "the cluster could not do the work: " + line));
    }

    private Optional<ElbowException> denied() {
        Optional<String> readOnly = says("Read-only file system", "Mkdirs failed to create");
        if (readOnly.isPresent()) {
            return Optional.of(failure(ErrorCategory.USAGE, WRITTEN + readOnly.get()));
        }
        Predicate<Throwable> denied = cause -> cause instanceof AccessDeniedException
                || cause instanceof AccessControlException
                || Message.firstLine(cause).contains("Permission denied");
        return last(denied).map(cause -> {
            String line = located(cause);
            boolean writing = line.contains("access=WRITE") || isOf(cause, "java.io.FileOutputStream");
            return writing
                    ? failure(ErrorCategory.USAGE, WRITTEN + line)
                    : failure(
                            ErrorCategory.INPUT,
                            "a file or directory must be readable by this user, but is not: " + line);
        });
    }

    private Optional<ElbowException> network() {
        if (first(BindException.class::isInstance).isPresent()) {
            return Optional.of(failure(
                    ErrorCategory.INTERNAL,
                    "no port could be opened for Spark: " + Message.firstLine(causes.get(causes.size() - 1))
                            + ": SPARK_LOCAL_IP=127.0.0.1 keeps it on this machine"));
        }
        Predicate<Throwable> unreachable = cause -> cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException;
        return last(unreachable)
                .map(cause -> failure(
                        ErrorCategory.PLATFORM,
                        "another machine could not be reached: "
                                + (cause instanceof UnknownHostException ? "no such host: " : "")
                                + Message.firstLine(cause)));
    }

    // Elbow's own words about a file.
    private Optional<ElbowException> told() {
        return first(cause -> cause instanceof UncheckedIOException
                        && Message.firstLine(cause).startsWith("could not "))
                .map(cause -> failure(ErrorCategory.PLATFORM, Message.firstLine(cause)));
    }

    private Optional<ElbowException> gone() {
        Optional<ElbowException> changed = last(ChecksumException.class::isInstance)
                .map(cause -> damaged(located(cause) + ": its checksum file is of another content"));
        Predicate<Throwable> gone = cause -> cause instanceof FileNotFoundException
                || Message.firstLine(cause).startsWith("[PATH_NOT_FOUND]");
        return changed.or(() -> last(gone)
                .map(cause -> damaged(file().map(file -> file + " is not there, though it was when the run began")
                        .orElseGet(() -> plain(cause)))));
    }

    private Optional<ElbowException> mismatch() {
        Optional<ElbowException> column = first(SchemaColumnConvertNotSupportedException.class::isInstance)
                .map(SchemaColumnConvertNotSupportedException.class::cast)
                .map(cause -> damaged("column " + cause.getColumn().replaceAll("^\\[|]$", "")
                        + " must have one type in all files, but is " + cause.getLogicalType() + " in the first and "
                        + cause.getPhysicalType() + " in " + file().orElse("another")));
        return column.or(() -> first(cause ->
                        cause.getClass().getName().equals("org.apache.spark.sql.avro.IncompatibleSchemaException"))
                .map(cause -> damaged(located(cause))));
    }

    private Optional<ElbowException> damage() {
        Optional<Throwable> parse = first(ParseException.class::isInstance);
        if (parse.isPresent()) {
            return Optional.of(failure(ErrorCategory.USAGE, "a condition is no SQL: " + plain(parse.get())));
        }
        return last(KnownFailures::isDamage)
                .or(() -> says("Encountered error while reading file").map(line -> causes.get(causes.size() - 1)))
                .map(cause -> damaged(located(cause)));
    }

    // What SQL makes of a row.
    private Optional<ElbowException> value() {
        return last(SparkThrowable.class::isInstance)
                .filter(cause -> isOfARow(((SparkThrowable) cause).getErrorClass()))
                .map(cause -> failure(
                        ErrorCategory.INPUT,
                        Parameter.WHERE,
                        " must have a value for every row, but has none for one: ",
                        plain(cause)));
    }

    private static boolean isOfARow(@org.jspecify.annotations.Nullable String code) {
        return code != null
                && code.matches("(DIVIDE_BY_ZERO|CAST_\\w+|ARITHMETIC_OVERFLOW|BINARY_ARITHMETIC_OVERFLOW|"
                        + "INVALID_ARRAY_INDEX\\w*|NUMERIC_VALUE_OUT_OF_RANGE|USER_RAISED_EXCEPTION|"
                        + "INCONSISTENT_BEHAVIOR_CROSS_VERSION\\.\\w+|CANNOT_PARSE_TIMESTAMP)");
    }

    private ElbowException damaged(String how) {
        return failure(ErrorCategory.INPUT, "the input cannot be read: " + how);
    }

    private ElbowException failure(ErrorCategory category, Object... message) {
        return new ElbowException(category, Message.of(message), causes.get(0));
    }

    private Optional<Throwable> first(Predicate<Throwable> is) {
        return causes.stream().filter(is).findFirst();
    }

    private Optional<Throwable> last(Predicate<Throwable> is) {
        return causes.stream().filter(is).reduce((former, later) -> later);
    }

    // The line that has one of these words, of the innermost cause with them.
    private Optional<String> says(String... words) {
        List<Throwable> inside = new ArrayList<>(causes);
        Collections.reverse(inside);
        return inside.stream()
                .flatMap(cause -> String.valueOf(cause.getMessage()).lines())
                .filter(line -> Arrays.stream(words).anyMatch(line::contains))
                .map(String::strip)
                .findFirst();
    }

    private Optional<String> file() {
        List<Throwable> inside = new ArrayList<>(causes);
        Collections.reverse(inside);
        for (Throwable cause : inside) {
            String line = Message.firstLine(cause);
            Matcher file = FILE.matcher(line);
            boolean ofInput = !line.startsWith("Job aborted") && !line.contains("while writing");
            if (ofInput && file.find()) {
                return Optional.of(file.group().replaceFirst("[.:;\\]]+$", ""));
            }
        }
        return Optional.empty();
    }

    // Spark's wrapper names the file, the fault itself often does not.
    private String located(Throwable fault) {
        String told = plain(fault);
        return told.startsWith("/") || FILE.matcher(told).find()
                ? told
                : file().map(file -> file + ": " + told).orElse(told);
    }

    private static boolean isOf(Throwable cause, String thrower) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(call -> call.getClassName().startsWith(thrower));
    }
}
