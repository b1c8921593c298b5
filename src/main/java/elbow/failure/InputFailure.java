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
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file that a run reads. */
public final class InputFailure {
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

    private InputFailure() {}

    /** The error that a failed read of an input file stands for: what is wrong with it, or a {@link StorageFailure}. */
    public static ElbowException of(String file, IOException failure) {
        return find(new FailureChain(failure)).orElseGet(() -> StorageFailure.of("read " + file, failure));
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
                || (cause instanceof IOException
                        && (FailureChain.isThrownBy(cause, "org.apache.commons.compress.")
                                || FailureChain.isThrownBy(cause, "org.apache.hadoop.io.compress.")))
                || (cause instanceof IllegalArgumentException
                        && FailureChain.isThrownBy(cause, "org.apache.spark.mllib.util.MLUtils"));
    }

    static Optional<ElbowException> find(FailureChain failure) {
        return changed(failure)
                .or(() -> gone(failure))
                .or(() -> mismatch(failure))
                .or(() -> condition(failure))
                .or(() -> damage(failure))
                .or(() -> value(failure));
    }

    private static Optional<ElbowException> changed(FailureChain failure) {
        return failure.last(ChecksumException.class::isInstance)
                .map(cause ->
                        unreadable(failure, failure.located(cause) + ": its checksum file is of another content"));
    }

    private static Optional<ElbowException> gone(FailureChain failure) {
        Predicate<Throwable> gone = cause -> cause instanceof FileNotFoundException
                || Message.firstLine(cause).startsWith("[PATH_NOT_FOUND]");
        return failure.last(gone)
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

    private static Optional<ElbowException> condition(FailureChain failure) {
        return failure.first(ParseException.class::isInstance)
                .map(parse ->
                        failure.as(ErrorCategory.USAGE, "a condition is not valid SQL: " + FailureChain.plain(parse)));
    }

    private static Optional<ElbowException> damage(FailureChain failure) {
        return failure.last(InputFailure::isDamage)
                .or(() ->
                        failure.lineWith("Encountered error while reading file").map(line -> failure.innermost()))
                .map(cause -> unreadable(failure, failure.located(cause)));
    }

    // What SQL makes of a row.
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
