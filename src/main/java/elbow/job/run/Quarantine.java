package elbow.job.run;

import elbow.base.ErrorCategory;
import elbow.data.rows.BadRows;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a run sets bad rows aside, as Parquet with the columns {@code reason, source_file, row}. */
final class Quarantine {
    /** What Spark's writer leaves when it is through. */
    private static final String SUCCESS = "_SUCCESS";

    private final OutputDirectory output;

    /** @throws elbow.base.ElbowException of category USAGE if nothing can be written there */
    Quarantine(String uri, IfExists ifExists, Configuration hadoop) {
        Place place = Place.of("--quarantine", uri, ErrorCategory.USAGE, hadoop);
        output = new OutputDirectory(place, SUCCESS, ifExists, "--overwrite");
    }

    OutputDirectory output() {
        return output;
    }

    /**
     * Publishes the bad rows of {@code marked}, perhaps none, and returns how many they are.
     *
     * @param marked as {@link BadRows} marks rows
     */
    long setAside(Dataset<Row> marked) {
        try {
            Dataset<Row> bad = BadRows.bad(marked);
            String staging = output.staging().toString();
            bad.write().parquet(staging);
            long count = marked.sparkSession()
                    .read()
                    .schema(bad.schema())
                    .parquet(staging)
                    .count();
            output.publish();
            return count;
        } finally {
            output.discard();
        }
    }
}
