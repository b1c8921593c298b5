package elbow.data.source;

import elbow.data.listing.InputFiles;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * How many rows files say that they have, without a look at the rows: to be held against how many were read. Whoever
 * has set Spark to skip damaged files ({@code spark.sql.files.ignoreCorruptFiles}) learns of it here alone.
 */
public final class RowsInFiles {
    /** Files that one task looks at, at least: it takes a millisecond or a few for each. */
    private static final int FILES_OF_A_TASK = 8;

    private RowsInFiles() {}

    /**
     * The rows of all files of a request, bad ones included.
     *
     * @return empty where nothing says it, or not all rows are asked for. Parquet and ORC say it at their ends, IDX at
     *     its start, Avro block by block, and files of images have one row each; of other formats, and of tables, it is
     *     what their readers have given, if the request is {@link ReadRequest#countedBy} somebody and has been read
     * @throws elbow.base.ElbowException of category INPUT if a file is not there any more, or damaged where it says it
     */
    public static OptionalLong of(SparkSession spark, ReadRequest request) {
        if (request.where().isPresent()) {
            return OptionalLong.empty();
        }
        if (request.format().isOfTables()) {
            return counted(request);
        }
        Configuration hadoop = spark.sessionState().newHadoopConf();
        InputFiles input = InputFiles.resolve(request.inputs(), hadoop);
        DataFormat format =
                request.format() == DataFormat.AUTO ? FormatDetector.detect(input.files(), hadoop) : request.format();
        List<String> files = input.files().stream().map(Path::toString).toList();
        return switch (format) {
            case PARQUET, ORC, AVRO -> OptionalLong.of(stated(spark, files, format, hadoop));
            case IMAGE -> OptionalLong.of(files.size());
            case IDX -> OptionalLong.of(atTheirStarts(files, hadoop));
            default -> counted(request);
        };
    }

    private static OptionalLong counted(ReadRequest request) {
        return request.counts().map(RowsRead::total).orElse(OptionalLong.empty());
    }

    /** The rows of the Parquet files in a directory that a run has written. */
    public static long written(SparkSession spark, Path directory) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<String> files = InputFiles.resolve(List.of(directory.toString()), hadoop).files().stream()
                .map(Path::toString)
                .toList();
        return stated(spark, files, DataFormat.PARQUET, hadoop);
    }

    /** The bytes of the files in a directory that a run has written. */
    public static long bytesWritten(SparkSession spark, Path directory) {
        InputFiles files = InputFiles.resolve(
                List.of(directory.toString()), spark.sessionState().newHadoopConf());
        return files.listed().stream().mapToLong(InputFiles.InputFile::size).sum();
    }

    /** The rows of Parquet files. */
    public static long ofParquet(SparkSession spark, List<String> files) {
        return files.isEmpty()
                ? 0
                : stated(spark, files, DataFormat.PARQUET, spark.sessionState().newHadoopConf());
    }

    private static long atTheirStarts(List<String> files, Configuration hadoop) {
        long images = 0;
        for (String file : files) {
            try (IdxStream header = IdxChunk.open(new Path(file), hadoop)) {
                images += header.images();
            }
        }
        return images;
    }

    private static long stated(SparkSession spark, List<String> files, DataFormat format, Configuration hadoop) {
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        int tasks = (files.size() + FILES_OF_A_TASK - 1) / FILES_OF_A_TASK;
        try {
            return JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(files, tasks)
                    .map(file -> stated(new Path(file), format, settings.value()))
                    .fold(0L, Long::sum);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.ofReader(e);
        }
    }

    private static long stated(Path file, DataFormat format, Configuration hadoop) throws IOException {
        return switch (format) {
            case PARQUET -> ofParquet(file, hadoop);
            case ORC -> ofOrc(file, hadoop);
            case AVRO -> AvroBlocks.rows(file, hadoop);
            default -> throw new IllegalArgumentException(format + " does not say how many rows it has");
        };
    }

    private static long ofParquet(Path file, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(file, hadoop),
                HadoopReadOptions.builder(hadoop, file).build())) {
            return reader.getRecordCount();
        }
    }

    private static long ofOrc(Path file, Configuration hadoop) throws IOException {
        try (Reader reader = OrcFile.createReader(file, OrcFile.readerOptions(hadoop))) {
            return reader.getNumberOfRows();
        }
    }
}
