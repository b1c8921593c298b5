package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.rows.Quarantine;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.table.ScoreTable;
import elbow.lake.TableSink.Commit;
import elbow.lake.TableVersion;
import elbow.lake.Transaction;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.FalseDiscoveries;
import elbow.score.RowScoring;
import elbow.score.ScoreColumns;
import elbow.score.ScoringPlan;
import elbow.score.ScoringTally;
import elbow.score.UnknownConditions;
import elbow.score.alarm.Alarm;
import elbow.score.alarm.AlarmAction;
import elbow.score.alarm.AlarmCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The work of {@code score}: one output row with its scores for each input row. */
public final class ScoreRun {
    private static final String ANOMALIES = "anomalies";
    private static final String MEAN_ELBO = "elbo";

    private ScoreRun() {}

    /** Writes the scores, prints the figures, and returns 0, or the exit code of an alarm. */
    public static int run(ScoreRequest request, Session session) {
        if (request.stream().isPresent()) {
            return StreamRun.run(request, request.stream().get(), session);
        }
        Instant start = Instant.now();
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        IfExists ifExists = request.overwrite() ? IfExists.REPLACE : IfExists.REFUSE;
        ModelDirectory directory = new ModelDirectory(request.model(), hadoop);
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .reads(directory.place());
        Optional<ScoreTable> table = request.format()
                .tableFormat()
                .map(format -> ScoreTable.of(session.spark(), format, request.output(), request.input(), paths));
        Optional<OutputDirectory> output =
                table.isPresent() ? Optional.empty() : Optional.of(directory(request, ifExists, paths, session));
        Optional<Quarantine> quarantine = request.quarantine()
                // A run into a table is made up for by the same command, which finds the bad rows of before.
                .map(uri -> new Quarantine(uri, table.isPresent() ? IfExists.REPLACE : ifExists, hadoop));
        quarantine.ifPresent(place -> paths.replaces(place.output()));
        TrainedModel model = directory.load();
        int samples = request.samples().orElse(model.layer().scoringSamples());
        double given = request.threshold().orElse(model.calibration().threshold());
        Optional<Transaction> transaction =
                table.map(to -> to.transaction(request.transaction(), settings(request, model, samples, given)));
        // Alarms are judged by what is scored.
        if (transaction.isPresent() && !request.overwrite() && request.alarm() != AlarmAction.FAIL) {
            Optional<Commit> done = table.get().done(transaction.get());
            if (done.isPresent()) {
                return written(done.get(), model, table.get(), session);
            }
        }

        ScoringTally tally = new ScoringTally(session.spark(), model.encoder(), Optional.empty());
        AlarmCheck check = new AlarmCheck(model, directory.reference(), given);

        RowsToScore rows = new RowsToScore(
                session, request.input(), model.encoder(), request.columns(model.encoder()), quarantine);
        Optional<FalseDiscoveries> found = request.falseDiscoveries().isEmpty()
                ? Optional.empty()
                : Optional.of(rows.use(good -> FalseDiscoveries.of(
                        good, model, samples, request.falseDiscoveries().getAsDouble())));
        double threshold = found.map(FalseDiscoveries::threshold).orElse(given);
        Map<String, Object> summary;
        Optional<Commit> commit = Optional.empty();
        try {
            summary = rows.use(good -> {
                List<String> kept = KnownColumns.named(request.kept(), good);
                if (request.format() == OutputFormat.CSV) {
                    requireFlat(good.schema(), kept);
                }
                ScoringPlan plan = new ScoringPlan(kept, samples, threshold, request.explained(), start);
                Dataset<Row> scored = RowScoring.score(good, model, plan, tally);
                return table.isPresent()
                        ? summary(table.get().prepared(scored))
                        : TableFiles.write(
                                forFiles(scored, request), request.format(), output.orElseThrow(), summarized());
            });
            long scored = TableFiles.number(summary, TableFiles.ROWS).longValue();
            rows.requireAllUsed(scored);
            found.ifPresent(discoveries -> discoveries.requireRows(scored));
            output.ifPresent(OutputDirectory::publish);
            String modelId = model.manifest().modelId();
            if (table.isPresent()) {
                ScoreTable to = table.get();
                commit = request.overwrite()
                        ? Optional.of(to.overwrite(transaction.orElseThrow(), modelId, scored))
                        : to.append(transaction.orElseThrow(), modelId, scored);
                if (commit.isEmpty()) {
                    session.console().note(already(to));
                }
            }
        } finally {
            output.ifPresent(OutputDirectory::discard);
            table.ifPresent(ScoreTable::close);
        }

        Figures figures = new Figures()
                .add(
                        TableFiles.ROWS,
                        TableFiles.number(summary, TableFiles.ROWS).longValue());
        rows.setAside().ifPresent(count -> figures.add("setAside", count));
        figures.add(ANOMALIES, TableFiles.number(summary, ANOMALIES).longValue())
                .add("threshold", threshold)
                .add(MEAN_ELBO, TableFiles.number(summary, MEAN_ELBO).doubleValue())
                .add("samples", samples)
                .add("modelId", model.manifest().modelId())
                .add(
                        "output",
                        table.map(ScoreTable::name)
                                .orElseGet(() -> output.orElseThrow().path().toString()));
        if (table.isPresent()) {
            figures.add("rowsAdded", commit.map(Commit::rows).orElse(0L));
        }
        commit.ifPresent(made -> figures.add("outputVersion", made.version().version()));
        TableVersion.listed(request.input().versions()).ifPresent(read -> figures.add("inputVersions", read));
        session.console().print(figures.render());
        UnknownConditions.notes(model, tally.counts()).forEach(session.console()::note);
        found.flatMap(discoveries ->
                        discoveries.tooFew(TableFiles.number(summary, ANOMALIES).longValue()))
                .ifPresent(session.console()::note);
        List<Alarm> alarms = found.map(discoveries -> check.alarms(tally.counts(), discoveries.aboveModels()))
                .orElseGet(() -> check.alarms(tally.counts()));
        alarms.forEach(alarm -> session.console().warning(alarm.text()));
        return exitCode(request.alarm(), !alarms.isEmpty());
    }

