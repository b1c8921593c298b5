package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * How the output of batches is laid out.
 *
 * @param output the directory
 * @param column name of the partition column
 */
record BatchPlaces(Place output, String column) {
    /** Prefix of a model's directory. */
    static final String MODEL = "model=";

    /** Prefix of the directory of one scoring. */
    static final String RUN = "run=";

    private static final String LOCK = "_lock";

    /** @throws elbow.base.ElbowException of category USAGE if the output is no path of a known file system */
    static BatchPlaces of(BatchSettings settings, Configuration hadoop) {
        return new BatchPlaces(
                Place.of("batch.output", settings.output(), ErrorCategory.USAGE, hadoop), settings.partitionColumn());
    }

    MarkerFiles lock() {
        return new MarkerFiles(output.child(LOCK));
    }

    /** @param damaged takes what is wrong with entries */
    Ledger ledger(String modelId, Consumer<ElbowException> damaged) {
        return new Ledger(output, modelId, damaged);
    }

    /**
     * Requires that a run could write the scores of a model here, its lock and its ledger.
     *
     * @throws elbow.base.ElbowException of category USAGE if it could not
     */
    void requireWritable(String modelId) {
        for (Place place : List.of(
                output,
                lock().directory(),
                new Ledger(output, modelId).files().directory(),
                output.child(MODEL + modelId))) {
            place.requireWritable("a directory that can be written");
        }
    }

    /** The directory of a partition's scorings, relative to the output. */
    String relative(String modelId, LocalDate date) {
        return MODEL + modelId + "/" + column + "=" + date;
    }

    /** The directory of one scoring, relative to the output. */
    String relative(String modelId, LocalDate date, long run) {
        return relative(modelId, date) + "/" + RUN + run;
    }
}
