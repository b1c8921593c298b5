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
    private final Optional<Written> written;
    private final Set<String> known = new HashSet<>();
    private long last = -1;

    /** A directory with its log. */
    private record Written(Path output, SinkLog log) {}

    private StreamedFiles(SparkSession spark, ReadRequest input, Path checkpoint, Optional<Written> written) {
        this.spark = spark;
        this.written = written;
        arrived = new RowsArrived(spark, input, checkpoint);
        written.map(Written::log)
                .ifPresent(log -> log.latest().ifPresent(latest -> {
                    last = latest;
                    known.addAll(log.files());
                }));
    }

    /**
     * For a stream that is about to begin.
     *
     * @param sinkLog of the output
     */
    static StreamedFiles toFiles(SparkSession spark, ReadRequest input, Path checkpoint, Path output, Path sinkLog) {
        return new StreamedFiles(
                spark, input, checkpoint, Optional.of(new Written(output, new SinkLog(spark, sinkLog))));
    }

    /** For one that writes to a table, which counts for itself what it is given. */
    static StreamedFiles toTable(SparkSession spark, ReadRequest input, Path checkpoint) {
        return new StreamedFiles(spark, input, checkpoint, Optional.empty());
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
        if (expected.isPresent() && written.isPresent()) {
            Written to = written.get();
            to.log().files(microBatch).ifPresent(files -> {
                List<String> more = files.stream().filter(known::add).toList();
                AllRows.requireWritten(to.output().toString(), scored, RowsInFiles.ofParquet(spark, more));
            });
        }
    }
}