    private static OutputDirectory directory(ScoreRequest request, IfExists ifExists, RunPaths paths, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        paths.replaces(Place.of(Parameter.OUTPUT.name(), request.output(), ErrorCategory.USAGE, hadoop));
        OutputDirectory output = new OutputDirectory(
                Parameter.OUTPUT.name(), request.output(), OutputDirectory.SPARK_MARKER, ifExists, hadoop);
        UnfinishedOutputs.warn(output, session.console());
        return output;
    }

    /** Whatever scores depend on, beside the rows. */
    private static List<String> settings(ScoreRequest request, TrainedModel model, int samples, double threshold) {
        return List.of(
                model.manifest().modelId(),
                model.recalibration().map(later -> later.createdAt().toString()).orElse(""),
                String.join(",", request.kept()),
                Integer.toString(samples),
                Double.toString(threshold),
                request.falseDiscoveries().toString(),
                Integer.toString(request.explained()),
                Boolean.toString(request.quarantine().isPresent()));
    }

    private static String already(ScoreTable table) {
        return "Table " + table.name() + " has these scores already: nothing is added (to add them again, as after"
                + " the table was restored, run again with another --transaction)";
    }

    private static int written(Commit done, TrainedModel model, ScoreTable table, Session session) {
        session.console().note(already(table));
        session.console()
                .print(new Figures()
                        .add(TableFiles.ROWS, done.rows())
                        .add("modelId", model.manifest().modelId())
                        .add("output", table.name())
                        .add("rowsAdded", 0L)
                        .add("outputVersion", done.version().version())
                        .render());
        return 0;
    }

    /** Warnings are printed where alarms are found; what was scored is there in any case. */
    static int exitCode(AlarmAction action, boolean raised) {
        return raised && action == AlarmAction.FAIL ? ErrorCategory.ALARM.exitCode() : 0;
    }

    private static void requireFlat(StructType schema, List<String> kept) {
        for (StructField field : schema.fields()) {
            DataType type = field.dataType();
            boolean nested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
            if (kept.contains(field.name()) && (nested || type instanceof BinaryType)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        "--keep must name columns that a CSV field can hold, but " + field.name() + " is of type "
                                + type.simpleString() + ": leave it out, or choose another --output-format");
            }
        }
    }

    private static Column[] summarized() {
        Column anomalous = functions.when(functions.col(ScoreColumns.IS_ANOMALY), 1);
        return new Column[] {
            functions.count(anomalous).as(ANOMALIES),
            functions
                    .coalesce(functions.avg(functions.col(ScoreColumns.ELBO)), functions.lit(Double.NaN))
                    .as(MEAN_ELBO)
        };
    }

    private static Map<String, Object> summary(Dataset<Row> scored) {
        Row found = scored.agg(functions.count(functions.lit(1)).as(TableFiles.ROWS), summarized())
                .head();
        return Map.of(TableFiles.ROWS, found.get(0), ANOMALIES, found.get(1), MEAN_ELBO, found.get(2));
    }

    private static Dataset<Row> forFiles(Dataset<Row> scored, ScoreRequest request) {
        // A CSV field holds no array.
        return request.format() == OutputFormat.CSV
                ? CsvFormulas.Tables.written(
                        scored.withColumn(
                                ScoreColumns.CONTRIBUTIONS,
                                functions.to_json(functions.col(ScoreColumns.CONTRIBUTIONS))),
                        request.formulas())
                : scored;
    }
}
