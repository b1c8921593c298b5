package elbow.job.run;

import elbow.job.run.ScoreRequest.OutputFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How tables are written as files, so that Elbow reads them as they were. */
public final class TableFiles {
    // Fractions of a second as far as there are any.
    private static final String LOCAL_TIMES = "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]";
    private static final String TIMES = LOCAL_TIMES + "XXX";

    private TableFiles() {}

    /**
     * Writes a table.
     *
     * @param table for CSV without arrays, which no field of it holds
     * @param path of a directory that does not exist yet
     */
    public static void write(Dataset<Row> table, OutputFormat format, String path) {
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
