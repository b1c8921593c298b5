package elbow.data.source;

import elbow.data.listing.InputFiles;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import elbow.spark.SourceLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** How many rows the files of a stream's micro-batches have; which files these are its checkpoint says. */
public final class RowsArrived {
    private final SparkSession spark;
    private final SourceLog log;
    private final RowsRead counts;
    private final boolean parquet;

    /**
     * Of a stream that has begun.
     *
     * @param request that {@link DataReader#stream} was asked for, counted by somebody
     */
    public RowsArrived(SparkSession spark, ReadRequest request, Path checkpoint) {
        this.spark = spark;
        log = new SourceLog(spark, checkpoint);
        counts = request.counts().orElseThrow();
        var hadoop = spark.sessionState().newHadoopConf();
        parquet =
                DataReader.streamed(InputFiles.resolve(request.inputs(), hadoop).files(), request, hadoop)
                        == DataFormat.PARQUET;
    }

    /**
     * The rows of a micro-batch's files, by what they say or what their readers have given.
     *
     * @return empty if the checkpoint knows no such micro-batch
     * @throws elbow.base.ElbowException of category INPUT if a file was not read
     */
    public OptionalLong of(long microBatch) {
        Optional<List<String>> known = log.files(microBatch);
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        List<String> files = known.get();
        if (parquet) {
            return OptionalLong.of(RowsInFiles.ofParquet(spark, files));
        }
        RowsRead.MicroBatch read = counts.take(microBatch);
        // Spark opens no file of 0 bytes.
        if (read.files() != files.size() && read.files() != withBytes(files)) {
            throw InputErrors.input("micro-batch " + microBatch + " of the stream must have read "
                    + files.size() + " files to their ends, but has read " + read.files() + ", the first is "
                    + (files.isEmpty() ? "none" : files.get(0)));
        }
        return OptionalLong.of(read.rows());
    }

    private long withBytes(List<String> files) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        return files.stream()
                .map(file -> new Path(URI.create(file)))
                .filter(path -> hasBytes(path, hadoop))
                .count();
    }

    private static boolean hasBytes(Path path, Configuration hadoop) {
        try {
            return path.getFileSystem(hadoop).getFileStatus(path).getLen() > 0;
        } catch (IOException e) {
            throw InputFailure.of(path.toString(), e);
        }
    }
}
