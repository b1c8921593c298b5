package elbow.job.run;

import elbow.data.rows.AllRows;
import elbow.data.source.RowsInFiles;
import elbow.files.OutputDirectory;
import elbow.job.run.ScoreRequest.OutputFormat;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** How tables are written as files, so that Elbow reads them as they were, and how it is seen that all rows are. */
public final class TableFiles {
    /** What is observed of every table: how many rows it has. */
    public static final String ROWS = "rows";

    // Fractions of a second as far as there are any.
    private static final String LOCAL_TIMES = "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]";
    private static final String TIMES = LOCAL_TIMES + "XXX";

    private TableFiles() {}

    /**
     * Writes a table to where a directory is staged.
     *
     * @param table for CSV without arrays, which no field of it holds
     * @param observed further aggregates over the rows, by name
     * @return what was observed of the rows as they were written: {@link #ROWS}, and the aggregates
     * @throws elbow.base.ElbowException of category INTERNAL if the files do not have these rows
     */
    public static Map<String, Object> write(
            Dataset<Row> table, OutputFormat format, OutputDirectory directory, Column... observed) {
        SparkSession spark = table.sparkSession();
        String output = directory.path().toString();
        Observation observation = new Observation();
        Dataset<Row> counted =
                table.observe(observation, functions.count(functions.lit(1)).as(ROWS), observed);
        try (WriterReport report = WriterReport.of(spark, observation)) {
            write(counted, format, directory.staging().toString());
            Map<String, Object> found = observation.getAsJava();
            long rows = number(found, ROWS).longValue();
            if (format == OutputFormat.PARQUET) {
                AllRows.requireWritten(output, rows, RowsInFiles.written(spark, directory.staging()));
            } else {
                report.requireAll(output, rows, RowsInFiles.bytesWritten(spark, directory.staging()));
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the rows were counted", e);
        }
    }

    /** One of the numbers that were observed. */
    public static Number number(Map<String, Object> observed, String name) {
        return (Number) Objects.requireNonNull(observed.get(name), name);
    }

    private static void write(Dataset<Row> table, OutputFormat format, String path) {
        switch (format) {
            case PARQUET -> table.write().parquet(path);
            case JSON ->
                table.write()
                        .option("timestampFormat", TIMES)
                        .option("timestampNTZFormat", LOCAL_TIMES)
                        .json(path);
            case CSV ->
                table.write()
                        .option("header", true)
                        // Quotes within quotes are doubled, as RFC 4180 has it and Elbow reads it.
                        .option("escape", "\"")
                        // Texts keep their blanks, and times their microseconds.
                        .option("ignoreLeadingWhiteSpace", false)
                        .option("ignoreTrailingWhiteSpace", false)
                        .option("timestampFormat", TIMES)
                        .option("timestampNTZFormat", LOCAL_TIMES)
                        .csv(path);
            case DELTA, ICEBERG -> throw new IllegalArgumentException(format + " is no format of files");
        }
    }
}
