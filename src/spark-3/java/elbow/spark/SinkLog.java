package elbow.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.FileStreamSinkLog;
import org.apache.spark.sql.execution.streaming.SinkFileStatus;
import scala.Option;

/** Which files each micro-batch of a stream has left, as the directory of its output says. */
public final class SinkLog {
    private final FileStreamSinkLog log;

    /** Of a directory of Spark's, which may not be there yet. */
    public SinkLog(SparkSession spark, Path directory) {
        log = new FileStreamSinkLog(FileStreamSinkLog.VERSION(), spark, directory.toString(), Option.empty());
    }

    /** The last micro-batch that it knows; empty: none. */
    public OptionalLong latest() {
        Option<Object> latest = log.getLatestBatchId();
        return latest.isEmpty() ? OptionalLong.empty() : OptionalLong.of((Long) latest.get());
    }

    /** The URIs of all files. */
    public List<String> files() {
        return paths(log.allFiles());
    }

    /**
     * The URIs of a micro-batch's files, from time to time with all that came before; empty if it knows no such
     * micro-batch.
     */
    public Optional<List<String>> files(long microBatch) {
        Option<SinkFileStatus[]> written = log.get(microBatch);
        return written.isEmpty() ? Optional.empty() : Optional.of(paths(written.get()));
    }

    private static List<String> paths(SinkFileStatus[] files) {
        return Arrays.stream(files).map(SinkFileStatus::path).toList();
    }
}
