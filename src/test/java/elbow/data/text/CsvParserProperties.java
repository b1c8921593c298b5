package elbow.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What is written as RFC 4180 has it is read back, in whatever pieces it comes. */
class CsvParserProperties {
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "a",
                "12.5",
                "",
                " blank ",
                "with \"quotes\"",
                "a,b",
                "two\nlines",
                "\r\n",
                "größe",
                "名",
                "\uD83D\uDE00",
                "#x");
    }

    @Property(tries = 300)
    void quotedValuesAreReadAsTheyWereWritten(
            @ForAll @Size(min = 1, max = 30) List<@Size(value = 3) List<@From("values") String>> rows)
            throws IOException {
        String text = rows.stream()
                .map(row -> row.stream()
                        .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));

        assertThat(read(text, ',')).isEqualTo(rows);
    }

    @Property(tries = 300)
    void valuesWithoutQuotesAreReadWithoutBlanksAroundThem(
            @ForAll @Size(min = 1, max = 30) List<@Size(value = 2) List<String>> rows) throws IOException {
        List<List<String>> plain = rows.stream()
                .map(row -> row.stream()
                        .map(value -> "v" + value.replaceAll("[^a-zA-Z0-9äöü]", "_"))
                        .toList())
                .toList();
        String text = plain.stream()
                .map(row -> " " + String.join(" § ", row) + "  ")
                .collect(Collectors.joining("\r\n", "", "\r\n"));

        assertThat(read(text, '§')).isEqualTo(plain);
    }

    @Example
    void valuesAsTheyStandKeepTheirBlanks() throws IOException {
        try (CsvParser parser = parser(" a , \"b \"\" c\" ,\t\n", ',')) {
            assertThat(parser.next()).isTrue();
            assertThat(String.valueOf(parser.exact(0))).isEqualTo(" a ");
            assertThat(String.valueOf(parser.exact(1))).isEqualTo("b \" c");
            assertThat(String.valueOf(parser.exact(2))).isEqualTo("\t");
            assertThat(parser.text(2)).isNull();
            assertThat(parser.next()).isFalse();
        }
    }

    @Example
    void emptyLinesAreValuesIfAskedForButForTheLastOnes() throws IOException {
        List<String> values = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        try (CsvParser parser = parser("x\n\n1\n \t\r\n\"\"\n\n\n22\n\n \n", ',')) {
            assertThat(parser.next()).isTrue();
            parser.takeEmptyLines();
            while (parser.next()) {
                values.add(parser.size() + Objects.toString(parser.text(0), "-"));
                starts.add(parser.start());
            }
        }

        assertThat(values).containsExactly("1-", "11", "1-", "1-", "1-", "1-", "122");
        assertThat(starts).containsExactly(2L, 3L, 5L, 9L, 12L, 13L, 14L);
    }

    @Example
    void bytesThatAreNoTextAreRefusedWithTheirPlace() {
        byte[] latin = "a,b\n1,ä\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> {
                    CsvParser parser = new CsvParser(new ByteArrayInputStream(latin), 0, ',', CsvFormat.NO_COMMENT);
                    while (parser.next()) {
                        assertThat(parser.size()).isEqualTo(2);
                    }
                })
                .isInstanceOfSatisfying(
                        BadByteException.class, bad -> assertThat(bad.offset()).isEqualTo(6));
    }

    private static List<List<String>> read(String text, char delimiter) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CsvParser parser = parser(text, delimiter)) {
            while (parser.next()) {
                assertThat(parser.fault()).isNull();
                List<String> row = new ArrayList<>();
                for (int i = 0; i < parser.size(); i++) {
                    row.add(Objects.toString(parser.text(i), ""));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Of bytes that come one by one, so that every place is where a buffer ends. */
    private static CsvParser parser(String text, char delimiter) {
        InputStream slow = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
        return new CsvParser(slow, 0, delimiter, CsvFormat.NO_COMMENT);
    }
}
