package elbow.data.source;

import elbow.data.table.InputErrors;
import java.net.URI;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a CSV row that Spark could not read: names its file and its line, which is looked for only
 * then.
 */
final class CsvRowCheck implements UDF2<String, String, String> {
    private static final long serialVersionUID = 2L;

    private final int columns;
    private final char delimiter;
    private final boolean fails;
    private final SerializableConfiguration hadoop;

    /** @param fails whether a bad row is an error, or only described */
    CsvRowCheck(int columns, char delimiter, boolean fails, SerializableConfiguration hadoop) {
        this.columns = columns;
        this.delimiter = delimiter;
        this.fails = fails;
        this.hadoop = hadoop;
    }

    /** The fault; null without a bad row. */
    @Override
    public @Nullable String call(@Nullable String badRow, String file) {
        if (badRow == null) {
            return null;
        }
        int found = CsvLines.split(badRow, delimiter).size();
        String fault = found == columns
                ? "must have values of the types inferred for its columns, but cannot be read"
                : "must have " + columns + " values as the header has, but has " + found;
        if (!fails) {
            return "a CSV row " + fault;
        }
        Path path = new Path(URI.create(file));
        OptionalLong line = CsvLines.find(path, badRow, hadoop.value());
        throw InputErrors.input("CSV file " + path + ": the row"
                + (line.isPresent() ? " in line " + line.getAsLong() : "") + " " + fault + ": "
                + InputErrors.quote(badRow));
    }
}
