package elbow.data.table;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.spark.sql.AnalysisException;

/** Turns what Spark throws over bad input into an error that names the file and the fault. */
public final class InputErrors {

    // What the libraries that read a format throw over a damaged file.
    private static final List<String> DAMAGE =
            List.of("org.apache.parquet.", "org.apache.orc.", "org.apache.avro.", "com.google.protobuf.");

    private static final List<String> UNREADABLE = List.of(
            "is not a Parquet file", "Could not read footer for file", "Malformed ORC file", "Not an Avro data file");

    private InputErrors() {}

    /**
     * The {@link ElbowException} that {@code failure} stands for: the one among its causes, or a new one of category
     * INPUT for a damaged or unreadable file; any other failure comes back as it is. Spark reads lazily, so that
     * whoever runs the first job over an input meets its faults.
     */
    public static RuntimeException translate(Exception failure) {
        Throwable fault = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ElbowException ours) {
                return ours;
            }
            fault = isDamage(cause) ? cause : fault;
        }
        if (fault != null) {
            return new ElbowException(
                    ErrorCategory.INPUT, "the input cannot be read: " + context(failure, fault), failure);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
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
        return cause instanceof EOFException
                || cause instanceof ZipException
                || cause instanceof FileNotFoundException
                || cause instanceof AnalysisException
                || DAMAGE.stream().anyMatch(cause.getClass().getName()::startsWith)
                || UNREADABLE.stream().anyMatch(Message.firstLine(cause)::contains)
                || cause instanceof CompressorException
                || (cause instanceof IOException && isOf(cause, "org.apache.commons.compress."))
                || (cause instanceof IllegalArgumentException && isOf(cause, "org.apache.spark.mllib.util.MLUtils"));
    }

    private static boolean isOf(Throwable cause, String thrower) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(call -> call.getClassName().startsWith(thrower));
    }

    // Spark's wrapper names the file, the fault itself often does not.
    private static String context(Throwable failure, Throwable fault) {
        String told = Message.firstLine(fault);
        for (Throwable cause = failure; cause != null && cause != fault; cause = cause.getCause()) {
            String line = Message.firstLine(cause);
            int file = line.indexOf("file:");
            if (file < 0) {
                file = line.indexOf("://");
            }
            if (file >= 0 && !line.startsWith("Job aborted")) {
                return line + " (" + told + ")";
            }
        }
        return told;
    }
}
