package elbow.batch;

import elbow.base.ErrorCategory;
import elbow.files.Place;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * How the output of batches is laid out.
 *
 * @param files file system of the output
 * @param output its directory
 * @param column name of the partition column
 */
record BatchPlaces(FileSystem files, Path output, String column) {
    /** Prefix of a model's directory. */
    static final String MODEL = "model=";

    /** Prefix of the directory of one scoring. */
    static final String RUN = "run=";

    private static final String LOCK = "_lock";

    /** @throws elbow.base.ElbowException of category USAGE if the output is no path of a known file system */
    static BatchPlaces of(BatchSettings settings, Configuration hadoop) {
        Place place = Place.of("batch.output", settings.output(), ErrorCategory.USAGE, hadoop);
        return new BatchPlaces(place.files(), place.path(), settings.partitionColumn());
    }

    MarkerFiles lock() {
        return new MarkerFiles(files, new Path(output, LOCK));
    }

    Ledger ledger(String modelId) {
        return new Ledger(files, output, modelId);
    }

    /** The directory of one scoring, relative to the output. */
    String relative(String modelId, LocalDate date, long run) {
        return MODEL + modelId + "/" + column + "=" + date + "/" + RUN + run;
    }
}
