package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.net.BindException;
import java.util.Optional;

/** What happens to Spark and to the machines that it runs on. */
final class SparkFailure {

    private SparkFailure() {}

    static Optional<ElbowException> find(FailureChain failure) {
        return memory(failure)
                .or(() -> start(failure))
                .or(() -> executor(failure))
                .or(() -> stage(failure))
                .or(() -> port(failure));
    }

    /** A run that was stopped: whatever else its tasks say is a consequence. */
    static Optional<ElbowException> cancelled(FailureChain failure) {
        return failure.lineWith(
                        "because SparkContext was shut down",
                        "stopped SparkContext",
                        "LiveListenerBus is stopped",
                        "SparkContext has been shutdown",
                        "as part of cancellation of all jobs")
                .map(line -> failure.as(
                        ErrorCategory.INTERNAL, "the run was interrupted: Spark was stopped while it worked"));
    }

    private static Optional<ElbowException> memory(FailureChain failure) {
        if (failure.lineWith("spark.driver.maxResultSize").isPresent()) {
            return Optional.of(failure.as(
                    ErrorCategory.INTERNAL,
                    "the results of the tasks are larger than the driver takes: raise it with the setting"
                            + " spark.driver.maxResultSize=4g of Spark"));
        }
        return failure.first(OutOfMemoryError.class::isInstance)
                .map(Message::firstLine)
                .or(() -> failure.lineWith(
                        "java.lang.OutOfMemoryError", "bytes of memory, got", "exceeding memory limits"))
                .map(line -> failure.as(
                        ErrorCategory.INTERNAL,
                        "memory ran out: ",
                        line,
                        ": give more to the driver (",
                        Parameter.DRIVER_MEMORY,
                        "), which in local mode is everything, and to executors (",
                        Parameter.EXECUTOR_MEMORY,
                        ")"));
    }

    private static Optional<ElbowException> start(FailureChain failure) {
        return failure.lineWith("Could not parse Master URL", "System memory")
                .filter(line -> !line.contains("System memory") || line.contains("must be at least"))
                .map(line -> failure.as(ErrorCategory.USAGE, "Spark cannot start: " + line));
    }

    private static Optional<ElbowException> executor(FailureChain failure) {
        return failure.lineWith("ExecutorLostFailure", "Executor heartbeat timed out", "worker lost")
                .map(line -> failure.as(
                        ErrorCategory.PLATFORM,
                        "an executor was lost as often as Spark tries again: ",
                        line.replaceFirst(".*ExecutorLostFailure", "ExecutorLostFailure"),
                        ": its own log says why; if it was killed for its memory, give it more (",
                        Parameter.EXECUTOR_MEMORY,
                        ", ",
                        Parameter.MEMORY_OVERHEAD,
                        ")"));
    }

    private static Optional<ElbowException> stage(FailureChain failure) {
        return failure.lineWith("All masters are unresponsive", "failed the maximum allowable number of times")
                .map(line -> failure.as(ErrorCategory.PLATFORM, "the cluster could not do the work: " + line));
    }

    private static Optional<ElbowException> port(FailureChain failure) {
        return failure.first(BindException.class::isInstance)
                .map(cause -> failure.as(
                        ErrorCategory.INTERNAL,
                        "no port could be opened for Spark: " + Message.firstLine(failure.innermost())
                                + ": SPARK_LOCAL_IP=127.0.0.1 keeps it on this machine"));
    }
}
