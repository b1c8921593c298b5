package elbow.data;

import java.net.URI;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.util.SerializableConfiguration;

/** Refuses a CSV row that Spark could not read: names its file and its line, which is looked for only then. */
final class CsvRowCheck implements UDF2<String, String, Boolean> {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final SerializableConfiguration hadoop;

    CsvRowCheck(int columns, SerializableConfiguration hadoop) {
        this.columns = columns;
        this.hadoop = hadoop;
    }

    @Override
    public Boolean call(String badRow, String file) {
        Path path = new Path(URI.create(file));
        OptionalLong line = CsvLines.find(path, badRow, hadoop.value());
        int found = CsvLines.split(badRow).size();
        String fault = found == columns
                ? "must have values of the types inferred for its columns, but cannot be read"
                : "must have " + columns + " values as the header has, but has " + found;
        throw InputErrors.input("CSV file " + path + ": the row"
                + (line.isPresent() ? " in line " + line.getAsLong() : "") + " " + fault + ": "
                + InputErrors.quote(badRow));
    }
}
