package elbow.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineRowsTest {
    private static final int FAULT = 3;

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
    void unknownEscapesAreRefused(String line) throws IOException {
        assertThat(fault(line)).isEmpty();
    }

    private String fault(String line) throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), line + "\n");
        Configuration hadoop = new Configuration();
        TextFile text = TextFile.of("JSON file", new org.apache.hadoop.fs.Path(file.toUri()), Optional.empty(), hadoop);
        JsonLineRows rows =
                new JsonLineRows(List.of(new TextChunk(text, 0, TextChunk.END, List.of())), List.of(), hadoop);
        InternalRow row = rows.next();
        return row.isNullAt(FAULT) ? "" : row.getUTF8String(FAULT).toString();
    }
}
