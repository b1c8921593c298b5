package elbow.job.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the process has been asked to end, by Ctrl-C or SIGTERM. Training comes to the end of its round and leaves a
 * checkpoint; everything else is cancelled. The JVM then ends with the exit code that belongs to the signal.
 */
public final class Stop {
    /** The exit code of a command that was stopped; a process ends with that of its signal. */
    public static final int EXIT_CODE = 130;

    // Hadoop's hooks run one after the other by priority: this one before Spark's, which is at 40 and stops everything.
    private static final int PRIORITY = 50;

    // Kubernetes kills 30 s after its SIGTERM: a round gets most of that.
    private static final long ROUND_SECONDS = 15;
    private static final long ALL_SECONDS = 25;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile boolean inRounds;

    /** Whether the run is to end. */
    public boolean isRequested() {
        return requested;
    }

    /** Asks the run to end. */
    public void ask() {
        requested = true;
    }

    /** The run is over: nothing waits for it any more. */
    public void ended() {
        ended.countDown();
    }

    /** Listens to the signals that end the process. */
    void listen(SparkSession spark) {
        ShutdownHookManager.get().addShutdownHook(() -> end(spark), PRIORITY, ALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Rounds begin, each of which ends with a look at {@link #isRequested}. */
    void enterRounds() {
        inRounds = true;
    }

    /** Rounds are over. */
    void leaveRounds() {
        inRounds = false;
    }

    // What was running sees it as a failure, cleans up, and ends.
    private void end(SparkSession spark) {
        long start = System.nanoTime();
        try {
            while (!ended.await(requested ? 200 : 0, TimeUnit.MILLISECONDS)) {
                ask();
                boolean patient = inRounds && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(ROUND_SECONDS);
                if (!patient) {
                    cancel(spark);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(SparkSession spark) {
        try {
            for (@Nullable StreamingQuery query : spark.streams().active()) {
                if (query != null) {
                    query.stop();
                }
            }
            spark.sparkContext().cancelAllJobs();
        } catch (Exception e) {
            // It is ending, or has ended, by itself.
            logger().debug("could not cancel", e);
        }
    }

    // Help is printed where there is no Spark, and so no logging.
    private static Logger logger() {
        return LoggerFactory.getLogger(Stop.class);
    }
}
