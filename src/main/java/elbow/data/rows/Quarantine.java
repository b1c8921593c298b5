package elbow.data.rows;

import elbow.base.Parameter;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a run sets bad rows aside, as Parquet with the columns {@code reason, source_file, row}. */
public final class Quarantine {
    private final OutputDirectory output;

    /**
     * A directory to set bad rows aside in.
     *
     * @param ifExists what happens to bad rows that are already there; anything else there is an error
     * @throws elbow.base.ElbowException of category USAGE if nothing can be written there
     */
    public Quarantine(String uri, IfExists ifExists, Configuration hadoop) {
        output = new OutputDirectory(Parameter.QUARANTINE.name(), uri, OutputDirectory.SPARK_MARKER, ifExists, hadoop);
    }

    /** Where they will be. */
    public OutputDirectory output() {
        return output;
    }

    /**
     * Publishes the bad rows of {@code marked}, perhaps none.
     *
     * @param marked as {@link BadRows} marks rows
     */
    public SetAside setAside(Dataset<Row> marked) {
        try {
            SetAside written = SetAside.write(marked, output.staging().toString());
            output.publish();
            return written;
        } finally {
            output.discard();
        }
    }
}
