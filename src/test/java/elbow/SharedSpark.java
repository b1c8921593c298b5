package elbow;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The one Spark session of a test JVM; it ends with the JVM. */
@NullMarked
public final class SharedSpark {
    private static final String STRICT_CASTS = "spark.sql.ansi.enabled";

    private static final RunningTasks TASKS = new RunningTasks();
    private static @Nullable SparkSession session;

    private SharedSpark() {}

    /** Two task threads, no web interface, loopback only. */
    public static synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[2]")
                    .appName("elbow tests")
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", 2)
                    .config(
                            "spark.sql.warehouse.dir",
                            Path.of("target/warehouse-"
                                            + ProcessHandle.current().pid())
                                    .toUri()
                                    .toString())
                    .getOrCreate();
            session.sparkContext().setLogLevel("ERROR");
            session.sparkContext().addSparkListener(TASKS);
        }
        return session;
    }

    /**
     * Returns when no task runs, if there is a session: a job that failed leaves tasks behind, which write into
     * directories that a test wants to remove.
     *
     * @throws IllegalStateException if tasks still run after half a minute
     */
    public static synchronized void awaitTasks() {
        if (session == null) {
            return;
        }
        try {
            session.sparkContext().listenerBus().waitUntilEmpty();
            if (!TASKS.end(30)) {
                throw new IllegalStateException("tasks of an ended command still run after 30 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs something where Spark fails over a cast of what is no such value (as Spark 4 does), or makes it null. */
    public static void withStrictCasts(boolean strict, Runnable work) {
        session().conf().set(STRICT_CASTS, strict);
        try {
            work.run();
        } finally {
            session().conf().unset(STRICT_CASTS);
        }
    }

    /** Counts the tasks that have started and not ended. */
    private static final class RunningTasks extends SparkListener {
        private int running;

        @Override
        public synchronized void onTaskStart(SparkListenerTaskStart start) {
            running++;
        }

        @Override
        public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
            running--;
            notifyAll();
        }

        synchronized boolean end(long seconds) throws InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (long left = until - System.nanoTime(); running > 0 && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return running == 0;
        }
    }
}
