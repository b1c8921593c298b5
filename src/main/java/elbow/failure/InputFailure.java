package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file that a run reads. */
public final class InputFailure {
    // What the libraries that read a format throw over a damaged file.
    private static final List<String> DAMAGE =
            List.of("org.apache.parquet.", "org.apache.orc.", "org.apache.avro.", "com.google.protobuf.");

    // What Spark says before anything else of a file that it was reading.
    private static final String[] SPARK_READING = {
        "Encountered error while reading file", "the underlying files have been updated"
    };

    private static final List<String> UNREADABLE = List.of(
            "is not a Parquet file",
            "Could not read footer for file",
            "Malformed ORC file",
            "Not an Avro data file",
            "Could not obtain block",
            "RemoteFileChangedException");

    private InputFailure() {}

    /** The error that a failed read of an input file stands for: what is wrong with it, or a {@link StorageFailure}. */
    public static ElbowException of(String file, IOException failure) {
        return ofReader(new FailureChain(failure, file)).orElseGet(() -> StorageFailure.of("read " + file, failure));
    }

    /**
     * Whether what was thrown while one file was read says that it is damaged, or not what its name says; a file that
     * is gone is not damaged. Only for who has just read it: the JDK's exceptions among these are thrown over other
     * files, too.
     */
    public static boolean isDamage(Throwable cause) {
        return isOfAFormat(cause) || (isOfAnyFile(cause) && !(cause instanceof FileNotFoundException));
    }

    private static boolean isOfAFormat(Throwable cause) {
        return DAMAGE.stream().anyMatch(cause.getClass().getName()::startsWith)
                || UNREADABLE.stream().anyMatch(Message.firstLine(cause)::contains)
                || cause instanceof CompressorException
                || (cause instanceof IOException
                        && (FailureChain.isThrownBy(cause, "org.apache.commons.compress.")
                                || FailureChain.isThrownBy(cause, "org.apache.hadoop.io.compress.")))
                || (cause instanceof IllegalArgumentException
                        && FailureChain.isThrownBy(cause, "org.apache.spark.mllib.util.MLUtils"));
    }

    private static boolean isOfAnyFile(Throwable cause) {
        return cause instanceof EOFException || cause instanceof ZipException || cause instanceof FileNotFoundException;
    }

    /** What is known of a failure of a reader: Spark has been asked for the input and nothing else. */
    static Optional<ElbowException> ofReader(FailureChain failure) {
        return find(failure)
                .or(() -> gone(failure))
                .or(() -> failure.last(cause -> isOfAnyFile(cause) || cause instanceof AnalysisException)
                        .map(cause -> unreadable(failure, failure.located(cause))));
    }

    /** What is known of a failure of any job: a file is at fault if Spark or the library of a format says so. */
    static Optional<ElbowException> find(FailureChain failure) {
        boolean reading = failure.lineWith(SPARK_READING).isPresent();
        return changed(failure)
                .or(() -> reading ? gone(failure) : Optional.empty())
                .or(() -> mismatch(failure))
                .or(() -> damage(failure, reading))
                .or(() -> value(failure));
    }

    private static Optional<ElbowException> changed(FailureChain failure) {
        return failure.last(ChecksumException.class::isInstance)
                .map(cause ->
                        unreadable(failure, failure.located(cause) + ": its checksum file is of another content"));
    }

    private static boolean isOfMissingFile(Throwable cause) {
        return cause instanceof FileNotFoundException
                || (cause instanceof AnalysisException analysed && "PATH_NOT_FOUND".equals(analysed.getErrorClass()));
    }

    private static Optional<ElbowException> gone(FailureChain failure) {
        return failure.last(InputFailure::isOfMissingFile)
                .map(cause -> unreadable(
                        failure,
                        failure.file()
                                .map(file -> file + " is not there, though it was when the run began")
                                .orElseGet(() -> FailureChain.plain(cause))));
    }

    private static Optional<ElbowException> mismatch(FailureChain failure) {
        Optional<ElbowException> column = failure.first(SchemaColumnConvertNotSupportedException.class::isInstance)
                .map(SchemaColumnConvertNotSupportedException.class::cast)
                .map(cause -> unreadable(
                        failure,
                        "column " + cause.getColumn().replaceAll("^\\[|]$", "")
                                + " must have one type in all files, but is " + cause.getLogicalType()
                                + " in the first and " + cause.getPhysicalType() + " in "
                                + failure.file().orElse("another")));
        return column.or(() -> failure.first(cause ->
                        cause.getClass().getName().equals("org.apache.spark.sql.avro.IncompatibleSchemaException"))
                .map(cause -> unreadable(failure, failure.located(cause))));
    }

    private static Optional<ElbowException> damage(FailureChain failure, boolean reading) {
        return failure.last(cause -> isOfAFormat(cause) || (reading && isOfAnyFile(cause)))
                .or(() -> reading ? Optional.of(failure.innermost()) : Optional.empty())
                .map(cause -> unreadable(failure, failure.located(cause)));
    }

    // What SQL makes of a row: only conditions of users have SQL that can fail so.
    private static Optional<ElbowException> value(FailureChain failure) {
        return failure.last(SparkThrowable.class::isInstance)
                .filter(cause -> isOfARow(((SparkThrowable) cause).getErrorClass()))
                .map(cause -> failure.as(
                        ErrorCategory.INPUT,
                        Parameter.WHERE,
                        " must have a value for every row, but has none for one: ",
                        FailureChain.plain(cause)));
    }

    private static boolean isOfARow(@Nullable String code) {
        return code != null
                && code.matches("(DIVIDE_BY_ZERO|CAST_\\w+|ARITHMETIC_OVERFLOW|BINARY_ARITHMETIC_OVERFLOW|"
                        + "INVALID_ARRAY_INDEX\\w*|NUMERIC_VALUE_OUT_OF_RANGE|USER_RAISED_EXCEPTION|"
                        + "INCONSISTENT_BEHAVIOR_CROSS_VERSION\\.\\w+|CANNOT_PARSE_TIMESTAMP)");
    }

    private static ElbowException unreadable(FailureChain failure, String fault) {
        return failure.as(ErrorCategory.INPUT, "the input cannot be read: " + fault);
    }
}
