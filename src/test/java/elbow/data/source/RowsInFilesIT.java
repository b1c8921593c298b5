package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.image.Images;
import elbow.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsInFilesIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void columnarFilesSayIt(String format) {
        String place = table(format);

        assertThat(rows(ReadRequest.of(place))).hasValue(1_000);
        assertThat(rows(ReadRequest.of(place, place + "/part-*"))).hasValue(1_000);
        assertThat(rows(ReadRequest.of(place).where("x > 3"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "libsvm"})
    void otherFormatsUseTheReadersCount(String format) throws IOException {
        Path file = directory.resolve("rows." + format);
        Files.writeString(
                file,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> switch (format) {
                            case "csv" -> i + ",1\n";
                            case "json" -> "{\"x\": " + i + "}\n";
                            default -> "1 1:" + i + "\n";
                        })
                        .collect(Collectors.joining("", format.equals("csv") ? "x,y\n" : "", "")));
        ReadRequest request = ReadRequest.of(file.toString());
        assertThat(rows(request)).isEmpty();

        ReadRequest counted = request.countedBy(new RowsRead(SharedSpark.session()));
        Dataset<Row> rows = DataReader.read(SharedSpark.session(), counted);
        rows.javaRDD().count();
        rows.filter("rand() < 2").limit(3).collectAsList();

        assertThat(rows(counted)).hasValue(1_000);
    }

    @Test
    @Fault(section = Fault.Section.ROWS, fault = "a file changes while it is read", promised = "named (3)")
    void aFileThatChangesMeanwhileIsMissed() throws IOException {
        Path file = Files.writeString(directory.resolve("rows.csv"), "x,y\n1,2\n3,4\n");
        ReadRequest counted = ReadRequest.of(file.toString()).countedBy(new RowsRead(SharedSpark.session()));
        Dataset<Row> rows = DataReader.read(SharedSpark.session(), counted);
        rows.collectAsList();
        Files.writeString(file, "x,y\n1,2\n3,4\n5,6\n");
        rows.collectAsList();

        assertThatThrownBy(() -> rows(counted))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("must stay as it is while it is read, but gave other rows");
    }

    @Test
    void idxFilesSayItAtTheirStarts() throws IOException {
        Path file = directory.resolve("train-images-idx3-ubyte");
        Files.write(
                file,
                ByteBuffer.allocate(16 + 7 * 4)
                        .putInt(0x803)
                        .putInt(7)
                        .putInt(2)
                        .putInt(2)
                        .array());

        assertThat(rows(ReadRequest.of(file.toString()))).hasValue(7);
    }

    @Test
    void anImageIsARow() throws IOException {
        for (String name : new String[] {"a.png", "b.png", "c.png"}) {
            Files.write(directory.resolve(name), Images.greyPng(2, 2));
        }
        assertThat(rows(ReadRequest.of(directory.toString()))).hasValue(3);
    }

    @Test
    void whatIsWrittenIsCountedFileByFile() throws IOException {
        Path place = Path.of(table("parquet"));
        org.apache.hadoop.fs.Path written = new org.apache.hadoop.fs.Path(place.toUri());
        assertThat(RowsInFiles.written(SharedSpark.session(), written)).isEqualTo(1_000);

        try (Stream<Path> files = Files.list(place)) {
            Files.delete(files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow());
        }

        assertThat(RowsInFiles.written(SharedSpark.session(), written)).isEqualTo(750);
    }

    @Test
    void aFileThatIsCutIsNamed() throws IOException {
        Path place = Path.of(table("parquet"));
        ReadRequest request = ReadRequest.of(place.toString());
        try (Stream<Path> files = Files.list(place)) {
            Path file = files.filter(part -> part.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

            assertThatThrownBy(() -> rows(request))
                    .isInstanceOf(ElbowException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    private static OptionalLong rows(ReadRequest request) {
        return RowsInFiles.of(SharedSpark.session(), request);
    }

    private String table(String format) {
        String place = directory.resolve(format).toString();
        SharedSpark.session()
                .sql("SELECT id * 0.5D AS x FROM range(0, 1000, 1, 4)")
                .write()
                .format(format)
                .save(place);
        return place;
    }
}
