package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.source.InputSize;
import elbow.data.source.ReadRequest;
import elbow.data.source.TableSource;
import elbow.failure.KnownFailures;
import elbow.files.MarkerFiles;
import elbow.files.Owner;
import elbow.files.Place;
import elbow.files.RunLock;
import elbow.files.RunPaths;
import elbow.model.ModelDirectory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * One run over the partitions of an input: takes the lock, scores what is due, publishes each partition by one entry in
 * the ledger, cleans up, and reports.
 *
 * <p>It may end at any moment without a warning: what is published stays so, what is not is as if it had never been
 * begun, and the next run does the rest.
 */
public final class Batch {
    private final SparkSession spark;
    private final BatchSettings settings;
    private final DateRange range;
    private final Clock clock;
    private final Consumer<String> notes;
    private final Stage.Listener stages;

    /** @param notes takes lines about the run as it goes on */
    public Batch(SparkSession spark, BatchSettings settings, DateRange range, Consumer<String> notes) {
        this(spark, settings, range, Clock.systemUTC(), notes, stage -> {});
    }

    Batch(
            SparkSession spark,
            BatchSettings settings,
            DateRange range,
            Clock clock,
            Consumer<String> notes,
            Stage.Listener stages) {
        this.spark = spark;
        this.settings = settings;
        this.range = range;
        this.clock = clock;
        this.notes = notes;
        this.stages = stages;
    }

    /** The last date that is due to a run without one: today's in UTC, less the days that a partition gets. */
    public static LocalDate lastDue(BatchSettings settings) {
        return LocalDate.now(Clock.systemUTC()).minusDays(settings.delayDays());
    }

    /**
     * Runs. A partition that cannot be scored does not keep the others from being so; it is in the outcome.
     *
     * @throws ElbowException of category LOCKED if another batch works on the output, of category MODEL if the model
     *     cannot be used, of category INPUT if there is no input at all, of category USAGE if settings do not fit the
     *     data
     */
    public BatchOutcome run() {
        try {
            return runLocked();
        } catch (RuntimeException e) {
            throw BatchWords.of(e);
        }
    }

    /**
     * What {@link #run} would score now, by what is there and what the ledger says, ascending by date. Takes no lock,
     * tries whether it could write, and leaves nothing. A partition whose files cannot be read does not keep the others
     * from being planned.
     *
     * @throws ElbowException as {@link #run} does before it takes the lock; of category USAGE if it could not write
     */
    public List<PlannedPartition> plan() {
        try {
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            BatchPlaces places = BatchPlaces.of(settings, hadoop);
            requireApart(places, hadoop);
            BatchModel model = BatchModel.load(settings, hadoop);
            places.requireWritable(model.id());
            metricsFiles().forEach((key, file) -> tryMetrics(key, file, hadoop));
            return due(places.ledger(model.id(), damage -> notes.accept("Warning: " + BatchOutcome.reason(damage))))
                    .stream()
                    .map(due -> planned(due, places, model, hadoop))
                    .toList();
        } catch (RuntimeException e) {
            throw BatchWords.of(e);
        }
    }

    private PlannedPartition planned(DuePartition due, BatchPlaces places, BatchModel model, Configuration hadoop) {
        ReadRequest input = due.partition().rows();
        Optional<InputSize> size = Optional.empty();
        Optional<String> fault = Optional.empty();
        try {
            size = InputSize.of(input, hadoop);
        } catch (RuntimeException e) {
            fault = Optional.of(BatchOutcome.reason(ofPartition(e)));
        }
        return new PlannedPartition(
                due.partition().date(),
                due.reason() == LedgerEntry.Reason.LATE,
                size,
                fault,
                due.partition().place(),
                places.output() + "/"
                        + places.relative(model.id(), due.partition().date()));
    }

    private List<DuePartition> due(Ledger ledger) {
        ReadRequest input =
                settings.input().notes(note -> notes.accept(BatchWords.of(note).toString()));
        Partitions partitions = Partitions.of(spark, settings, TableSource.pinned(spark, input));
        return DuePartition.find(partitions, ledger, range, LocalDate.now(clock), settings);
    }

    private BatchOutcome runLocked() {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        BatchPlaces places = BatchPlaces.of(settings, hadoop);
        requireApart(places, hadoop);
        BatchModel model = BatchModel.load(settings, hadoop);
        RunLock lock =
                RunLock.acquire(RunLock.Purpose.BATCH, places.lock(), Owner.ofProcess(), settings.lockExpiry(), clock);
        BatchOutcome outcome;
        try {
            stages.reached(Stage.LOCKED);
            outcome = run(hadoop, places, model, lock);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            lock.close();
            throw KnownFailures.translate(e);
        } catch (Error e) {
            // What state the process is in nobody knows: it writes no more, and the lock runs out or ends with it.
            lock.abandon();
            throw e;
        }
        lock.close();
        return outcome;
    }

    private void requireApart(BatchPlaces places, Configuration hadoop) {
        ReadRequest input = settings.input();
        RunPaths paths = new RunPaths();
        if (!Partitions.isTable(input.format())) {
            paths.reads(Place.of("batch.input", input.inputs().get(0), ErrorCategory.INPUT, hadoop));
        }
        paths.reads(new ModelDirectory(new Parameter("batch.model"), settings.model(), hadoop).place())
                .addsTo(places.output());
        BatchTable.of(spark, settings).ifPresent(table -> {
            table.requireOtherThan(input);
            table.sink().place().ifPresent(paths::ownsTable);
        });
        metricsFiles().forEach((key, file) -> paths.replaces(Place.of(key, file, ErrorCategory.USAGE, hadoop)));
    }

