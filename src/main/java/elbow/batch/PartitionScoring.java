package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.data.feature.Feature;
import elbow.files.MarkerFiles;
import elbow.report.HtmlReport;
import elbow.report.ScoreHistogram;
import elbow.score.RowScoring;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores partitions one by one. Everything of one scoring goes to a directory that no other has, with the number of its
 * run; the ledger entry, which names it, is created last.
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
    private final BatchLock lock;
    private final Clock clock;
    private final Instant startedAt;
    private final Stage.Listener stages;
    private final Consumer<String> notes;

    PartitionScoring(
            SparkSession spark,
            BatchSettings settings,
            BatchModel model,
            BatchPlaces places,
            Ledger ledger,
            BatchLock lock,
            Clock clock,
            Instant startedAt,
            Stage.Listener stages,
            Consumer<String> notes) {
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
                settings.input().notes(note -> notes.accept(BatchWords.of(note).toString())),
                partition.path(),
                model.model().encoder(),
                settings.keep(),
                settings.badRows());
        lock.requireHeld();
        Written written = write(rows, directory);
        stages.reached(Stage.SCORED);
        WrittenScores scores = new WrittenScores(spark, written.schema, directory);
        WrittenScores.Totals totals = scores.totals();
        OptionalLong setAside = rows.setAside(new Path(directory, QUARANTINE), totals.rows());
        stages.reached(Stage.SET_ASIDE);

        ScoreHistogram histogram = scores.histogram(model.model().calibration(), model.threshold());
        List<ColumnDrift> drift = drift(rows);
        Counts counts = new Counts(
                totals.rows(),
                totals.anomalies(),
                setAside,
                totals.meanElbo(),
                model.threshold(),
                model.samples(),
                histogram.shift(),
                drift.stream()
                        .map(column -> new ColumnPsi(column.column(), column.psi()))
                        .toList());
        BatchReports reports = new BatchReports(settings, model, ledger);
        String html = HtmlReport.render(reports.of(
                due,
                counts,
                histogram,
                drift,
                written.strangestImages.isEmpty() ? scores.strangest(settings.reportRows()) : List.of(),
                written.strangestImages));
        new MarkerFiles(places.output().child(relative)).replace(REPORT, html);
        stages.reached(Stage.REPORTED);

        LedgerEntry entry = new LedgerEntry(
                model.id(),
                partition.date(),
                due.revision(),
                due.reason(),
                lock.token(),
                relative,
                partition.fingerprint(),
                counts,
                startedAt,
                clock.instant());
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
     * @param strangestImages rows with the highest scores and their images; none unless the model is of images
     */
    private record Written(StructType schema, List<Row> strangestImages) {}

    private Written write(PartitionRows rows, Path directory) {
        Optional<String> image = imageColumn();
        return rows.use(good -> {
            List<String> kept = new ArrayList<>(settings.keep());
            boolean added = image.isPresent() && !kept.contains(image.get());
            image.filter(column -> added).ifPresent(kept::add);
            Dataset<Row> scored =
                    RowScoring.score(good, model.model(), kept, model.samples(), model.threshold(), startedAt);
            if (image.isEmpty()) {
                scored.write().parquet(directory.toString());
                return new Written(scored.schema(), List.of());
            }
            // The images are not published, but the report shows some: scored once, read twice.
            scored.persist(StorageLevel.MEMORY_AND_DISK());
            try {
                Dataset<Row> published = added ? scored.drop(image.get()) : scored;
                published.write().parquet(directory.toString());
                int most = Math.max(settings.reportImages(), settings.reportRows());
                return new Written(published.schema(), WrittenScores.strangest(scored, most));
            } finally {
                scored.unpersist(false);
            }
        });
    }

    private Optional<String> imageColumn() {
        return model.model()
                .encoder()
                .image()
                .map(unused -> model.model().encoder().features().get(0))
                .map(Feature::column);
    }

    private List<ColumnDrift> drift(PartitionRows rows) {
        return model.reference()
                .map(training -> ColumnDrift.between(
                        training,
                        rows.use(good -> training.countsOf(good, model.model().encoder())),
                        model.model().encoder()))
                .orElse(List.of());
    }

    /** For messages: "2026-11-23 (new)". */
    static String named(DuePartition due) {
        return due.partition().date() + " (" + due.reason().name().toLowerCase(Locale.ROOT) + ")";
    }
}
