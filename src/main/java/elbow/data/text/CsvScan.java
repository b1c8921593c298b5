package elbow.data.text;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a task makes of CSV.
 *
 * @param format of the files
 * @param columns that are asked for
 * @param faults what happens to records that are wrong
 */
public record CsvScan(CsvFormat format, List<CsvColumn> columns, Faults faults) implements Serializable {
    public static final String WHAT = "CSV file";

    private static final String SEPARATOR = "\n";

    /** What happens to records that are wrong. */
    public enum Faults {
        /** They end the run. */
        FAIL,
        /** A record of a wrong form ends the run; wrong values do so if their row is still there later. */
        FAIL_LATER,
        /** They are marked. */
        MARKED
    }

    public CsvScan {
        columns = List.copyOf(columns);
    }

    public StructType schema() {
        return new StructType(columns.stream().map(CsvColumn::field).toArray(StructField[]::new));
    }

    /** All that {@link #failLater} needs to know, as one text. */
    static String packed(TextFile file, long offset, String fault, String record) {
        return String.join(SEPARATOR, fault, file.uri(), file.encoding(), Long.toString(offset), record);
    }

    /** Fails over a fault that is not null. */
    public static UDF1<String, Boolean> failLater(Configuration hadoop) {
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        return packed -> failLater(packed, settings);
    }

    private static boolean failLater(@Nullable String packed, SerializableConfiguration hadoop) {
        if (packed == null) {
            return true;
        }
        String[] parts = packed.split(SEPARATOR, 5);
        TextFile file = TextFile.of(
                WHAT, new Path(URI.create(parts[1])), Optional.of(Charset.forName(parts[2])), hadoop.value());
        throw TextErrors.badRecord(file, Long.parseLong(parts[3]), "", parts[0], parts[4], hadoop.value());
    }
}
