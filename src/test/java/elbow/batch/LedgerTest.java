package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.batch.LedgerEntry.Reason;
import elbow.fault.Fault;
import elbow.files.Place;
import elbow.score.alarm.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    @TempDir
    private Path directory;

    private Ledger ledger;

    LedgerTest() {
        ledger = ledger("/nowhere");
    }

    @BeforeEach
    void open() {
        ledger = ledger(directory.toString());
    }

    @Test
    void anEntryReadsBackAsItWasWritten() {
        LedgerEntry entry = entry(DAY, 1, "model=0123456789ab/dt=2026-11-23/run=7");

        assertThat(ledger.commit(entry)).isTrue();

        assertThat(ledger.entry(DAY, 1)).contains(entry);
        assertThat(LedgerEntryJson.write(entry)).hasLineCount(1).contains("\"meanElbo\":\"NaN\"");
    }

    @Test
    void anEntryOfTheFirstVersionIsReadWithoutAlarmsAndDrivers() throws IOException {
        Path entries = Files.createDirectories(directory.resolve("_ledger/0123456789ab"));
        String now = LedgerEntryJson.write(entry(DAY, 1, "model=0123456789ab/dt=2026-11-23/run=7"));
        String first = now.replaceFirst("\"alarms\":\\[.*(\"startedAt)", "$1")
                .replaceFirst("\"runId\":\"[^\"]*\",", "")
                .replace("\"formatVersion\":3", "\"formatVersion\":1");
        assertThat(first).doesNotContain("alarms", "drivers", "runId").contains("startedAt");
        Files.writeString(entries.resolve("2026-11-23.1.json"), first);

        Counts counts = ledger.entry(DAY, 1).orElseThrow().counts();

        assertThat(counts.rows()).isEqualTo(100);
        assertThat(counts.alarms()).isEmpty();
        assertThat(counts.drivers()).isEmpty();
        assertThat(ledger.entry(DAY, 1).orElseThrow().runId()).isEmpty();
    }

    @Test
    void anEntryIsNeverReplaced() {
        ledger.commit(entry(DAY, 1, "first"));

        assertThat(ledger.commit(entry(DAY, 1, "second"))).isFalse();

        assertThat(ledger.entry(DAY, 1).orElseThrow().path()).isEqualTo("first");
    }

    @Test
    void theHighestRevisionOfADateHolds() {
        for (int revision = 1; revision <= 11; revision++) {
            ledger.commit(entry(DAY, revision, "r" + revision));
        }
        ledger.commit(entry(DAY.minusDays(3), 1, "before"));

        assertThat(ledger.revisions()).containsEntry(DAY, 11).containsEntry(DAY.minusDays(3), 1);
        assertThat(ledger.newest()).extracting(LedgerEntry::path).containsExactly("before", "r11");
        assertThat(ledger.newestBefore(DAY, 5)).extracting(LedgerEntry::path).containsExactly("before");
        assertThat(ledger.newestBefore(DAY.plusDays(1), 1))
                .extracting(LedgerEntry::path)
                .containsExactly("r11");
    }

    @Test
    void otherFilesAreNoEntries() throws IOException {
        ledger.commit(entry(DAY, 1, "first"));
        Path entries = directory.resolve("_ledger/0123456789ab");
        Files.writeString(entries.resolve(".tmp-1"), "half");
        Files.writeString(entries.resolve("README"), "mine");

        assertThat(ledger.revisions()).hasSize(1);
    }

    @Test
    void aDamagedEntryIsNamed() throws IOException {
        Path entries = Files.createDirectories(directory.resolve("_ledger/0123456789ab"));
        Files.writeString(entries.resolve("2026-11-23.1.json"), "{\"formatVersion\":1}");

        assertThatThrownBy(ledger::newest)
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("_ledger/0123456789ab/2026-11-23.1.json is not what a batch writes")
                .hasMessageContaining("modelId");
    }

    @Test
    void whereDamageIsToldTheOtherEntriesAreRead() throws IOException {
        ledger.commit(entry(DAY.plusDays(1), 1, "second"));
        Path entries = directory.resolve("_ledger/0123456789ab");
        Files.writeString(entries.resolve("2026-11-23.1.json"), "{\"formatVersion\":2}");
        Files.writeString(entries.resolve("2026-13-23.1.json"), "");
        List<String> told = new ArrayList<>();
        Ledger tolerant =
                new Ledger(place(directory.toString()), "0123456789ab", damage -> told.add(damage.getMessage()));

        assertThat(tolerant.newest()).extracting(LedgerEntry::path).containsExactly("second");

        assertThat(tolerant.revisions()).containsOnlyKeys(DAY, DAY.plusDays(1));
        assertThat(told)
                .anyMatch(text -> text.contains("2026-11-23.1.json is not what a batch writes"))
                .anyMatch(text -> text.contains("2026-13-23.1.json has a name that is no date"));
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "an entry of a later build",
            promised = "refused (3), not taken for a damaged one")
    void anEntryOfALaterVersionIsNotTakenForADamagedOne() throws IOException {
        Path entries = Files.createDirectories(directory.resolve("_ledger/0123456789ab"));
        String later = LedgerEntryJson.write(entry(DAY, 1, "first"))
                .replace("\"formatVersion\":3", "\"formatVersion\":4,\"of\":\"tomorrow\"");
        Files.writeString(entries.resolve("2026-11-23.1.json"), later);
        List<String> told = new ArrayList<>();
        Ledger tolerant =
                new Ledger(place(directory.toString()), "0123456789ab", damage -> told.add(damage.getMessage()));

        assertThatThrownBy(() -> tolerant.entry(DAY, 1))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("_ledger/0123456789ab/2026-11-23.1.json cannot be read by this build: ")
                .hasMessageContaining("formatVersion must be from 1 to 3, but is 4");
        assertThat(told).isEmpty();
    }

    @Test
    void aPathOutsideTheOutputIsRefused() {
        for (String path : List.of("/etc", "../other", "s3a://else/where")) {
            assertThatThrownBy(() -> entry(DAY, 1, path)).hasMessageContaining("path must lie within the output");
        }
    }

    private static Ledger ledger(String output) {
        return new Ledger(place(output), "0123456789ab");
    }

    private static Place place(String output) {
        return Place.of("output", output, ErrorCategory.USAGE, new Configuration());
    }

    private static LedgerEntry entry(LocalDate date, int revision, String path) {
        Counts counts = new Counts(
                100,
                3,
                OptionalLong.of(2),
                Double.NaN,
                12.5,
                16,
                0.25,
                List.of(new ColumnPsi("a \"b\"", 0.125)),
                List.of(
                        new Alarm(Alarm.Kind.FLAGGED, Optional.empty(), 0.5, 0.01, "many"),
                        new Alarm(Alarm.Kind.UNSEEN, Optional.of("a \"b\""), 1, 0, "new")),
                List.of(new ColumnDriver("c", 2, 7.5), new ColumnDriver("a \"b\"", 1, Double.POSITIVE_INFINITY)));
        return new LedgerEntry(
                "0123456789ab",
                date,
                revision,
                Reason.LATE,
                7,
                "batch-20261124-020000-4711",
                path,
                "00ff00ff00ff00ff",
                counts,
                Instant.parse("2026-11-24T02:00:00Z"),
                Instant.parse("2026-11-24T02:01:00.123Z"));
    }
}
