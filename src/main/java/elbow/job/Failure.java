package elbow.job;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.failure.KnownFailures;
import elbow.job.console.Console;
import elbow.job.console.Flags;
import elbow.job.run.Stop;
import elbow.job.run.StoppedException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes a line for the user, a stack trace in the log, and an exit code. */
final class Failure {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    /** Informs the user, logs the failure, and returns the exit code. */
    static int report(Console console, Throwable thrown) {
        LOGGER.error("run failed", thrown);
        // Rows are read as they are used, so that a damaged file shows as a failed Spark job.
        Throwable failure =
                KnownFailures.find(thrown).<Throwable>map(known -> known).orElse(thrown);
        console.error(message(failure));
        console.logFile().ifPresent(file -> console.advise("The full log is in " + file));
        return category(failure).exitCode();
    }

    /**
     * Informs the user of a run that was asked to end, and returns the exit code.
     *
     * @param left what the command leaves then, unless what was thrown says better
     */
    static int stopped(Console console, Throwable thrown, String left) {
        LOGGER.info("stopped", thrown);
        console.error(
                thrown instanceof StoppedException stopped ? String.valueOf(stopped.getMessage()) : "stopped" + left);
        return Stop.EXIT_CODE;
    }

    /** What kind of failure this is: what was said where it was thrown, and a defect where nothing was. */
    static ErrorCategory category(Throwable failure) {
        Optional<ElbowException> foreseen = foreseen(failure);
        if (foreseen.isPresent()) {
            return foreseen.get().category();
        }
        return ErrorCategory.INTERNAL;
    }

    /** One line that says what happened. */
    static String message(Throwable failure) {
        Optional<ElbowException> foreseen = foreseen(failure);
        String text = foreseen.map(failed -> failed.userMessage().text(Flags::of))
                .orElse(Objects.requireNonNullElse(failure.getMessage(), ""));
        String firstLine = text.strip().lines().findFirst().orElse("");
        return foreseen.isPresent()
                ? firstLine
                : "unexpected " + failure.getClass().getSimpleName() + (firstLine.isEmpty() ? "" : ": " + firstLine);
    }

    // Spark wraps what a task throws, sometimes more than once.
    private static Optional<ElbowException> foreseen(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ElbowException foreseen) {
                return Optional.of(foreseen);
            }
        }
        return Optional.empty();
    }
}
