package elbow.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.batch.LedgerEntry.Reason;
import elbow.score.alarm.Alarm;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry of the ledger, both ways: one line of JSON, so that Spark reads a directory of them as a table. */
final class LedgerEntryJson {
    /** Version 1 has neither alarms nor drivers, version 2 no runId. */
    private static final int FORMAT_VERSION = 3;

    private LedgerEntryJson() {}

    static String write(LedgerEntry entry) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        json.put("modelId", entry.modelId());
        json.put("date", entry.date().toString());
        json.put("revision", entry.revision());
        json.put("reason", JsonReader.camelCase(entry.reason()));
        json.put("run", entry.run());
        json.put("runId", entry.runId());
        json.put("path", entry.path());
        json.put("fingerprint", entry.fingerprint());
        Counts counts = entry.counts();
        json.put("rows", counts.rows());
        json.put("anomalies", counts.anomalies());
        counts.setAside().ifPresent(count -> json.put("setAside", count));
        json.set("meanElbo", JsonReader.number(counts.meanElbo()));
        json.set("threshold", JsonReader.number(counts.threshold()));
        json.put("samples", counts.samples());
        json.set("scoreShift", JsonReader.number(counts.scoreShift()));
        ArrayNode drift = json.putArray("drift");
        for (ColumnPsi column : counts.drift()) {
            drift.addObject().put("column", column.column()).set("psi", JsonReader.number(column.psi()));
        }
        ArrayNode alarms = json.putArray("alarms");
        counts.alarms().forEach(alarm -> write(alarm, alarms.addObject()));
        ArrayNode drivers = json.putArray("drivers");
        for (ColumnDriver driver : counts.drivers()) {
            drivers.addObject()
                    .put("column", driver.column())
                    .put("rows", driver.rows())
                    .set("nats", JsonReader.number(driver.nats()));
        }
        json.put("startedAt", entry.startedAt().toString());
        json.put("committedAt", entry.committedAt().toString());
        return json + "\n";
    }

    static void write(Alarm alarm, ObjectNode json) {
        json.put("kind", JsonReader.camelCase(alarm.kind()));
        alarm.column().ifPresent(column -> json.put("column", column));
        json.set("share", JsonReader.number(alarm.share()));
        json.set("expected", JsonReader.number(alarm.expected()));
        json.put("text", alarm.text());
    }

    private static Alarm alarm(JsonReader json) {
        return new Alarm(
                json.constant("kind", Alarm.Kind.class),
                json.has("column") ? Optional.of(json.text("column")) : Optional.empty(),
                json.number("share"),
                json.number("expected"),
                json.text("text"));
    }

    /**
     * The entry that a text is.
     *
     * @throws elbow.base.DocumentException if the text is not what {@link #write} gives
     * @throws ElbowException of category INPUT if it is of a format version that this build does not know: such an
     *     entry is whole
     */
    static LedgerEntry read(String document, String text) {
        return JsonReader.read(document, text, json -> read(document, json));
    }

    private static LedgerEntry read(String document, JsonReader json) {
        int version = json.integer(JsonReader.FORMAT_VERSION);
        if (version < 1 || version > FORMAT_VERSION) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    document + ": formatVersion must be from 1 to " + FORMAT_VERSION + ", but is " + version
                            + ": it was written by another version of Elbow");
        }
        try {
            return new LedgerEntry(
                    json.text("modelId"),
                    LocalDate.parse(json.text("date")),
                    json.integer("revision"),
                    json.constant("reason", Reason.class),
                    json.longInteger("run"),
                    json.has("runId") ? json.text("runId") : "",
                    json.text("path"),
                    json.text("fingerprint"),
                    counts(json),
                    Instant.parse(json.text("startedAt")),
                    Instant.parse(json.text("committedAt")));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    document + ": dates must be in ISO 8601, but one is \"" + e.getParsedString() + "\"", e);
        }
    }

    private static Counts counts(JsonReader json) {
        List<ColumnPsi> drift =
                json.objects("drift", column -> new ColumnPsi(column.text("column"), column.number("psi")));
        return new Counts(
                json.longInteger("rows"),
                json.longInteger("anomalies"),
                json.has("setAside") ? OptionalLong.of(json.longInteger("setAside")) : OptionalLong.empty(),
                json.number("meanElbo"),
                json.number("threshold"),
                json.integer("samples"),
                json.number("scoreShift"),
                drift,
                json.has("alarms") ? json.objects("alarms", LedgerEntryJson::alarm) : List.of(),
                json.has("drivers")
                        ? json.objects(
                                "drivers",
                                driver -> new ColumnDriver(
                                        driver.text("column"), driver.longInteger("rows"), driver.number("nats")))
                        : List.of());
    }
}
