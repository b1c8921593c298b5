package elbow.batch;

import elbow.score.alarm.Alarm;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * A partition that a run has published.
 *
 * @param date of the partition
 * @param late whether it was scored before, and has changed since
 * @param rows rows scored
 * @param anomalies rows above the threshold
 * @param setAside bad rows set aside; empty where they are errors
 * @param meanElbo in nats per row
 * @param largestPsi the largest population stability index of a column; NaN where drift is not known
 * @param alarms what the rows have that training had not
 * @param path directory of scores and report
 */
public record ScoredPartition(
        LocalDate date,
        boolean late,
        long rows,
        long anomalies,
        OptionalLong setAside,
        double meanElbo,
        double largestPsi,
        List<Alarm> alarms,
        String path) {
    public ScoredPartition {
        alarms = List.copyOf(alarms);
    }

    static ScoredPartition of(LedgerEntry entry, String path) {
        LedgerEntry.Counts counts = entry.counts();
        return new ScoredPartition(
                entry.date(),
                entry.reason() == LedgerEntry.Reason.LATE,
                counts.rows(),
                counts.anomalies(),
                counts.setAside(),
                counts.meanElbo(),
                counts.drift().stream()
                        .mapToDouble(LedgerEntry.ColumnPsi::psi)
                        .max()
                        .orElse(Double.NaN),
                counts.alarms(),
                path);
    }
}
