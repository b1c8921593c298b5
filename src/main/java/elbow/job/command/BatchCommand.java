package elbow.job.command;

import elbow.base.Configuration;
import elbow.batch.Batch;
import elbow.batch.BatchSettings;
import elbow.batch.DateRange;
import elbow.job.run.BatchRun;
import elbow.job.run.Session;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "batch",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} [spark-submit options] batch --config FILE [options]",
        header = "Scores the partitions of an input that have not been scored yet.",
        description = "%nFor schedulers: section batch of the configuration says what is scored by which model. Every"
                + " partition (a directory such as dt=2026-11-23) up to today that the model's ledger does not list is"
                + " scored and published whole, with a report; so is one whose files have changed since. A run that was"
                + " stopped is made up for by the next one. A partition with bad data does not keep the others from"
                + " being scored; the exit code is then 3.",
        footer = {"", "Example:", "  jobs/elbow batch --config conf/batch.conf"})
public final class BatchCommand implements JobCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "HOCON file with the section batch; reference.conf lists its keys.")
    private String file = "";

    @Mixin
    private ConfigurationOptions.SingleKeys keys = new ConfigurationOptions.SingleKeys();

    @Option(
            names = "--date",
            paramLabel = "D",
            description = "Last date that is due, such as 2026-11-23. Default: today in UTC less batch.delay-days.")
    private @Nullable LocalDate date;

    @Option(
            names = "--from",
            paramLabel = "D",
            description = "Scores only what is due from this date on; every partition that has changed is.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "D", description = "Last date for --from. Default: as that of --date.")
    private @Nullable LocalDate to;

    @Option(
            names = "--dry-run",
            description = "Says which partitions would be scored, how large they are and where their scores would be,"
                    + " and tries whether they can be written; leaves nothing.")
    private boolean dryRun;

    @Override
    public int run(Session session) {
        Configuration configuration =
                keys.over(Configuration.defaults().withText(session.readText("--config", file), file));
        keys.warnOfUnread("batch", key -> key.startsWith("batch."), session);
        BatchSettings settings = BatchSettings.of(configuration);
        DateRange range = range(settings);
        return dryRun ? BatchRun.dryRun(settings, range, session) : BatchRun.run(settings, range, session);
    }

    @Override
    public String leftWhenStopped() {
        return ": what is published stays, and the next run does the rest";
    }

    private DateRange range(BatchSettings settings) {
        if (date != null && (from != null || to != null)) {
            throw refused("--date must not be given with --from or --to");
        }
        if (to != null && from == null) {
            throw refused("--to must be given with --from");
        }
        LocalDate last = Optional.ofNullable(to).orElseGet(() -> Batch.lastDue(settings));
        return from != null
                ? DateRange.between(from, last)
                : DateRange.upTo(Optional.ofNullable(date).orElse(last));
    }

    private ParameterException refused(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
