package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.RunId;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.ColumnTallies;
import elbow.data.reference.ColumnTally;
import elbow.data.rows.AllRows;
import elbow.data.source.KnownColumns;
import elbow.files.MarkerFiles;
import elbow.files.RunLock;
import elbow.report.HtmlReport;
import elbow.report.ScoreHistogram;
import elbow.score.ExplainedRows;
import elbow.score.FalseDiscoveries;
import elbow.score.RowScoring;
import elbow.score.ScoredCounts;
import elbow.score.ScoringPlan;
import elbow.score.ScoringTally;
import elbow.score.UnknownConditions;
import elbow.score.alarm.Alarm;
import elbow.score.alarm.AlarmCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores partitions one by one. Everything of one scoring goes to a directory that no other has, with the number of its
 * run; if there is a table, it gets them next; the ledger entry, which names them, is created last.
 */
final class PartitionScoring {
    /** The report, in the directory of the scores; Spark passes over names that start so. */
    static final String REPORT = "_report.html";

    /** Bad rows, in the same directory. */
    static final String QUARANTINE = "_quarantine";

    private final SparkSession spark;
    private final BatchSettings settings;
    private final BatchModel model;
    private final BatchPlaces places;
    private final Ledger ledger;
    private final RunLock lock;
    private final Clock clock;
    private final Instant startedAt;
    private final Stage.Listener stages;
    private final Consumer<String> notes;
    private final Optional<BatchTable> table;

    PartitionScoring(
            SparkSession spark,
            BatchSettings settings,
            BatchModel model,
            BatchPlaces places,
            Ledger ledger,
            RunLock lock,
            Clock clock,
            Instant startedAt,
            Stage.Listener stages,
            Consumer<String> notes,
            Optional<BatchTable> table) {
        this.spark = spark;
        this.settings = settings;
        this.model = model;
        this.places = places;
        this.ledger = ledger;
        this.lock = lock;
        this.clock = clock;
        this.startedAt = startedAt;
        this.stages = stages;
        this.notes = notes;
        this.table = table;
    }

    /**
     * Scores and publishes a partition.
     *
     * @throws ElbowException of category INPUT if its data are bad; of category LOCKED if another run has taken over:
     *     nothing is published then
     */
    LedgerEntry score(DuePartition due) {
        Partition partition = due.partition();
        String relative = places.relative(model.id(), partition.date(), lock.token());
        Path directory = places.output().child(relative).path();
        PartitionRows rows = new PartitionRows(
                spark,
                partition.rows().notes(note -> notes.accept(BatchWords.of(note).toString())),
                partition.count(),
                model.model().encoder(),
                settings.keep(),
                settings.badRows());
        lock.requireHeld();
        ScoringTally tally = new ScoringTally(spark, model.model().encoder(), model.reference());
        Optional<FalseDiscoveries> found = settings.falseDiscoveries() == 0
                ? Optional.empty()
                : Optional.of(rows.use(good ->
                        FalseDiscoveries.of(good, model.model(), model.samples(), settings.falseDiscoveries())));
        BatchModel judging = found.map(discoveries -> model.withThreshold(discoveries.threshold()))
                .orElse(model);
        Written written = write(rows, directory, tally, judging.threshold());
        stages.reached(Stage.SCORED);
        WrittenScores scores = new WrittenScores(spark, written.schema, directory);
        WrittenScores.Totals totals = scores.totals();
        OptionalLong setAside = rows.setAside(new Path(directory, QUARANTINE), totals.rows());
        rows.requireAllRead(totals.rows() + setAside.orElse(0));
        found.ifPresent(discoveries -> discoveries.requireRows(totals.rows()));
        stages.reached(Stage.SET_ASIDE);

        // The scores of one network do not compare with those of another, nor with the pooled one's calibration.
        boolean oneNetwork = model.model().groups().isEmpty();
        Optional<ScoreHistogram> histogram = oneNetwork
                ? Optional.of(scores.histogram(model.model().calibration(), judging.threshold()))
                : Optional.empty();
        ScoredCounts counted =
                counted(tally.counts(), totals, rows, model.model().encoder(), relative);
        List<ColumnDrift> drift = drift(counted);
        found.flatMap(discoveries -> discoveries.tooFew(totals.anomalies())).ifPresent(notes);
        UnknownConditions.ofGroups(model.model(), tally.counts()).ifPresent(notes);
        AlarmCheck check = new AlarmCheck(model.model(), model.reference(), model.threshold());
        List<Alarm> alarms = found
                .map(discoveries -> check.alarms(counted, discoveries.aboveModels()))
                .orElseGet(() -> check.alarms(counted))
                .stream()
                .filter(alarm ->
                        alarm.column().filter(settings.alarmExcept()::contains).isEmpty())
                .toList();
        FlaggedScores flagged = scores.flagged(
                Math.min(explained(), model.model().encoder().modelled().size()));
        Counts counts = new Counts(
                totals.rows(),
                totals.anomalies(),
                setAside,
                totals.meanElbo(),
                judging.threshold(),
                model.samples(),
                histogram.map(ScoreHistogram::shift).orElse(Double.NaN),
                drift.stream()
                        .map(column -> new ColumnPsi(column.column(), column.psi()))
                        .toList(),
                alarms,
                flagged.drivers());
        BatchReports reports = new BatchReports(settings, judging, ledger);
        String html = HtmlReport.render(reports.of(
                due,
                counts,
                histogram,
                drift,
                beyond(counted),
                flagged.groups(),
                written.kept,
                written.strangestImages.isEmpty() ? scores.strangest(settings.reportRows(), oneNetwork) : List.of(),
                written.strangestImages));
        new MarkerFiles(places.output().child(relative)).replace(REPORT, html);
        stages.reached(Stage.REPORTED);

        LedgerEntry entry = new LedgerEntry(
                model.id(),
                partition.date(),
                due.revision(),
                due.reason(),
                lock.token(),
                RunId.ofProcess(),
                relative,
                partition.fingerprint(),
                counts,
                startedAt,
                clock.instant());
        lock.requireHeld();
        table.ifPresent(to ->
                notes.accept(to.publish(due, model.id(), lock.token(), directory, written.schema, totals.rows())));
        lock.requireHeld();
        if (!ledger.commit(entry)) {
            throw new ElbowException(
                    ErrorCategory.LOCKED,
                    "revision " + due.revision() + " of " + partition.date()
                            + " must be new in the ledger, but another run has published it meanwhile");
        }
        stages.reached(Stage.COMMITTED);
        return entry;
    }

