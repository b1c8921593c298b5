package elbow.job.run;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.batch.Batch;
import elbow.batch.BatchOutcome;
import elbow.batch.BatchSettings;
import elbow.batch.DateRange;
import elbow.batch.PlannedPartition;
import elbow.batch.ScoredPartition;
import elbow.job.console.Console;
import elbow.job.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The work of {@code batch}, as the console shows it. */
public final class BatchRun {
    private BatchRun() {}

    /** Scores what is due, prints what was done, and returns 0. */
    public static int run(BatchSettings settings, DateRange range, Session session) {
        Console console = session.console();
        BatchOutcome outcome = new Batch(session.spark(), settings, range, console::note).run();
        if (!outcome.scored().isEmpty()) {
            console.print(table(outcome).render());
        } else if (outcome.failed().isEmpty()) {
            console.print("Nothing to do: every partition up to " + range.to() + " is scored.");
        }
        outcome.warnings().forEach(console::warning);
        Optional<ElbowException> failure = outcome.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return 0;
    }

    /**
     * Says what {@link #run} would score and write; nothing is written.
     *
     * @throws ElbowException of category INPUT, once all is said, if there are partitions that could not be scored
     */
    public static int dryRun(BatchSettings settings, DateRange range, Session session) {
        Console console = session.console();
        List<PlannedPartition> due = new Batch(session.spark(), settings, range, console::note).plan();
        if (due.isEmpty()) {
            console.print("Nothing to do: every partition up to " + range.to() + " is scored.");
            return 0;
        }
        Table table = new Table("partition", "why", "files", "bytes", "input", "scores and report in");
        for (PlannedPartition partition : due) {
            table.row(
                    partition.date().toString(),
                    partition.late() ? "late" : "new",
                    partition.size().map(size -> number(size.files())).orElse("-"),
                    partition.size().map(size -> number(size.bytes())).orElse("-"),
                    partition.input(),
                    partition.fault().map(fault -> "not scored: " + fault).orElse(partition.output()));
        }
        console.print(table.render());
        requireReadable(due);
        return 0;
    }

    private static void requireReadable(List<PlannedPartition> due) {
        List<String> dates = due.stream()
                .filter(partition -> partition.fault().isPresent())
                .map(partition -> partition.date().toString())
                .toList();
        if (!dates.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    dates.size() + " of " + due.size() + " partitions could not be scored, " + String.join(", ", dates)
                            + "; the table says why");
        }
    }

    private static Table table(BatchOutcome outcome) {
        Table table =
                new Table("partition", "why", "rows", "flagged", "set aside", "mean ELBO", "PSI", "scores and report");
        for (ScoredPartition scored : outcome.scored()) {
            table.row(
                    scored.date().toString(),
                    scored.late() ? "late" : "new",
                    number(scored.rows()),
                    number(scored.anomalies()),
                    scored.setAside().isPresent() ? number(scored.setAside().getAsLong()) : "-",
                    number("%.2f", scored.meanElbo()),
                    number("%.3f", scored.largestPsi()),
                    scored.path());
        }
        return table;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
