package elbow.job.cluster;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.failure.NoExecutor;
import elbow.job.console.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after work that waits because the cluster has no executor for it: by itself Spark waits for one without a word,
 * and for ever. A wait is told after a minute, and when it is over; with the setting {@value NoExecutor#SETTING} it
 * ends after so long, and the work that waits fails as {@link NoExecutor} says. Without the setting nothing is ended: a
 * queue may be full for hours.
 */
public final class ExecutorWatch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExecutorWatch.class);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration TOLD = Duration.ofMinutes(1);

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "elbow-executor-watch");
        thread.setDaemon(true);
        return thread;
    });

    private ExecutorWatch() {}

    /**
     * Watches over a run's Spark until it is closed; does nothing on a Spark that is one process.
     *
     * @param most as {@link #most} says
     */
    public static ExecutorWatch over(SparkContext spark, Optional<Duration> most, Console console) {
        ExecutorWatch watch = new ExecutorWatch();
        if (!spark.isLocal()) {
            WaitForExecutors wait = new WaitForExecutors(new ByStatus(spark), TOLD, most, line -> {
                LOGGER.warn("{}", line);
                console.warning(line);
            });
            Future<?> unused = watch.looks.scheduleWithFixedDelay(
                    () -> look(wait), STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    /**
     * How long a run waits for an executor, as Spark's settings say.
     *
     * @return empty if for as long as it takes
     * @throws ElbowException of category USAGE if the setting is no time, or less than a second
     */
    public static Optional<Duration> most(SparkConf settings) {
        if (!settings.contains(NoExecutor.SETTING)) {
            return Optional.empty();
        }
        String rule = NoExecutor.SETTING + " must be a time of at least a second, such as 30min, but is "
                + settings.get(NoExecutor.SETTING);
        try {
            Duration most = Duration.ofSeconds(settings.getTimeAsSeconds(NoExecutor.SETTING));
            if (most.toSeconds() < 1) {
                throw new ElbowException(ErrorCategory.USAGE, rule);
            }
            return Optional.of(most);
        } catch (NumberFormatException e) {
            throw new ElbowException(ErrorCategory.USAGE, rule, e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private static void look(WaitForExecutors wait) {
        try {
            wait.look(System.nanoTime());
        } catch (RuntimeException e) {
            // Spark is ending, or has ended; work that goes on is looked at again.
            LOGGER.debug("could not look for executors", e);
        }
    }

    /** A cluster as Spark's own status has it. */
    private record ByStatus(SparkContext spark) implements WaitForExecutors.Cluster {
        // The driver is one of those that Spark lists.
        @Override
        public boolean hasExecutor() {
            return spark.statusTracker().getExecutorInfos().length > 1;
        }

        @Override
        public boolean hasWork() {
            return spark.statusTracker().getActiveJobIds().length > 0;
        }

        @Override
        public void cancel(String reason) {
            for (int job : spark.statusTracker().getActiveJobIds()) {
                spark.cancelJob(job, reason);
            }
        }
    }
}
