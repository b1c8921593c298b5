package elbow.job.run;

import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.rows.AllRows;
import elbow.data.rows.BadRows;
import elbow.data.rows.Quarantine;
import elbow.data.rows.SetAside;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsInFiles;
import elbow.data.source.RowsRead;
import elbow.failure.KnownFailures;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.model.ModelDirectory;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows that a model is used on: read as its encoder needs them, bad ones set aside if there is a place for them.
 */
public final class RowsToScore {
    private final SparkSession spark;
    private final ReadRequest request;
    private final FeatureEncoder encoder;
    private final Dataset<Row> rows;
    private final Optional<SetAside> aside;

    /**
     * Rows that are read when they are used.
     *
     * @param known the model's columns, and those that the work needs beside
     * @param quarantine where bad rows are set aside; empty: they are an error
     */
    public RowsToScore(
            Session session,
            ReadRequest input,
            FeatureEncoder encoder,
            KnownColumns known,
            Optional<Quarantine> quarantine) {
        this.spark = session.spark();
        this.encoder = encoder;
        request = input.known(known).notes(session.console()::note).countedBy(new RowsRead(spark));
        Dataset<Row> all;
        if (quarantine.isEmpty()) {
            all = DataReader.read(spark, request);
            aside = Optional.empty();
        } else {
            Dataset<Row> marked = BadRows.mark(DataReader.read(spark, request.markingBadRows()), encoder);
            aside = Optional.of(quarantine.get().setAside(marked));
            all = BadRows.good(marked);
        }
        encoder.check(all.schema());
        rows = known.needed(all);
    }

    /** Requires that what a run writes beside its results replaces nothing that it reads. */
    static void requireApart(
            ReadRequest input,
            ModelDirectory model,
            Optional<Quarantine> quarantine,
            Optional<String> json,
            Configuration hadoop) {
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(input, hadoop), hadoop)
                .reads(model.place());
        quarantine.ifPresent(place -> paths.replaces(place.output()));
        json.ifPresent(file -> paths.replaces(Place.of(Parameter.JSON.name(), file, ErrorCategory.USAGE, hadoop)));
    }

    /** How many rows were set aside; empty if none would be. */
    OptionalLong setAside() {
        return aside.map(found -> OptionalLong.of(found.bad())).orElseGet(OptionalLong::empty);
    }

    /**
     * Requires that every row of the input was used or set aside.
     *
     * @throws elbow.base.ElbowException of category INPUT if the input has changed meanwhile, or was not read whole
     */
    public void requireAllUsed(long used) {
        aside.ifPresent(found -> found.requireAllUsed(used, request.inputs()));
        AllRows.requireRead(
                "input " + String.join(", ", request.inputs()),
                RowsInFiles.of(spark, request),
                used + aside.map(SetAside::bad).orElse(0L));
    }

    /** Works with the rows; a failure over one of them says which it is. */
    public <T> T use(Function<Dataset<Row>, T> work) {
        try {
            return work.apply(rows);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            RuntimeException failure = KnownFailures.translate(e);
            throw BadRows.located(
                    failure, () -> DataReader.read(spark, request.silently().markingBadRows()), encoder);
        }
    }
}
