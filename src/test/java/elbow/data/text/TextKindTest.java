package elbow.data.text;

import static org.assertj.core.api.Assertions.assertThat;

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
        "2024-12-31, DATE, TEXT"
    })
    void whatDoesNotComeBackAsItIsWrittenIsTextWhereItMust(String text, TextKind kind, TextKind exact) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(TextKind.of(bytes, 0, bytes.length)).isEqualTo(kind);
        assertThat(TextKind.exact(bytes, 0, bytes.length)).isEqualTo(exact);
    }
}
