package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.rows.AllRows;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.command.DataWritingCommandExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.Option;

/**
 * What Spark's writer has written, by the tasks whose files count: for formats whose files do not say how many rows
 * they have.
 */
final class WriterReport implements QueryExecutionListener, AutoCloseable {
    /** Reports come soon after a job, if at all. */
    private static final long SECONDS = 60;

    /**
     * What the writer says.
     *
     * @param rows in all files
     * @param bytes of all files
     */
    private record Written(long rows, long bytes) {}

    private final SparkSession spark;
    private final String observed;
    private final CompletableFuture<Optional<Written>> told = new CompletableFuture<>();

    private WriterReport(SparkSession spark, String observed) {
        this.spark = spark;
        this.observed = observed;
    }

    /** The report on a job that is to begin, distinguished from others by what it observes. */
    static WriterReport of(SparkSession spark, Observation observation) {
        WriterReport report = new WriterReport(spark, observation.name());
        spark.listenerManager().register(report);
        return report;
    }

    @Override
    public void onSuccess(String function, QueryExecution query, long nanoseconds) {
        if (query.observedMetrics().contains(observed)) {
            told.complete(written(query.executedPlan()));
        }
    }

    @Override
    public void onFailure(String function, QueryExecution query, Exception failure) {
        // Who started the job hears of it, too.
    }

    /**
     * Requires that all rows that were made are written, and that the files are there as they were written.
     *
     * @param bytes of the files that are there
     * @throws ElbowException of category INTERNAL that has both numbers
     */
    void requireAll(String output, long scored, long bytes) {
        Written written = awaited()
                .orElseThrow(() -> new ElbowException(
                        ErrorCategory.INTERNAL,
                        "the output must be counted while it is written, but Spark has not said what it wrote to "
                                + output));
        AllRows.requireWritten(output, scored, written.rows());
        if (bytes != written.bytes()) {
            throw new ElbowException(
                    ErrorCategory.INTERNAL,
                    "the output must have the files that were written, but of " + written.bytes() + " bytes in "
                            + output + " there are " + bytes + "; nothing is published");
        }
    }

    private Optional<Written> awaited() {
        try {
            return told.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for what was written", e);
        }
    }

    private static Optional<Written> written(SparkPlan plan) {
        SparkPlan executed = plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan;
        return executed instanceof DataWritingCommandExec writing
                ? Optional.of(new Written(value(writing, "numOutputRows"), value(writing, "numOutputBytes")))
                : Optional.empty();
    }

    private static long value(SparkPlan plan, String metric) {
        Option<SQLMetric> found = plan.metrics().get(metric);
        return found.isEmpty() ? 0 : found.get().value();
    }

    @Override
    public void close() {
        spark.listenerManager().unregister(this);
    }
}
