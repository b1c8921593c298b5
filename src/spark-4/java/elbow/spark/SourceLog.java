package elbow.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.FileStreamSource.FileEntry;
import org.apache.spark.sql.execution.streaming.runtime.FileStreamSourceLog;
import scala.Option;

/** Which files each micro-batch of a stream was read from, as its checkpoint says. */
public final class SourceLog {
    /** Where a checkpoint has the log of its only source. */
    private static final String PLACE = "sources/0";

    private final FileStreamSourceLog log;

    /** Of a stream that has begun. */
    public SourceLog(SparkSession spark, Path checkpoint) {
        log = new FileStreamSourceLog(FileStreamSourceLog.VERSION(), spark, new Path(checkpoint, PLACE).toString());
    }

    /** The URIs of a micro-batch's files; empty if the checkpoint knows no such micro-batch. */
    public Optional<List<String>> files(long microBatch) {
        Option<FileEntry[]> entries = log.get(microBatch);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        // From time to time a log has all that came before, too.
        return Optional.of(Arrays.stream(entries.get())
                .filter(entry -> entry.batchId() == microBatch)
                .map(FileEntry::path)
                .toList());
    }
}
