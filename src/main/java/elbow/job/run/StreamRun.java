package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsRead;
import elbow.failure.KnownFailures;
import elbow.files.Place;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.ScoreRequest.StreamOptions;
import elbow.job.table.StreamTable;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.RowScoring;
import elbow.score.ScoredCounts;
import elbow.score.ScoringPlan;
import elbow.score.ScoringTally;
import elbow.score.UnknownConditions;
import elbow.score.alarm.AlarmAction;
import elbow.score.alarm.AlarmCheck;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/**
 * The work of {@code score --stream}: rows of files that come to a directory, each scored once. Spark's checkpoint says
 * which files have been read, and the output's own log which files of it count: so whatever fails, no row is there
 * twice, and none is missing. A table's log has the number of each micro-batch.
 */
final class StreamRun {
    /** The log of Spark's file sink. */
    private static final String SINK_LOG = "_spark_metadata";

    /** How often written micro-batches are judged. */
    private static final long LOOK_MILLIS = 1_000;

    private final ScoreRequest request;
    private final Session session;
    private final Place checkpoint;
    private final Trigger trigger;
    private final boolean endless;

    private StreamRun(ScoreRequest request, StreamOptions options, Session session) {
        this.request = request;
        this.session = session;
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        checkpoint = Place.of(Parameter.CHECKPOINT.name(), options.checkpoint(), ErrorCategory.USAGE, hadoop);
        endless = options.interval().isPresent();
        trigger = options.interval().isPresent()
                ? Trigger.ProcessingTime(options.interval().getAsLong())
                : Trigger.AvailableNow();
    }

    static int run(ScoreRequest request, StreamOptions options, Session session) {
        return new StreamRun(request, options, session).run();
    }

    private int run() {
        Instant start = Instant.now();
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        ModelDirectory directory = new ModelDirectory(request.model(), hadoop);
        RunPaths paths = new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(request.input(), hadoop), hadoop)
                .reads(directory.place())
                .owns(checkpoint);
        Optional<StreamTable> table = request.format()
                .tableFormat()
                .map(format -> StreamTable.of(session.spark(), format, request.output(), request.input(), paths));
        if (table.isEmpty()) {
            paths.owns(output());
        }
        TrainedModel model = directory.load();
        int samples = request.samples().orElse(model.layer().scoringSamples());
        double threshold = request.threshold().orElse(model.calibration().threshold());
        KnownColumns known = request.columns(model.encoder());
        ReadRequest input =
                request.input().known(known).notes(session.console()::note).countedBy(new RowsRead(session.spark()));
        Dataset<Row> all = DataReader.stream(session.spark(), input);
        model.encoder().check(all.schema());
        Dataset<Row> rows = known.needed(all);
        ScoringTally tally = new ScoringTally(session.spark(), model.encoder(), Optional.empty());
        List<String> kept = KnownColumns.named(request.kept(), rows);
        Dataset<Row> scored = RowScoring.score(
                rows, model, new ScoringPlan(kept, samples, threshold, request.explained(), start), tally);
        if (table.isPresent()) {
            table.get()
                    .requireOneHistory(
                            scored.schema(),
                            checkpoint,
                            checkpoint.exists() && hasCommitted(),
                            session.console()::note);
        } else {
            requireOneHistory(scored.schema());
        }
        boolean everyRow = input.where().isEmpty();
        StreamedFiles files = table.isPresent()
                ? StreamedFiles.toTable(session.spark(), input, checkpoint.path())
                : StreamedFiles.toFiles(
                        session.spark(),
                        input,
                        checkpoint.path(),
                        output().path(),
                        output().child(SINK_LOG).path());
        StreamAlarms alarms = new StreamAlarms(
                microBatch -> {
                    Optional<ScoredCounts> counts = tally.take(microBatch);
                    counts.ifPresent(
                            found -> UnknownConditions.notes(model, found).forEach(session.console()::note));
                    // A table's own: what an executor lost of the scores is scored, and tallied, once more.
                    OptionalLong used = table.map(to -> to.added(microBatch))
                            .orElseGet(() -> OptionalLong.of(
                                    counts.map(ScoredCounts::rows).orElse(0L)));
                    if (everyRow && used.isPresent()) {
                        files.requireAll(microBatch, used.getAsLong());
                    }
                    return counts;
                },
                new AlarmCheck(model, directory.reference(), threshold),
                session.console()::warning);

