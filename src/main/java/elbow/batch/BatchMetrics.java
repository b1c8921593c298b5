package elbow.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.base.RunId;
import elbow.base.Secrets;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.score.alarm.Alarm;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The metrics of batches, for monitoring: figures of the run that just ended, and of the newest published partition,
 * which come from the ledger and so are the same however often a run was interrupted.
 *
 * @param outcome what the run did
 * @param status its exit code
 * @param endedAt when it ended
 * @param published how many partitions the model's ledger lists
 * @param newest the newest one that is published; empty if none is
 */
record BatchMetrics(BatchOutcome outcome, int status, Instant endedAt, int published, Optional<LedgerEntry> newest) {

    static BatchMetrics of(BatchOutcome outcome, int status, Instant endedAt, Ledger ledger) {
        NavigableMap<LocalDate, Integer> revisions = ledger.revisions();
        Optional<LedgerEntry> newest = Optional.empty();
        for (var revision : revisions.descendingMap().entrySet()) {
            newest = ledger.entry(revision.getKey(), revision.getValue()).filter(LedgerEntry::isPublished);
            if (newest.isPresent()) {
                break;
            }
        }
        return new BatchMetrics(outcome, status, endedAt, revisions.size(), newest);
    }

    /** The figures as one JSON object. */
    String json() {
        ObjectNode json = JsonReader.newObject();
        json.put("modelId", outcome.modelId());
        json.put("run", RunId.ofProcess());
        json.put("status", status);
        json.put("endedAt", endedAt.toString());
        ArrayNode scored = json.putArray("scored");
        for (ScoredPartition partition : outcome.scored()) {
            ObjectNode object = scored.addObject();
            object.put("date", partition.date().toString());
            object.put("late", partition.late());
            object.put("rows", partition.rows());
            object.put("anomalies", partition.anomalies());
            partition.setAside().ifPresent(count -> object.put("setAside", count));
            object.set("meanElbo", JsonReader.number(partition.meanElbo()));
            ArrayNode alarms = object.putArray("alarms");
            partition.alarms().forEach(alarm -> alarms.add(alarm.text()));
            object.put("path", Secrets.mask(partition.path()));
        }
        ArrayNode failed = json.putArray("failed");
        outcome.failed()
                .forEach((date, failure) ->
                        failed.addObject().put("date", date.toString()).put("reason", BatchOutcome.reason(failure)));
        outcome.warnings().stream().map(Secrets::mask).forEach(json.putArray("warnings")::add);
        json.put("published", published);
        newest.ifPresent(entry -> {
            ObjectNode object = json.putObject("newest");
            Counts counts = entry.counts();
            object.put("date", entry.date().toString());
            object.put("revision", entry.revision());
            object.put("rows", counts.rows());
            object.put("anomalies", counts.anomalies());
            counts.setAside().ifPresent(count -> object.put("setAside", count));
            object.set("anomalyShare", JsonReader.number(counts.anomalyShare()));
            object.set("meanElbo", JsonReader.number(counts.meanElbo()));
            object.set("threshold", JsonReader.number(counts.threshold()));
            object.set("scoreShift", JsonReader.number(counts.scoreShift()));
            ObjectNode drift = object.putObject("drift");
            counts.drift().forEach(column -> drift.set(column.column(), JsonReader.number(column.psi())));
            ArrayNode alarms = object.putArray("alarms");
            counts.alarms().forEach(alarm -> LedgerEntryJson.write(alarm, alarms.addObject()));
        });
        return JsonReader.pretty(json);
    }

    /** The figures in Prometheus' text format, version 0.0.4. */
    String prometheus() {
        String model = "model=\"" + escaped(outcome.modelId()) + "\"";
        List<String> lines = new ArrayList<>();
        gauge(lines, "last_run_timestamp_seconds", "When the last run ended.", model, endedAt.getEpochSecond());
        gauge(lines, "last_run_status", "Exit code of the last run; 0 is done.", model, status);
        gauge(
                lines,
                "last_run_partitions_scored",
                "Partitions that the last run published.",
                model,
                outcome.scored().size());
        gauge(
                lines,
                "last_run_partitions_failed",
                "Partitions that the last run could not score.",
                model,
                outcome.failed().size());
        gauge(
                lines,
                "last_run_partitions_alarming",
                "Partitions that the last run published and that raise an alarm.",
                model,
                outcome.scored().stream()
                        .filter(partition -> !partition.alarms().isEmpty())
                        .count());
        gauge(lines, "partitions_published", "Partitions that the ledger lists.", model, published);
        newest.ifPresent(entry -> addNewest(lines, model, entry));
        return String.join("\n", lines) + "\n";
    }

    private static void addNewest(List<String> lines, String model, LedgerEntry entry) {
        Counts counts = entry.counts();
        gauge(
                lines,
                "newest_partition_timestamp_seconds",
                "Date of the newest published partition, at its start in UTC.",
                model,
                entry.date().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
        gauge(lines, "rows", "Rows of the newest partition.", model, counts.rows());
        gauge(lines, "anomalies", "Rows of the newest partition above the threshold.", model, counts.anomalies());
        counts.setAside()
                .ifPresent(count -> gauge(lines, "rows_set_aside", "Bad rows of the newest partition.", model, count));
        gauge(lines, "mean_elbo_nats", "Mean ELBO of the newest partition.", model, counts.meanElbo());
        gauge(lines, "threshold_nats", "Anomaly score above which a row is flagged.", model, counts.threshold());
        // There is none where groups of rows have networks of their own.
        if (!Double.isNaN(counts.scoreShift())) {
            gauge(
                    lines,
                    "score_shift",
                    "Kolmogorov-Smirnov distance of the newest scores from held-out rows.",
                    model,
                    counts.scoreShift());
        }
        gauge(
                lines,
                "alarms",
                "Alarms of the newest partition.",
                model,
                counts.alarms().size());
        if (!counts.alarms().isEmpty()) {
            head(lines, "alarm_share", "Share of the newest partition's rows or values that raises an alarm.");
            for (Alarm alarm : counts.alarms()) {
                lines.add("elbow_batch_alarm_share{" + model + ",kind=\"" + alarm.kind() + "\",column=\""
                        + escaped(alarm.column().orElse("")) + "\"} " + alarm.share());
            }
        }
        if (!counts.drift().isEmpty()) {
            head(lines, "column_psi", "Population stability index of the newest partition's column.");
            for (ColumnPsi column : counts.drift()) {
                lines.add("elbow_batch_column_psi{" + model + ",column=\"" + escaped(column.column()) + "\"} "
                        + column.psi());
            }
        }
    }

    private static void gauge(List<String> lines, String name, String help, String labels, double value) {
        head(lines, name, help);
        lines.add("elbow_batch_" + name + "{" + labels + "} " + value);
    }

    private static void gauge(List<String> lines, String name, String help, String labels, long value) {
        head(lines, name, help);
        lines.add("elbow_batch_" + name + "{" + labels + "} " + value);
    }

    private static void head(List<String> lines, String name, String help) {
        lines.add("# HELP elbow_batch_" + name + " " + help);
        lines.add("# TYPE elbow_batch_" + name + " gauge");
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
