package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.image.Images;
import elbow.failure.KnownFailures;
import elbow.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody removes while a run reads them. */
class GoneFilesIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "json", "parquet", "orc", "libsvm", "idx", "png"})
    @Fault(section = Fault.Section.ROWS, fault = "a file goes while it is read", promised = "named (3)")
    void aFileThatGoesWhileItIsReadIsNamed(String ending) throws IOException {
        SparkSession spark = SharedSpark.session();
        Path file = write(spark, ending);
        Dataset<Row> rows = DataReader.read(spark, ReadRequest.of(file.toString()));
        Files.delete(file);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

        Exception failure = catchException(rows::collectAsList);

        assertThat(KnownFailures.translate(failure))
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        known -> assertThat(known.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageStartingWith("the input cannot be read: file:")
                .hasMessageEndingWith("rows." + ending + " is not there, though it was when the run began");
    }

    private Path write(SparkSession spark, String ending) throws IOException {
        Path file = directory.resolve("rows." + ending);
        byte[] content = switch (ending) {
            case "csv" -> utf8("a,b\n1,2\n3,4\n");
            case "csv.gz" -> IdxFiles.gzip(utf8("a,b\n1,2\n3,4\n"));
            case "json" -> utf8("{\"a\":1}\n{\"a\":2}\n");
            case "libsvm" -> utf8("1 1:0.5 2:1\n0 1:2 2:3\n");
            case "idx" -> IdxFiles.images(3, 2, 2);
            case "png" -> Images.greyPng(2, 2);
            default -> spark(spark, ending);
        };
        return Files.write(file, content);
    }

    private byte[] spark(SparkSession spark, String format) throws IOException {
        Path written = directory.resolve("written");
        spark.range(10).coalesce(1).write().format(format).save(written.toString());
        try (Stream<Path> files = Files.list(written)) {
            List<Path> parts = files.filter(
                            part -> part.getFileName().toString().startsWith("part"))
                    .toList();
            return Files.readAllBytes(parts.get(0));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
