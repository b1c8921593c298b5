package elbow.job.run;

import elbow.data.rows.AllRows;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsArrived;
import elbow.data.source.RowsInFiles;
import elbow.spark.SinkLog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Holds each micro-batch of a stream against the files that it was read from and those that it has left. */
final class StreamedFiles {
    private final SparkSession spark;
    private final RowsArrived arrived;
    private final SinkLog log;
    private final Path output;
    private final long before;
    private final Set<String> known = new HashSet<>();
    private long last;

    /**
     * For a stream that is about to begin.
     *
     * @param sinkLog of the output
     */
    StreamedFiles(SparkSession spark, ReadRequest input, Path checkpoint, Path output, Path sinkLog) {
        this.spark = spark;
        this.output = output;
        arrived = new RowsArrived(spark, input, checkpoint);
        log = new SinkLog(spark, sinkLog);
        before = log.latest().orElse(-1);
        last = before;
        if (before >= 0) {
            known.addAll(log.files());
        }
    }

    /**
     * Requires that a micro-batch that is through has scored all rows of its files and has written all that it has
     * scored.
     *
     * @throws elbow.base.ElbowException of category INPUT or INTERNAL that has both numbers
     */
    void requireAll(long microBatch, long scored) {
        // The output has it from a run before, which ended before the checkpoint said so.
        if (microBatch <= last) {
            return;
        }
        last = microBatch;
        OptionalLong expected = arrived.of(microBatch);
        AllRows.requireRead("micro-batch " + microBatch + " of the stream", expected, scored);
        Optional<List<String>> written = log.files(microBatch);
        if (expected.isPresent() && written.isPresent()) {
            List<String> files = written.get().stream().filter(known::add).toList();
            AllRows.requireWritten(output.toString(), scored, RowsInFiles.ofParquet(spark, files));
        }
    }
}
