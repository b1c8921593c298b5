package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.batch.LedgerEntry.Counts;
import elbow.batch.LedgerEntry.Reason;
import elbow.report.BatchReport.Driver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriversTest {
    @Test
    void columnsAreCountedOverAllBatchesTheOneOfMostRowsFirst() {
        Counts now = counts(30, new ColumnDriver("pulse", 20, 4), new ColumnDriver("age", 10, 2));
        LedgerEntry before = entry(1, counts(70, new ColumnDriver("age", 50, 3), new ColumnDriver("weight", 20, 1)));

        assertThat(Drivers.of(List.of(before), now))
                .containsExactly(
                        new Driver("age", 60, 0.6, 2, 10),
                        new Driver("pulse", 20, 0.2, 1, 20),
                        new Driver("weight", 20, 0.2, 1, 0));
    }

    /** A build that knew no drivers flagged rows too: of them nobody knows the columns. */
    @Test
    void entriesOfTheFirstVersionCountForNothing() {
        Counts now = counts(30, new ColumnDriver("pulse", 21, 4), new ColumnDriver("age", 9, 2));
        LedgerEntry first = ofFirstVersion(entry(1, counts(5000, new ColumnDriver("age", 5000, 3))));
        LedgerEntry second = entry(2, counts(70, new ColumnDriver("pulse", 70, 3)));
        assertThat(first.counts().anomalies()).isEqualTo(5000);
        assertThat(first.counts().drivers()).isEmpty();

        List<Driver> drivers = Drivers.of(List.of(first, second), now);

        assertThat(drivers).extracting(Driver::column).containsExactly("pulse", "age");
        assertThat(drivers).extracting(Driver::rows).containsExactly(91L, 9L);
        assertThat(drivers).extracting(Driver::batches).containsExactly(2, 1);
        assertThat(drivers.get(0).share()).isCloseTo(0.91, within(1e-12));
    }

    @Test
    void whereAllAreOfTheFirstVersionThereIsNothingToSay() {
        LedgerEntry first = ofFirstVersion(entry(1, counts(5000, new ColumnDriver("age", 5000, 3))));

        assertThat(Drivers.of(List.of(first), first.counts())).isEmpty();
    }

    @Test
    void ofManyColumnsThoseOfMostRowsAreNamed() {
        ColumnDriver[] all = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> new ColumnDriver("c" + i, i, 1))
                .toArray(ColumnDriver[]::new);

        List<Driver> drivers = Drivers.of(List.of(), counts(820, all));

        assertThat(drivers).hasSize(15);
        assertThat(drivers.get(0)).isEqualTo(new Driver("c40", 40, 40 / 820.0, 1, 40));
        assertThat(drivers.get(14).column()).isEqualTo("c26");
    }

    private static LedgerEntry ofFirstVersion(LedgerEntry entry) {
        String first = LedgerEntryJson.write(entry)
                .replaceFirst("\"alarms\":\\[.*(\"startedAt)", "$1")
                .replace("\"formatVersion\":2", "\"formatVersion\":1");
        return LedgerEntryJson.read("entry", first);
    }

    private static Counts counts(long anomalies, ColumnDriver... drivers) {
        return new Counts(
                10_000, anomalies, OptionalLong.empty(), -3, 12, 0, 0.1, List.of(), List.of(), List.of(drivers));
    }

    private static LedgerEntry entry(int day, Counts counts) {
        return new LedgerEntry(
                "0123456789ab",
                LocalDate.of(2026, 11, day),
                1,
                Reason.NEW,
                day,
                "",
                "model=0123456789ab/run=" + day,
                "00ff00ff00ff00ff",
                counts,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
