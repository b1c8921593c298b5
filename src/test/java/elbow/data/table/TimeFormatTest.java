package elbow.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso|2024-12-31|2024-12-31T00:00:00Z",
                "iso|2024-12-31 23:59|2024-12-31T23:59:00Z",
                "iso|2024-12-31T23:59:58.123456789Z|2024-12-31T23:59:58.123456Z",
                "iso|2024-12-31 23:59:58+02:00|2024-12-31T21:59:58Z",
                "iso|2024-12-31 23:59:58 -0530|2025-01-01T05:29:58Z",
                "dd.MM.yyyy|1.2.2024 7:05|2024-02-01T07:05:00Z",
                "dd/MM/yyyy|31/12/2024|2024-12-31T00:00:00Z",
                "MM/dd/yyyy|12/31/2024 12:05 AM|2024-12-31T00:05:00Z",
                "MM/dd/yyyy|12/31/2024 1:05:30 pm|2024-12-31T13:05:30Z",
                "MM/dd/yyyy|12/31/2024, 1:05:30\u202fPM|2024-12-31T13:05:30Z",
                "d MMM yyyy|5 Dec 2024|2024-12-05T00:00:00Z",
                "MMM d, yyyy|December 5, 2024|2024-12-05T00:00:00Z",
                "yyyyMMddHHmm|202412312359|2024-12-31T23:59:00Z",
                "yyyy-MM|2024-12|2024-12-01T00:00:00Z",
                "epoch-seconds|1735689598|2024-12-31T23:59:58Z",
                "epoch-seconds|1.735689598123456E9|2024-12-31T23:59:58.123456Z",
                "epoch-seconds|-1|1969-12-31T23:59:59Z",
                "epoch-milliseconds|1735689598123|2024-12-31T23:59:58.123Z",
                "epoch-microseconds|1735689598123456|2024-12-31T23:59:58.123456Z",
                "epoch-nanoseconds|1735689598123456789|2024-12-31T23:59:58.123456Z",
                "epoch-seconds|1e-99999999|1970-01-01T00:00:00Z",
            })
    void timesAreReadInUtc(String pattern, String text, String instant) {
        Instant expected = Instant.parse(instant);

        assertThat(TimeFormat.of(pattern).micros(text))
                .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1000);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-seconds, 1735689598.25",
        "epoch-milliseconds, 1735689598123",
        "epoch-microseconds, 1735689598123456",
        "epoch-nanoseconds, 1735689598123456000"
    })
    void countsAreWrittenAsTheyAreRead(String pattern, String count) {
        TimeFormat format = TimeFormat.of(pattern);

        assertThat(format.text(format.micros(count), 1)).isEqualTo(count);
        assertThat(format.micros("1e300")).isEqualTo(TimeFormat.NONE);
        assertThat(format.micros("inf")).isEqualTo(TimeFormat.NONE);
        assertThat(format.micros("today")).isEqualTo(TimeFormat.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024",
                "2024-12",
                "1001-01",
                "07:13:00",
                "2024-13-01",
                "2024-02-30",
                "2024-12-31T",
                "2024-12-31 24:00",
                "2024-12-31 23:59:60",
                "2024-12-31 23:59 CET",
                "24-12-31",
                "2024-12-31x",
                "12.5",
                ""
            })
    void otherTextsAreNoTimes(String text) {
        for (TimeFormat format : TimeFormat.known()) {
            assertThat(format.micros(text)).as(format.pattern()).isEqualTo(TimeFormat.NONE);
        }
    }

    @Test
    void timesThatClocksPassOverAreNone() {
        TimeFormat format = TimeFormat.of("yyyy-MM-dd HH:mm:ss VV");

        assertThat(format.micros("2024-03-31 02:30:00 Europe/Berlin")).isEqualTo(TimeFormat.NONE);
        assertThat(format.micros("2024-03-31 01:59:59 Europe/Berlin"))
                .isEqualTo(TimeFormat.ISO.micros("2024-03-31 00:59:59"));
        assertThat(format.micros("2024-03-31 03:00:00 Europe/Berlin"))
                .isEqualTo(TimeFormat.ISO.micros("2024-03-31 01:00:00"));
        assertThat(format.micros("2024-03-31 02:30:00 UTC")).isEqualTo(TimeFormat.ISO.micros("2024-03-31 02:30:00"));
        assertThat(TimeFormat.of("yyyy-MM-dd HH:mm:ssXXX'['VV']'").micros("2024-03-31 03:30:00+02:00[Europe/Berlin]"))
                .isEqualTo(TimeFormat.ISO.micros("2024-03-31 01:30:00"));
    }

    @Test
    void aYearThatMicrosecondsDoNotCountIsNoTime() {
        TimeFormat format = TimeFormat.of("yyyy-MM-dd");

        assertThat(format.micros("+294246-01-01")).isPositive();
        assertThat(format.micros("+999999999-01-01")).isEqualTo(TimeFormat.NONE);
    }

    @Test
    void invalidPatternIsRefused() {
        assertThatThrownBy(() -> TimeFormat.of("nonsense {")).isInstanceOf(IllegalArgumentException.class);
        assertThat(List.of(TimeFormat.of("iso"), TimeFormat.of("dd.MM.yyyy"))).isSubsetOf(TimeFormat.known());
    }
}
