package elbow.failure;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a cluster has given a run no executor for as long as the run was to wait for one. Whoever finds it cancels the
 * jobs that wait; Spark hands the {@linkplain #reason reason} on to whoever waits for them.
 */
public final class NoExecutor {
    /** Spark's setting that says for how long a run waits for an executor. */
    public static final String SETTING = "spark.elbow.no-executor-timeout";

    private static final Pattern REASON = Pattern.compile("no executor for (\\d+) s, " + Pattern.quote(SETTING));

    private NoExecutor() {}

    /** What a job is cancelled for after so long a wait. */
    public static String reason(Duration waited) {
        return "no executor for " + waited.toSeconds() + " s, " + SETTING;
    }

    static Optional<ElbowException> find(FailureChain failure) {
        return failure.lineWith(SETTING)
                .map(REASON::matcher)
                .filter(Matcher::find)
                .map(reason -> failure.as(
                        ErrorCategory.PLATFORM,
                        "the cluster could not do the work: it has given no executor for " + reason.group(1)
                                + " s, and " + SETTING + " lets the run wait no longer: its queue is full, its workers"
                                + " are gone, or none has room for what an executor asks for (",
                        Parameter.EXECUTOR_MEMORY,
                        ")"));
    }
}
