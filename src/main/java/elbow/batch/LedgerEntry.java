package elbow.batch;

import elbow.base.Check;
import elbow.score.alarm.Alarm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the ledger says of one scoring of one partition by one model. Its appearance in the ledger is what publishes the
 * scores; the newest one of a date holds.
 *
 * @param modelId the model
 * @param date the partition
 * @param revision 1 for the first scoring of the partition by the model, 2 for the next, and so on
 * @param reason why it was scored, or removed
 * @param run number of the run, as its lock gave it
 * @param runId of the process, as its log has it; empty in entries that do not say
 * @param path the directory of the scores, relative to the output; empty if they were removed
 * @param fingerprint of the input's files as they were scored: 16 hex digits over names, lengths and modification times
 * @param counts what was found
 * @param startedAt when the run began
 * @param committedAt when the entry was written
 */
record LedgerEntry(
        String modelId,
        LocalDate date,
        int revision,
        Reason reason,
        long run,
        String runId,
        String path,
        String fingerprint,
        Counts counts,
        Instant startedAt,
        Instant committedAt) {
    /** Why there is an entry. */
    enum Reason {
        /** The model had not scored the partition. */
        NEW,
        /** The partition's files have changed since. */
        LATE,
        /** Retention has removed the scores. */
        REMOVED
    }

    LedgerEntry {
        Check.argument(revision >= 1, "revision", "be at least 1", revision);
        Check.argument(
                path.isEmpty() == (reason == Reason.REMOVED), "path", "be there unless scores were removed", path);
        Check.argument(
                !path.startsWith("/") && !path.contains("..") && !path.contains(":"),
                "path",
                "lie within the output",
                path);
    }

    /** Whether the scores are there. */
    boolean isPublished() {
        return reason != Reason.REMOVED;
    }

    /**
     * What a scoring found.
     *
     * @param rows rows scored
     * @param anomalies rows above the threshold
     * @param setAside bad rows that were set aside; empty where they are errors
     * @param meanElbo mean ELBO in nats per row
     * @param threshold anomaly score above which a row is an anomaly
     * @param samples posterior samples per row
     * @param scoreShift Kolmogorov-Smirnov distance of the anomaly scores from those of held-out rows, in [0, 1]; NaN
     *     where groups of rows have networks of their own, whose scores do not compare
     * @param drift per column, in the order of the encoder; none if the model does not know its training columns
     * @param alarms what the rows have that training had not
     * @param drivers the columns that make flagged rows strange, the one of most rows first; none if it was not asked
     */
    record Counts(
            long rows,
            long anomalies,
            OptionalLong setAside,
            double meanElbo,
            double threshold,
            int samples,
            double scoreShift,
            List<ColumnPsi> drift,
            List<Alarm> alarms,
            List<ColumnDriver> drivers) {
        Counts {
            drift = List.copyOf(drift);
            alarms = List.copyOf(alarms);
            drivers = List.copyOf(drivers);
        }

        double anomalyShare() {
            return rows == 0 ? 0 : (double) anomalies / rows;
        }
    }

    /**
     * How far a column has drifted from training.
     *
     * @param column name
     * @param psi population stability index
     */
    record ColumnPsi(String column, double psi) {}

    /**
     * A column that makes rows strange.
     *
     * @param column name
     * @param rows flagged rows of whose scores it explains more than any other column
     * @param nats by how much it raises these rows' scores, on average
     */
    record ColumnDriver(String column, long rows, double nats) {}
}
