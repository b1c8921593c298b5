package elbow.batch;

import elbow.batch.LedgerEntry.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A partition that a run is to score.
 *
 * @param partition where it is
 * @param revision number of its ledger entry
 * @param reason why
 */
record DuePartition(Partition partition, int revision, Reason reason) {

    /**
     * The partitions of a range that the ledger does not list, and those that have changed since it did or whose entry
     * is damaged, as far as settings allow; ascending by date.
     *
     * @param today by which age counts
     */
    static List<DuePartition> find(
            Partitions partitions, Ledger ledger, DateRange range, LocalDate today, BatchSettings settings) {
        NavigableMap<LocalDate, Integer> revisions = ledger.revisions();
        List<DuePartition> due = new ArrayList<>();
        List<Partition> found = partitions.find(date -> range.contains(date)
                && settings.since().map(first -> !date.isBefore(first)).orElse(true)
                && !Retention.isOver(date, today, settings)
                && (!revisions.containsKey(date) || mayBeLate(date, range, settings)));
        for (Partition partition : found) {
            Integer revision = revisions.get(partition.date());
            if (revision == null) {
                due.add(new DuePartition(partition, 1, Reason.NEW));
                continue;
            }
            Optional<LedgerEntry> entry = ledger.entry(partition.date(), revision);
            // Of a damaged entry nobody knows what it published: the next one says it again.
            boolean changed = entry.map(
                            known -> known.isPublished() && !known.fingerprint().equals(partition.fingerprint()))
                    .orElse(true);
            if (changed) {
                due.add(new DuePartition(partition, revision + 1, Reason.LATE));
            }
        }
        return due;
    }

    private static boolean mayBeLate(LocalDate date, DateRange range, BatchSettings settings) {
        return range.backfill()
                || (settings.lateDays() > 0 && !date.isBefore(range.to().minusDays(settings.lateDays())));
    }
}
