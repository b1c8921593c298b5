package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroBlocksTest {
    private static final int ROWS = 1_000;
    private static final int ROWS_OF_A_BLOCK = 300;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void blocksSayHowManyRowsTheyHave(String codec) throws IOException {
        assertThat(rows(written(codec))).isEqualTo(ROWS);
    }

    /** Avro's own reader gives the whole blocks before, without a word. */
    @Test
    void aFileThatIsCutWithinABlockIsRefused() throws IOException {
        Path file = written("null");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));

        assertThat(readByAvro(file)).isEqualTo(3 * ROWS_OF_A_BLOCK);
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(ElbowException.class)
                .hasMessageContainingAll(file.toString(), "is cut off", "behind row 900");
    }

    @Test
    void noCutIsTakenForAnEndButThatBetweenBlocks() throws IOException {
        Path file = written("null");
        byte[] whole = Files.readAllBytes(file);
        int ends = 0;
        for (int length = whole.length - 1; length > whole.length - 400; length--) {
            Files.write(file, Arrays.copyOf(whole, length));
            try {
                assertThat(rows(file)).isEqualTo(3 * ROWS_OF_A_BLOCK);
                ends++;
            } catch (ElbowException e) {
                assertThat(e).hasMessageContaining("is cut off");
            }
        }
        assertThat(ends).isLessThanOrEqualTo(1);
    }

    private static long rows(Path file) throws IOException {
        return AvroBlocks.rows(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
    }

    private static int readByAvro(Path file) throws IOException {
        int rows = 0;
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            while (reader.hasNext()) {
                reader.next();
                rows++;
            }
        }
        return rows;
    }

    private Path written(String codec) throws IOException {
        Path file = directory.resolve("rows.avro");
        Schema schema = SchemaBuilder.record("row").fields().requiredLong("x").endRecord();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(schema, file.toFile());
            for (long i = 0; i < ROWS; i++) {
                writer.append(new GenericRecordBuilder(schema).set("x", i).build());
                if ((i + 1) % ROWS_OF_A_BLOCK == 0) {
                    writer.sync();
                }
            }
        }
        return file;
    }
}
