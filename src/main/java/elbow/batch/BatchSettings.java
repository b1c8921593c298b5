package elbow.batch;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.source.DataFormat;
import elbow.data.source.ReadRequest;
import elbow.data.source.ReadRequest.Absent;
import elbow.data.text.CsvDialect;
import elbow.dl4j.VaeLayer;
import elbow.lake.TableFormat;
import elbow.score.alarm.AlarmAction;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The section {@code batch} of a configuration, which says what each of these is.
 *
 * @param input directory of the partitions, or the table that has them, with how to read it
 * @param table that the scores go to as well; empty: none
 */
public record BatchSettings(
        ReadRequest input,
        String partitionColumn,
        Optional<String> readyMarker,
        int delayDays,
        Optional<LocalDate> since,
        int lateDays,
        String model,
        String output,
        List<String> keep,
        OptionalInt samples,
        OptionalDouble threshold,
        double falseDiscoveries,
        int explain,
        BadRowPolicy badRows,
        AlarmAction alarm,
        List<String> alarmExcept,
        Optional<Table> table,
        Duration lockExpiry,
        int retentionDays,
        int supersededDays,
        int reportRows,
        int reportImages,
        int reportHistory,
        Optional<String> prometheus,
        Optional<String> json,
        Optional<URI> webhook,
        Duration webhookTimeout) {
    /** What happens to rows that cannot be read or encoded. */
    public enum BadRowPolicy {
        /** The partition is not scored. */
        FAIL,
        /** They are set aside beside the scores. */
        QUARANTINE
    }

    /**
     * A table.
     *
     * @param format in which it keeps its versions
     * @param name of it, or path
     */
    public record Table(TableFormat format, String name) {}

    public BatchSettings {
        keep = List.copyOf(keep);
        alarmExcept = List.copyOf(alarmExcept);
        requireApart(keep, partitionColumn);
        samples.ifPresent(value -> VaeLayer.requireSamples("batch.samples", value));
        if (threshold.isPresent() && falseDiscoveries > 0) {
            throw wrong(
                    "batch.threshold",
                    "be auto where batch.false-discoveries says how many rows are flagged",
                    String.valueOf(threshold.getAsDouble()));
        }
    }

    /** Refuses columns that the output's directories are. */
    static void requireApart(List<String> keep, String partitionColumn) {
        for (String column : keep) {
            if (List.of("model", "run", partitionColumn.toLowerCase(Locale.ROOT))
                    .contains(column.toLowerCase(Locale.ROOT))) {
                throw wrong(
                        "batch.keep",
                        "name no column that the output's directories are, model, run and " + partitionColumn,
                        column);
            }
        }
    }

    /**
     * The section of a configuration.
     *
     * @throws ElbowException of category USAGE if a value is missing or wrong
     */
    public static BatchSettings of(Configuration configuration) {
        return new BatchSettings(
                input(configuration),
                partitionColumn(configuration),
                optional(configuration, "batch.ready-marker"),
                configuration.notNegativeInt("batch.delay-days"),
                configuration.date("batch.since"),
                configuration.notNegativeInt("batch.late-days"),
                configuration.givenText("batch.model"),
                configuration.givenText("batch.output"),
                configuration.texts("batch.keep"),
                configuration.notNegativeIntOrAuto("batch.samples"),
                configuration.doubleOrAuto("batch.threshold"),
                configuration.fraction("batch.false-discoveries"),
                configuration.notNegativeInt("batch.explain"),
                configuration.choice("batch.bad-rows", BadRowPolicy.class),
                configuration.choice("batch.alarm", AlarmAction.class),
                configuration.texts("batch.alarm-except"),
                optional(configuration, "batch.table.name")
                        .map(name -> new Table(configuration.choice("batch.table.format", TableFormat.class), name)),
                Duration.ofMinutes(configuration.positiveInt("batch.lock-minutes")),
                configuration.notNegativeInt("batch.retention.days"),
                configuration.notNegativeInt("batch.retention.superseded-days"),
                configuration.notNegativeInt("batch.report.rows"),
                configuration.notNegativeInt("batch.report.images"),
                configuration.notNegativeInt("batch.report.history"),
                optional(configuration, "batch.metrics.prometheus"),
                optional(configuration, "batch.metrics.json"),
                webhook(configuration),
                Duration.ofSeconds(configuration.positiveInt("batch.webhook.timeout-seconds")));
    }

    private static ReadRequest input(Configuration configuration) {
        DataFormat format = configuration.choice("batch.format", DataFormat.class);
        Optional<String> marker = optional(configuration, "batch.ready-marker");
        if (Partitions.isTable(format) && marker.isPresent()) {
            throw wrong(
                    "batch.ready-marker",
                    "be empty where batch.format is " + format.name().toLowerCase(Locale.ROOT)
                            + ": a table has no files that say so, its commits are whole",
                    marker.get());
        }
        ReadRequest request = new ReadRequest(
                List.of(configuration.givenText("batch.input")),
                format,
                optional(configuration, "batch.where"),
                configuration.texts("batch.select"));
        return request.csv(dialect(configuration)).absent(configuration.choice("batch.absent-columns", Absent.class));
    }

    private static CsvDialect dialect(Configuration configuration) {
        return new CsvDialect(
                        configuration.texts("batch.columns"),
                        configuration.choice("batch.header", CsvDialect.Header.class),
                        letter(configuration, "batch.delimiter"),
                        letter(configuration, "batch.comment"),
                        optional(configuration, "batch.encoding").map(BatchSettings::charset))
                .numbers(
                        configuration.flag("batch.decimal-comma"),
                        letter(configuration, "batch.thousands"),
                        configuration.text("batch.number-signs"));
    }

    private static Optional<Character> letter(Configuration configuration, String key) {
        String text = configuration.text(key);
        String letter = text.equalsIgnoreCase("tab") ? "\t" : text;
        if (letter.length() > 1) {
            throw wrong(key, "be empty, one character or tab", text);
        }
        return letter.isEmpty() ? Optional.empty() : Optional.of(letter.charAt(0));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw wrong("batch.encoding", "be the name of an encoding, such as windows-1252", name);
        }
    }

    private static String partitionColumn(Configuration configuration) {
        String name = configuration.givenText("batch.partition-column");
        // Spark and most readers of its files ignore the case of names.
        boolean isOfOutput = name.equalsIgnoreCase("model") || name.equalsIgnoreCase("run");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*") || isOfOutput) {
            throw wrong(
                    "batch.partition-column",
                    "have letters, digits, _ and - only and be neither model nor run, which the output has itself",
                    name);
        }
        return name;
    }

    private static Optional<URI> webhook(Configuration configuration) {
        Optional<String> text = optional(configuration, "batch.webhook.url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.get());
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as other texts that are no such URL.
        }
        throw wrong("batch.webhook.url", "be empty or a URL that begins with http:// or https://", text.get());
    }

    private static Optional<String> optional(Configuration configuration, String key) {
        String text = configuration.text(key);
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static ElbowException wrong(String key, String rule, String value) {
        return new ElbowException(ErrorCategory.USAGE, key + " must " + rule + ", but is " + value);
    }
}
