package elbow.batch;

import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.batch.LedgerEntry.Counts;
import elbow.report.BatchReport.Driver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that drive anomalies over several batches, by what the ledger says of each. */
final class Drivers {
    private static final int MOST = 15;

    private Drivers() {}

    /**
     * The columns of most rows, those first.
     *
     * @param past earlier batches; those of a ledger's first version say nothing of columns, and count for nothing
     * @param now this batch
     */
    static List<Driver> of(List<LedgerEntry> past, Counts now) {
        List<Counts> all =
                new ArrayList<>(past.stream().map(LedgerEntry::counts).toList());
        all.add(now);
        Map<String, Long> rows = new HashMap<>();
        Map<String, Integer> batches = new HashMap<>();
        long flagged = 0;
        for (Counts counts : all) {
            flagged += counts.drivers().isEmpty() ? 0 : counts.anomalies();
            for (ColumnDriver driver : counts.drivers()) {
                rows.merge(driver.column(), driver.rows(), Long::sum);
                batches.merge(driver.column(), 1, Integer::sum);
            }
        }
        double total = flagged;
        return rows.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(column -> new Driver(
                        column.getKey(),
                        column.getValue(),
                        column.getValue() / total,
                        batches.getOrDefault(column.getKey(), 0),
                        rowsOf(now, column.getKey())))
                .toList();
    }

    private static long rowsOf(Counts counts, String column) {
        return counts.drivers().stream()
                .filter(driver -> driver.column().equals(column))
                .mapToLong(ColumnDriver::rows)
                .sum();
    }
}
