package elbow.batch;

import elbow.batch.LedgerEntry.Counts;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.image.ImageShape;
import elbow.data.reference.UsualValues;
import elbow.report.BatchReport;
import elbow.report.BatchReport.Contribution;
import elbow.report.BatchReport.DriftedColumn;
import elbow.report.BatchReport.PastBatch;
import elbow.report.BatchReport.StrangeGroup;
import elbow.report.BatchReport.StrangeRow;
import elbow.report.ImagePanel;
import elbow.report.ScoreHistogram;
import elbow.score.Expectations;
import elbow.score.ScoreColumns;
import elbow.score.ScoringModel;
import elbow.score.alarm.Alarm;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Collects the contents of a batch's report. */
final class BatchReports {
    /** As many kept columns have room beside a row. */
    private static final int MOST_KEPT = 12;

    private final BatchSettings settings;
    private final BatchModel model;
    private final Ledger ledger;

    BatchReports(BatchSettings settings, BatchModel model, Ledger ledger) {
        this.settings = settings;
        this.model = model;
        this.ledger = ledger;
    }

    /**
     * The report of one scoring.
     *
     * @param histogram of the anomaly scores; empty where groups of rows have networks of their own
     * @param beyond by column, the share of values that training did not have
     * @param groups flagged rows that are alike
     * @param kept columns of the input that the scored rows repeat
     * @param strangest scored rows with the highest anomaly scores, the highest first; not used if there are images
     * @param images the same with their images, for a model of images
     */
    BatchReport of(
            DuePartition due,
            Counts counts,
            Optional<ScoreHistogram> histogram,
            List<ColumnDrift> drift,
            Map<String, Double> beyond,
            List<StrangeGroup> groups,
            List<String> kept,
            List<Row> strangest,
            List<Row> images) {
        List<Row> rows = images.isEmpty() ? strangest : images;
        List<LedgerEntry> past = ledger.newestBefore(due.partition().date(), settings.reportHistory()).stream()
                .filter(LedgerEntry::isPublished)
                .toList();
        List<String> shown = kept.subList(0, Math.min(kept.size(), MOST_KEPT));
        Map<String, String> usual = model.reference()
                .map(reference -> UsualValues.of(reference, model.model().encoder()))
                .orElse(Map.of());
        return new BatchReport(
                settings.partitionColumn() + " " + due.partition().date(),
                model.id(),
                facts(due, counts),
                counts.rows(),
                counts.anomalies(),
                counts.setAside(),
                counts.meanElbo(),
                counts.alarms().stream().map(Alarm::text).toList(),
                histogram,
                shown,
                rows.stream()
                        .limit(settings.reportRows())
                        .map(row -> strange(row, shown, usual))
                        .toList(),
                groups.stream()
                        .map(group -> new StrangeGroup(
                                group.columns(), group.rows(), group.anomalyScore(), with(usual, group.example())))
                        .toList(),
                model.model()
                        .encoder()
                        .image()
                        .filter(shape -> !images.isEmpty())
                        .map(shape -> panel(shape, images)),
                drift.stream()
                        .map(column -> drifted(column, beyond.getOrDefault(column.column(), 0.0)))
                        .toList(),
                model.reference().isPresent()
                        ? ""
                        : "The model does not say how its training rows are spread, because it was trained by an older"
                                + " version: train it again to see drift.",
                Drivers.of(past, counts),
                trend(past, due.partition().date(), counts));
    }

    private Map<String, String> facts(DuePartition due, Counts counts) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Data", due.partition().place());
        facts.put(
                "Scored because",
                due.reason() == LedgerEntry.Reason.LATE
                        ? "its data have changed since it was scored (revision " + due.revision() + ")"
                        : "the model had not scored it");
        facts.put("Model", settings.model());
        facts.put(
                "Model trained on",
                String.join(", ", model.model().manifest().data().inputs()));
        facts.put(
                "Posterior samples",
                counts.samples() == 0 ? "none, at the posterior mean" : Integer.toString(counts.samples()));
        return facts;
    }

    private static StrangeRow strange(Row row, List<String> kept, Map<String, String> usual) {
        List<String> values = new ArrayList<>();
        for (String column : kept) {
            values.add(text(row.getAs(column)));
        }
        return new StrangeRow(
                values,
                row.<Double>getAs(ScoreColumns.ANOMALY_SCORE),
                row.<Double>getAs(ScoreColumns.TAIL_PROBABILITY),
                row.<Boolean>getAs(ScoreColumns.IS_ANOMALY),
                with(usual, contributions(row)));
    }

    private static List<Contribution> with(Map<String, String> usual, List<Contribution> parts) {
        return parts.stream()
                .map(part -> new Contribution(
                        part.column(),
                        part.nats(),
                        part.observed(),
                        part.expected(),
                        usual.getOrDefault(part.column(), "")))
                .toList();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
    }

    /** What makes a scored row strange, the largest part first; nothing if that was not computed. */
    static List<Contribution> contributions(Row row) {
        int field = row.fieldIndex(ScoreColumns.CONTRIBUTIONS);
        if (row.isNullAt(field)) {
            return List.of();
        }
        return parts(row.getList(field));
    }

    static List<Contribution> parts(List<Row> entries) {
        List<Contribution> contributions = new ArrayList<>();
        for (Row part : entries) {
            contributions.add(
                    new Contribution(part.getString(0), part.getDouble(1), text(part.get(2)), text(part.get(3))));
        }
        contributions.sort(Comparator.comparingDouble(Contribution::nats).reversed());
        return contributions;
    }

    private ImagePanel panel(ImageShape shape, List<Row> rows) {
        FeatureEncoder encoder = model.model().encoder();
        RowEncoder rowEncoder = encoder.bind(rows.get(0).schema());
        float[][] originals = rows.stream()
                .limit(settings.reportImages())
                .map(row -> {
                    float[] encoded = new float[encoder.width()];
                    rowEncoder.encode(row, encoded, new byte[encoded.length], 0);
                    return encoded;
                })
                .toArray(float[][]::new);
        return new ImagePanel(
                shape.width(),
                shape.height(),
                shape.channels(),
                originals,
                Expectations.reconstructions(ScoringModel.of(model.model().network(), model.samples()), originals),
                new float[0][]);
    }

    private static DriftedColumn drifted(ColumnDrift drift, double beyond) {
        return new DriftedColumn(
                drift.column(),
                drift.psi(),
                drift.chance(),
                drift.missingBefore(),
                drift.missing(),
                beyond,
                drift.widest(),
                drift.widestBefore(),
                drift.widestNow());
    }

    private static List<PastBatch> trend(List<LedgerEntry> past, LocalDate date, Counts counts) {
        List<PastBatch> trend = new ArrayList<>();
        past.forEach(entry -> trend.add(past(entry.date(), entry.counts())));
        trend.add(past(date, counts));
        return trend;
    }

    private static PastBatch past(LocalDate date, Counts counts) {
        return new PastBatch(date, counts.rows(), counts.anomalyShare(), counts.meanElbo(), counts.scoreShift());
    }
}
