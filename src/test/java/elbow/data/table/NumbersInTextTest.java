package elbow.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersInTextTest {
    @Test
    void bytesAreReadToTheSameBitAsText() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            for (String text : List.of(
                    Double.toString(value), Float.toString((float) value), Math.round(value * 1e4) / 1e4 + "")) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                assertThat(Double.doubleToRawLongBits(NumberText.parse(bytes, 0, bytes.length)))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-",
                "+",
                "\u2212",
                "\u2212-1",
                "1d",
                "0x1p3",
                "1e",
                "1.2.3",
                " 1",
                "1,5",
                "NaN",
                "٣",
                "1_000"
            })
    void otherBytesAreNoNumbers(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(NumberText.parse(bytes, 0, bytes.length)).isNaN();
    }

    @Test
    void theMinusOfTypographyIsOne() {
        byte[] bytes = "\u22121.5e3".getBytes(StandardCharsets.UTF_8);

        assertThat(NumberText.parse(bytes, 0, bytes.length)).isEqualTo(-1500);
        assertThat(NumberText.parse("\u2212inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NumberText.parse(new NumberStyle(true, NumberStyle.NONE, "€").plain("\u2212€1.234,5")))
                .isEqualTo(-1234.5);
        assertThat(TimeFormat.of("epoch-seconds").micros("\u22122")).isEqualTo(-2_000_000);
        assertThatThrownBy(() -> new NumberStyle(false, NumberStyle.NONE, "\u2212"))
                .hasMessageContaining("none of + -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,5|1234.5",
                "1.234.567|1234567",
                "-0,5|-0.5",
                "1.5|1.5",
                "12.34,5|12.34,5",
                "a,b|a,b",
                "1,5e3|1.5e3"
            })
    void aDecimalCommaIsReadWithItsGroups(String text, String plain) {
        assertThat(new NumberStyle(true, NumberStyle.NONE, "").plain(text)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"€1,234.50|1234.50", "-€5|-5", "5 %|5", "1,23|1,23", "$|$", "12,345|12345"})
    void signsAndGroupsAreReadWhereTheyAreGiven(String text, String plain) {
        assertThat(new NumberStyle(false, ',', "€$%").plain(text)).isEqualTo(plain);
    }

    @Test
    void textsOfNoValueAreSuchInAnyCaseUnlessAModelIsOlder() {
        Markers markers = new Markers(List.of("NA", "-999", ""));
        Markers older = new Markers(List.of("NA", "-999", ""), Markers.Matching.EXACT);

        for (String text : List.of("NA", " na ", "Na", "", "  ")) {
            assertThat(markers.contains(UTF8String.fromString(text))).as(text).isTrue();
        }
        assertThat(markers.contains(UTF8String.fromString("NAN"))).isFalse();
        assertThat(markers.contains(-999)).isTrue();
        assertThat(older.contains(UTF8String.fromString(" NA "))).isTrue();
        assertThat(older.contains(UTF8String.fromString("na"))).isFalse();
        assertThat(older.contains(-999)).isFalse();
    }
}
