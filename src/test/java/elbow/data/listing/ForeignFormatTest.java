package elbow.data.listing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFormatTest {
    @ParameterizedTest
    @CsvSource({
        "fd377a585a000004, xz",
        "1f8b0800, packed again",
        "255044462d312e37, PDF",
        "d0cf11e0a1b11ae1, office",
        "894844460d0a1a0a, HDF5",
        "4152524f57310000, Arrow"
    })
    void whatIsOfAnotherFormatIsNamed(String start, String words) {
        assertThatThrownBy(
                        () -> ForeignFormat.requireNone("file a", HexFormat.of().parseHex(start)))
                .hasMessageContainingAll("file a must be of a format that is read, but is ", words);
    }

    @Test
    void anArchiveIsNamed() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream stream = new ZipOutputStream(zip)) {
            stream.putNextEntry(new ZipEntry("a.csv"));
        }
        byte[] tar = Arrays.copyOf("a.csv".getBytes(StandardCharsets.US_ASCII), 512);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);

        assertThatThrownBy(() -> ForeignFormat.requireNone("file a", zip.toByteArray()))
                .hasMessageContaining("a ZIP archive");
        assertThatThrownBy(() -> ForeignFormat.requireNone("file a", tar)).hasMessageContaining("a tar archive");
    }

    @Test
    void textIsOfNone() {
        for (String text : new String[] {"", "x", "x,y\n1,2\n", "PK,ID\n1,2\n", "SQL\n", "{\"x\": 1}\n"}) {
            assertThatCode(() -> ForeignFormat.requireNone("file a", text.getBytes(StandardCharsets.UTF_8)))
                    .doesNotThrowAnyException();
        }
    }
}
