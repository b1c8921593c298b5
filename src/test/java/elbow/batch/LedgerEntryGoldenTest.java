package elbow.batch;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.batch.LedgerEntry.ColumnDriver;
import elbow.batch.LedgerEntry.ColumnPsi;
import elbow.batch.LedgerEntry.Counts;
import elbow.batch.LedgerEntry.Reason;
import elbow.score.alarm.Alarm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of ledgers as each version of the format wrote them; a file is never changed, only added to. */
class LedgerEntryGoldenTest {
    private static final List<Alarm> ALARMS = List.of(new Alarm(
            Alarm.Kind.UNSEEN,
            Optional.of("town"),
            0.07,
            0.01,
            "town: 7% of the rows have categories that training had not"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anEntryOfEachVersionIsReadWhole(int version) throws IOException {
        String text = text("entry-" + version + ".json");
        LedgerEntry entry = new LedgerEntry(
                "0123456789ab",
                LocalDate.parse("2026-11-23"),
                2,
                Reason.LATE,
                7,
                version < 3 ? "" : "batch-20261124-020000-4711",
                "model=0123456789ab/dt=2026-11-23/run=7",
                "79a738be6216b081",
                new Counts(
                        100,
                        3,
                        OptionalLong.of(1),
                        -12.5,
                        Double.POSITIVE_INFINITY,
                        16,
                        Double.NaN,
                        List.of(new ColumnPsi("weight", 0.25)),
                        version < 2 ? List.of() : ALARMS,
                        version < 2 ? List.of() : List.of(new ColumnDriver("weight", 2, 9.75))),
                Instant.parse("2026-11-24T02:00:00Z"),
                Instant.parse("2026-11-24T02:03:04.005Z"));

        assertThat(LedgerEntryJson.read("entry.json", text)).isEqualTo(entry);
        if (version == 3) {
            assertThat(LedgerEntryJson.write(entry)).isEqualTo(text);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = LedgerEntryGoldenTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