    private Map<String, String> metricsFiles() {
        Map<String, String> files = new TreeMap<>();
        settings.prometheus().ifPresent(file -> files.put("batch.metrics.prometheus", file));
        settings.json().ifPresent(file -> files.put("batch.metrics.json", file));
        return files;
    }

    // A run that cannot write them says so, and is none the worse.
    private void tryMetrics(String key, String file, Configuration hadoop) {
        try {
            Place.of(key, file, ErrorCategory.USAGE, hadoop).parent().requireWritable("a file that can be written");
        } catch (RuntimeException e) {
            notes.accept("Warning: metrics could not be written to " + file + ": "
                    + BatchWords.of(e).getMessage());
        }
    }

    private BatchOutcome run(Configuration hadoop, BatchPlaces places, BatchModel model, RunLock lock) {
        BatchOutcome.Builder outcome = new BatchOutcome.Builder();
        Set<String> told = new HashSet<>();
        Consumer<ElbowException> damaged = damage -> {
            String reason = BatchOutcome.reason(damage);
            if (told.add(reason)) {
                outcome.warning(reason);
            }
        };
        Ledger ledger = places.ledger(model.id(), damaged);
        try {
            score(places, model, ledger, lock, outcome);
            lock.requireHeld();
            new Retention(places, settings, lock, clock, damaged).apply();
            stages.reached(Stage.CLEANED);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            RuntimeException failure = KnownFailures.translate(e);
            // A run that has lost the lock reports nothing: the one that has it will.
            if (!isOf(ErrorCategory.LOCKED, failure)) {
                report(hadoop, outcome, model, ledger, status(failure));
            }
            throw failure;
        }
        BatchOutcome done = outcome.build(model.id(), settings.alarm());
        report(hadoop, outcome, model, ledger, done.failure().map(Batch::status).orElse(0));
        return outcome.build(model.id(), settings.alarm());
    }

    private void score(
            BatchPlaces places, BatchModel model, Ledger ledger, RunLock lock, BatchOutcome.Builder outcome) {
        List<DuePartition> due = due(ledger);
        Optional<BatchTable> table = BatchTable.of(spark, settings);
        // As fine as the scores' own column, so that ledger and scores agree.
        Instant startedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PartitionScoring scoring = new PartitionScoring(
                spark, settings, model, places, ledger, lock, clock, startedAt, stages, notes, table);
        for (DuePartition partition : due) {
            notes.accept("Scoring " + PartitionScoring.named(partition));
            try {
                LedgerEntry entry = scoring.score(partition);
                entry.counts()
                        .alarms()
                        .forEach(alarm ->
                                notes.accept("Warning: " + partition.partition().date() + ": " + alarm.text()));
                outcome.scored(ScoredPartition.of(entry, places.output() + "/" + entry.path()));
            } catch (Exception e) {
                // Spark throws checked exceptions without declaring them.
                ElbowException failure = ofPartition(KnownFailures.translate(e));
                outcome.failed(partition.partition().date(), failure);
                notes.accept("Not scored: " + partition.partition().date() + ": " + BatchOutcome.reason(failure));
            }
        }
    }

    /** What is wrong with a partition; thrown again if it would be so with all of them. */
    private static ElbowException ofPartition(RuntimeException failure) {
        Optional<ElbowException> known = KnownFailures.find(failure);
        if (known.isEmpty()) {
            return new ElbowException(
                    ErrorCategory.INTERNAL,
                    "unexpected " + failure.getClass().getSimpleName() + ": " + Message.firstLine(failure),
                    failure);
        }
        ErrorCategory category = known.get().category();
        if (category != ErrorCategory.INPUT && category != ErrorCategory.USAGE) {
            throw known.get();
        }
        return known.get();
    }

    /** Metrics, then the webhook; what goes wrong is a warning, for the scores are published. */
    private void report(
            Configuration hadoop, BatchOutcome.Builder outcome, BatchModel model, Ledger ledger, int status) {
        BatchOutcome done = outcome.build(model.id(), settings.alarm());
        BatchMetrics metrics = BatchMetrics.of(done, status, clock.instant(), ledger);
        settings.prometheus().ifPresent(file -> write(hadoop, file, metrics.prometheus(), outcome));
        settings.json().ifPresent(file -> write(hadoop, file, metrics.json(), outcome));
        stages.reached(Stage.MEASURED);
        if (settings.webhook().isPresent() && (!done.scored().isEmpty() || status != 0)) {
            Optional<String> fault = Webhook.post(settings.webhook().get(), metrics.json(), settings.webhookTimeout());
            fault.ifPresent(outcome::warning);
        }
        stages.reached(Stage.NOTIFIED);
    }

    private static void write(Configuration hadoop, String file, String text, BatchOutcome.Builder outcome) {
        try {
            Place place = Place.of("batch.metrics", file, ErrorCategory.USAGE, hadoop);
            new MarkerFiles(place.parent()).replace(place.path().getName(), text);
        } catch (RuntimeException e) {
            outcome.warning("metrics could not be written to " + file + ": " + e.getMessage());
        }
    }

    private static int status(RuntimeException failure) {
        return failure instanceof ElbowException ours ? ours.category().exitCode() : ErrorCategory.INTERNAL.exitCode();
    }

    private static boolean isOf(ErrorCategory category, RuntimeException failure) {
        return failure instanceof ElbowException ours && ours.category() == category;
    }
}