    /**
     * What was written.
     *
     * @param schema of the scores
     * @param kept columns of the input that they repeat
     * @param strangestImages rows with the highest scores and their images; none unless the model is of images
     */
    private record Written(StructType schema, List<String> kept, List<Row> strangestImages) {}

    private Written write(PartitionRows rows, Path directory, ScoringTally tally, double threshold) {
        Optional<String> image = imageColumn();
        return rows.use(good -> {
            List<String> kept = new ArrayList<>(KnownColumns.named(settings.keep(), good));
            BatchSettings.requireApart(kept, settings.partitionColumn());
            boolean added = image.isPresent() && !kept.contains(image.get());
            image.filter(column -> added).ifPresent(kept::add);
            ScoringPlan plan =
                    new ScoringPlan(kept, model.samples(), threshold, explained(), ExplainedRows.FLAGGED, startedAt);
            Dataset<Row> scored = RowScoring.score(good, model.model(), plan, tally);
            table.ifPresent(to -> to.requireFits(image.filter(column -> added)
                    .map(scored::drop)
                    .orElse(scored)
                    .schema()));
            if (image.isEmpty()) {
                scored.write().parquet(directory.toString());
                return new Written(scored.schema(), kept, List.of());
            }
            // The images are not published, but the report shows some: scored once, read twice.
            scored.persist(StorageLevel.MEMORY_AND_DISK());
            try {
                Dataset<Row> published = added ? scored.drop(image.get()) : scored;
                published.write().parquet(directory.toString());
                int most = Math.max(settings.reportImages(), settings.reportRows());
                List<String> repeated = added ? kept.subList(0, kept.size() - 1) : kept;
                return new Written(
                        published.schema(),
                        repeated,
                        WrittenScores.strangest(
                                scored, most, model.model().groups().isEmpty()));
            } finally {
                scored.unpersist(false);
            }
        });
    }

    /** An image is one column, and a model from before normal contributions were kept knows none. */
    private int explained() {
        return imageColumn().isPresent() || model.model().calibration().normal().isEmpty() ? 0 : settings.explain();
    }

    private Optional<String> imageColumn() {
        return model.model()
                .encoder()
                .image()
                .map(unused -> model.model().encoder().features().get(0))
                .map(Feature::column);
    }

    /**
     * What was counted while rows were scored, if it is of the rows that are published. Images are cached on their way,
     * so that what is done again after a failure may be missing, or there twice: they are read again then.
     *
     * @throws ElbowException of category INTERNAL if other rows than images were scored and are not published, or twice
     */
    static ScoredCounts counted(
            ScoredCounts counts,
            WrittenScores.Totals written,
            PartitionRows rows,
            FeatureEncoder encoder,
            String directory) {
        if (counts.rows() == written.rows()) {
            return counts;
        }
        if (encoder.image().isEmpty()) {
            AllRows.requireWritten(directory, counts.rows(), written.rows());
        }
        return rows.use(good -> new ScoredCounts(
                written.rows(),
                written.anomalies(),
                written.notFinite(),
                ColumnTallies.of(good, encoder, counts.columns())));
    }

    private List<ColumnDrift> drift(ScoredCounts counted) {
        return model.reference()
                .map(training -> ColumnDrift.between(
                        training,
                        counted.columns().bins().orElseThrow(),
                        model.model().encoder()))
                .orElse(List.of());
    }

    private Map<String, Double> beyond(ScoredCounts counted) {
        return counted.columns().columns(model.model().encoder()).stream()
                .collect(Collectors.toMap(
                        ColumnTally::column, column -> column.beyond() / (double) Math.max(1, column.present())));
    }

    /** For messages: "2026-11-23 (new)". */
    static String named(DuePartition due) {
        return due.partition().date() + " (" + due.reason().name().toLowerCase(Locale.ROOT) + ")";
    }
}