        String modelId = model.manifest().modelId();
        long rowsOut = await(scored, alarms, table.map(to -> to.writer(modelId)));
        Figures figures = new Figures()
                .add("rows", table.map(StreamTable::rows).orElse(rowsOut))
                .add("threshold", threshold)
                .add("samples", samples)
                .add("modelId", modelId)
                .add(
                        "output",
                        table.map(StreamTable::name)
                                .orElseGet(() -> output().path().toString()))
                .add("checkpoint", checkpoint.path().toString());
        session.console().print(figures.render());
        return ScoreRun.exitCode(request.alarm(), alarms.raised());
    }

    /**
     * Scores until the stream ends, and returns how many rows it had. A stream without an end is ended by an alarm that
     * is to be a failure; one with an end scores all there is.
     */
    private long await(Dataset<Row> scored, StreamAlarms alarms, Optional<VoidFunction2<Dataset<Row>, Long>> writer) {
        SparkSession spark = session.spark();
        StreamedRows rows = new StreamedRows();
        spark.streams().addListener(rows);
        try {
            DataStreamWriter<Row> stream = StreamedRows.counted(scored)
                    .writeStream()
                    .option("checkpointLocation", checkpoint.path().toString())
                    .outputMode("append")
                    .trigger(trigger);
            StreamingQuery query = writer.isPresent()
                    ? stream.foreachBatch(writer.get()).start()
                    : stream.format("parquet").start(output().path().toString());
            try {
                boolean ended = false;
                while (!ended && !(endless && alarms.raised() && request.alarm() == AlarmAction.FAIL)) {
                    ended = query.awaitTermination(LOOK_MILLIS);
                    alarms.judge(query.recentProgress());
                }
            } finally {
                query.stop();
            }
            return rows.of(query);
        } catch (StreamingQueryException | TimeoutException e) {
            throw KnownFailures.translate(e);
        } finally {
            spark.streams().removeListener(rows);
        }
    }

    /**
     * A checkpoint without its output has scored rows that are nowhere; an output without its checkpoint takes rows
     * that are scored again for those that it has, and drops them.
     */
    private void requireOneHistory(StructType schema) {
        Place output = output();
        Place sink = output.child(SINK_LOG);
        boolean begun = checkpoint.exists();
        // A first run that failed leaves a log without an entry, and perhaps files that it does not know.
        boolean opened = sink.exists();
        boolean written = opened && !sink.list().isEmpty();
        if (begun && !written && hasCommitted()) {
            throw usage("--output must be the directory that the stream of --checkpoint writes to, but " + output.path()
                    + " is none, and what was scored before is not there: name a new checkpoint to score all again");
        }
        if (written && !begun) {
            throw usage("--checkpoint must be that of the stream that wrote --output, but " + checkpoint.path()
                    + " does not exist: name another output");
        }
        if (!opened && output.exists() && !output.list().isEmpty()) {
            throw usage("--output must be a directory of a former --stream, empty, or not there yet, but "
                    + output.path() + " is something else: name another");
        }
        if (written) {
            StructType before =
                    session.spark().read().parquet(output.path().toString()).schema();
            if (!columns(before).equals(columns(schema))) {
                throw usage("--output must have the columns of the runs before, " + String.join(", ", columns(before))
                        + ", but this run has " + String.join(", ", columns(schema)) + ": name another output and"
                        + " checkpoint");
            }
        }
    }

    private Place output() {
        return Place.of(
                Parameter.OUTPUT.name(),
                request.output(),
                ErrorCategory.USAGE,
                session.spark().sparkContext().hadoopConfiguration());
    }

    private boolean hasCommitted() {
        return !checkpoint.child("commits").list().isEmpty();
    }

    private static List<String> columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> field.name() + " " + field.dataType().simpleString())
                .toList();
    }

    private static ElbowException usage(String message) {
        return new ElbowException(ErrorCategory.USAGE, message);
    }
}
