package elbow.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextKindTest {
    @ParameterizedTest
    @CsvSource({
        "7, INT, INT",
        "-7, INT, INT",
        "12345678901, LONG, LONG",
        "12345678901234567890, DECIMAL, DECIMAL",
        "true, BOOLEAN, BOOLEAN",
        "'', NONE, NONE",
        "a7, TEXT, TEXT",
        "007, INT, TEXT",
        "+7, INT, TEXT",
        "-0, INT, TEXT",
        "00012345678901234567890, DECIMAL, TEXT",
        "1.50, DOUBLE, TEXT",
        "1e3, DOUBLE, TEXT",
        "TRUE, BOOLEAN, TEXT",
        "\u22127, INT, TEXT",
        "\u221212345678901, LONG, TEXT",
        "\u221212345678901234567890, DECIMAL, TEXT",
        "\u22121.5, DOUBLE, TEXT",
        "2024-12-31, DATE, TEXT"
    })
    void whatDoesNotComeBackAsItIsWrittenIsTextWhereItMust(String text, TextKind kind, TextKind exact) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(TextKind.of(bytes, 0, bytes.length)).isEqualTo(kind);
        assertThat(TextKind.exact(bytes, 0, bytes.length)).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, -7",
        "INT, \u22127",
        "INT, +7",
        "LONG, \u221212345678901",
        "LONG, \u22129223372036854775808",
        "DECIMAL, \u221212345678901234567890"
    })
    void everyMinusIsOne(TextKind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(TextKind.of(bytes, 0, bytes.length)).isEqualTo(kind);
        assertThat(kind.value(bytes, 0, bytes.length))
                .hasToString(new BigDecimal(text.replace('\u2212', '-')).toString());
    }
}
