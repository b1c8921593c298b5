package elbow.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineRowsTest {
    private static final int FAULT = 3;
    private static final List<String> ASKED = List.of("Size");

    @TempDir
    private Path directory;

    /** Spark makes each a question mark: two texts would become one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"\\ud800\"}",
                "{\"a\": \"\\udc00\"}",
                "{\"a\": \"\\ud83dx\"}",
                "{\"a\": \"\\ud83d\\ud83d\\ude00\"}",
                "{\"a\\udfff\": 1}"
            })
    void halfALetterIsAFault(String line) throws IOException {
        assertThat(fault(line)).startsWith("must have whole letters, but has half of one: \\ud");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"\\ud83d\\ude00\"}",
                "{\"a\": \"\\ud83d\\ude00\", \"b\": \"}\"}",
                "{\"a\": \"\\\\ud800\"}",
                "{\"a\": \"\\u00e4\\\"\"}",
                "{\"a\": \"\\\\\"}"
            })
    void wholeLettersAreNoFault(String line) throws IOException {
        assertThat(fault(line)).isEmpty();
    }

    /** Spark takes the last one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"b\": 2, \"a\": 3}",
                "{\"b\": 1, \"a\": 1, \"\\u0061\": 3}",
                "{'a': 1, \"a\": 3}",
                "{\"b\": {\"x\": [{\"a\": 1, \"a\": 2}]}}",
                "{\"b\": {\"a\": 1}, \"a\": 1, \"a\" : 2}"
            })
    void aFieldThatIsThereTwiceIsAFault(String line) throws IOException {
        assertThat(faults("{\"a\": 1, \"b\": 2}", line, "{\"b\": 1, \"a\": {\"a\": 1}}"))
                .containsExactly("", "must have each field once, but has \"a\" more than once", "");
    }

    /** Spark passes over it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"\": 1}", "{\"a\": 1, '' : 2}", "{\"a\": {\"\": 1}}"})
    void aFieldWithoutANameIsAFault(String line) throws IOException {
        assertThat(fault(line)).isEqualTo("must have a name for each field, but one has none");
    }

    @Test
    void theSameNamesInOtherObjectsAndEmptyTextsAreNone() throws IOException {
        assertThat(faults(
                        "{\"a\": \"\", \"b\": [\"\", \"\"], \"c\": {\"a\": \"a:\", \"b\": {\"a\": 1}}}",
                        "{\"c\": [{\"a\": 1}, {\"a\": 2}], \"a\": \"\\\"a\\\": 1\"}",
                        "{\"b\": \"it's\", \"a\": \"it's\", \"d\": 1}"))
                .containsOnly("");
    }

    @Test
    void namesThatDifferFromThoseAskedForByCaseAloneAreAFault() throws IOException {
        String fault = "must have names of fields that differ from those of other rows in more than case, but"
                + " \"size\" and \"Size\" do not";

        assertThat(faults("{\"size\": 1}", "{\"Size\": 1, \"a\": 1}", "{\"a\": 2, \"size\": 1}"))
                .containsExactly(fault, "", fault);
    }

    @Test
    void aLineThatIsTooLongIsAFaultOfTheInput() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "{}\n{\"a\":\"" + "x".repeat(1 << 18) + "\"}\n");
        Configuration hadoop = new Configuration();
        TextFile text = TextFile.of("JSON file", new org.apache.hadoop.fs.Path(file.toUri()), Optional.empty(), hadoop);
        TextChunk whole = new TextChunk(text, 0, TextChunk.END, List.of());
        JsonLineRows rows = new JsonLineRows(List.of(whole), List.of(), ASKED, hadoop, 1 << 18);

        assertThat(rows.hasNext()).isTrue();
        rows.next();
        assertThatThrownBy(rows::hasNext)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageEndingWith("must have lines of at most 262144 bytes, but line 2 has more");
    }

    private String fault(String line) throws IOException {
        return faults(line).get(0);
    }

    private List<String> faults(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("a.json"), List.of(lines));
        Configuration hadoop = new Configuration();
        TextFile text = TextFile.of("JSON file", new org.apache.hadoop.fs.Path(file.toUri()), Optional.empty(), hadoop);
        JsonLineRows rows =
                new JsonLineRows(List.of(new TextChunk(text, 0, TextChunk.END, List.of())), List.of(), ASKED, hadoop);
        List<String> faults = new ArrayList<>();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            faults.add(row.isNullAt(FAULT) ? "" : row.getUTF8String(FAULT).toString());
        }
        return faults;
    }
}
