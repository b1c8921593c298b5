package elbow.job.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.jspecify.annotations.Nullable;

/** Counts the rows of streams, batch by batch: a query itself remembers its last hundred batches only. */
final class StreamedRows extends StreamingQueryListener {
    private static final String ROWS = "rows";

    /** Events come after one another, and soon; what does not come within this is lost. */
    private static final long SECONDS = 30;

    private final Map<UUID, Long> rows = new HashMap<>();
    private final Set<UUID> ended = new HashSet<>();

    /** The rows, counted where they pass. */
    static Dataset<Row> counted(Dataset<Row> scored) {
        return scored.observe(ROWS, functions.count(functions.lit(1)).as(ROWS));
    }

    /** How many rows a query had that has ended. */
    synchronized long of(StreamingQuery query) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try {
            while (!ended.contains(query.runId()) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.timedWait(this, 100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return rows.getOrDefault(query.runId(), 0L);
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {}

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        @Nullable Row counts = event.progress().observedMetrics().get(ROWS);
        if (counts != null) {
            rows.merge(event.progress().runId(), counts.getLong(0), Long::sum);
        }
    }

    @Override
    public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
        ended.add(event.runId());
        notifyAll();
    }
}
