package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.Message;
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
import elbow.files.RunPaths;
import elbow.model.ModelDirectory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that a model is used on: read as its encoder needs them, bad ones set aside if there is a place for them.
 */
public final class RowsToScore {
    private final SparkSession spark;
    private final ReadRequest request;
    private final Map<String, FeatureEncoder> encoders;
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
        this(session, input, Map.of("", encoder), known, quarantine);
    }

    /**
     * Rows for several models.
     *
     * @param encoders by what messages call their models; empty names for one that need not be told from others
     * @param known the columns of all models, and those that the work needs beside
     */
    public RowsToScore(
            Session session,
            ReadRequest input,
            Map<String, FeatureEncoder> encoders,
            KnownColumns known,
            Optional<Quarantine> quarantine) {
        this.spark = session.spark();
        this.encoders = new TreeMap<>(encoders);
        request = input.known(known).notes(session.console()::note).countedBy(new RowsRead(spark));
        Dataset<Row> all;
        if (quarantine.isEmpty()) {
            all = DataReader.read(spark, request);
            aside = Optional.empty();
        } else {
            Dataset<Row> lenient = DataReader.read(spark, request.markingBadRows());
            check(lenient.schema());
            Dataset<Row> marked = marked(lenient, encoders.values());
            aside = Optional.of(quarantine.get().setAside(marked));
            all = BadRows.good(marked);
        }
        check(all.schema());
        rows = known.needed(all);
    }

    private void check(StructType schema) {
        encoders.forEach((name, encoder) -> {
            try {
                encoder.check(schema);
            } catch (ElbowException e) {
                throw name.isEmpty()
                        ? e
                        : new ElbowException(e.category(), Message.of("model " + name + ": ", e.userMessage()), e);
            }
        });
    }

    private static Dataset<Row> marked(Dataset<Row> lenient, Collection<FeatureEncoder> encoders) {
        Dataset<Row> marked = lenient;
        for (FeatureEncoder encoder : encoders) {
            marked = BadRows.mark(marked, encoder);
        }
        return marked;
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
        json.ifPresent(file -> paths.writes(Parameter.JSON, file, hadoop));
    }

    /** How many rows were set aside; empty if none would be. */
    public OptionalLong setAside() {
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
            List<FeatureEncoder> all = List.copyOf(encoders.values());
            int last = all.size() - 1;
            throw BadRows.located(
                    failure,
                    () -> marked(DataReader.read(spark, request.silently().markingBadRows()), all.subList(0, last)),
                    all.get(last));
        }
    }
}
