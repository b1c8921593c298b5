package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.image.ImageShape;
import elbow.data.table.Keys;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataReaderIT {
    private static final String CSV = "x.1,name of it,größe\n1,a,0.5\n2,b,1.5\n3,\"c,d\",-2\n";

    @TempDir
    Path directory;

    private SparkSession spark;

    @BeforeEach
    void session() {
        spark = SharedSpark.session();
    }

    @Test
    void csvHasTheNamesOfItsHeaderAndInferredTypes() throws IOException {
        for (String file : List.of(text("plain.csv", CSV), bytes("packed.csv.gz", IdxFiles.gzip(utf8(CSV))))) {
            Dataset<Row> rows = DataReader.read(spark, ReadRequest.of(file));
            assertThat(rows.columns()).containsExactly("x.1", "name of it", "größe");
            assertThat(rows.schema().fields()[0].dataType()).isEqualTo(DataTypes.IntegerType);
            assertThat(rows.schema().fields()[2].dataType()).isEqualTo(DataTypes.DoubleType);
            assertThat(rows.collectAsList())
                    .containsExactly(
                            RowFactory.create(1, "a", 0.5),
                            RowFactory.create(2, "b", 1.5),
                            RowFactory.create(3, "c,d", -2.0));
        }
    }

    @Test
    void csvWithoutAHeaderIsRefusedByItsFirstLine() throws IOException {
        String file = text("bare.csv", "1,2.5,-3e4\n4,5,6\n");

        assertInput(
                () -> DataReader.read(spark, ReadRequest.of(file)),
                "bare.csv must start with a line of column names, but its first line is \"1,2.5,-3e4\": put a header"
                        + " above it");
    }

    @Test
    void whereAndSelectWorkOnAnyColumnName() throws IOException {
        String file = text("plain.csv", CSV);
        Dataset<Row> rows = DataReader.read(
                spark, ReadRequest.of(file).where("`größe` > 0 AND `x.1` = 2").select("name of it"));
        assertThat(rows.collectAsList()).containsExactly(RowFactory.create("b"));
    }

    @Test
    void globsAndDirectoriesReadAllFilesButHiddenOnes() throws IOException {
        text("part/a.csv", "x\n1\n");
        text("part/b.csv", "x\n2\n");
        text("part/_SUCCESS", "");
        text("part/.hidden", "what");
        assertThat(DataReader.read(spark, ReadRequest.of(directory + "/part")).count())
                .isEqualTo(2);
        assertThat(DataReader.read(spark, ReadRequest.of(directory + "/part/*.csv"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void parquetIsDetectedByItsFirstBytes() throws IOException {
        Dataset<Row> rows = DataReader.read(spark, ReadRequest.of(text("plain.csv", CSV)));
        rows.write().parquet(directory + "/table");
        Path part;
        try (var files = Files.list(directory.resolve("table"))) {
            part = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Path renamed = Files.copy(part, directory.resolve("noextension"));
        assertThat(DataReader.read(spark, ReadRequest.of(renamed.toString())).collectAsList())
                .isEqualTo(rows.collectAsList());
        assertThat(DataReader.read(spark, ReadRequest.of(directory + "/table")).count())
                .isEqualTo(3);
    }

    @Test
    void idxRowsAreIndexAndPixelsWithTheirShape() throws IOException {
        byte[] content = IdxFiles.images(5000, 2, 3);
        for (String file : List.of(bytes("a.idx", content), bytes("b-idx3-ubyte.gz", IdxFiles.gzip(content)))) {
            Dataset<Row> rows = DataReader.read(spark, ReadRequest.of(file));
            assertThat(ImageShape.of(rows.schema().apply("image").metadata())).contains(new ImageShape(2, 3, 1));
            assertThat(Keys.isKey(rows.schema().apply("index"))).isTrue();
            List<Row> all = rows.collectAsList();
            assertThat(all).hasSize(5000);
            for (int n = 0; n < 5000; n++) {
                assertThat(all.get(n).getLong(0)).isEqualTo(n);
                assertThat(all.get(n).<byte[]>getAs(1))
                        .isEqualTo(Arrays.copyOfRange(content, 16 + 6 * n, 16 + 6 * (n + 1)));
            }
        }
    }

    @Test
    void raggedRowIsAnErrorWithFileAndLineWhateverIsSelected() throws IOException {
        String file = text("ragged.csv", "a,b\n1,2\n3\n4,5\n");
        for (ThrowingCallable job : List.<ThrowingCallable>of(
                () -> DataReader.read(spark, ReadRequest.of(file)).count(),
                () -> DataReader.read(spark, ReadRequest.of(file).select("a")).collectAsList(),
                () -> DataReader.read(spark, ReadRequest.of(file).where("a = 1"))
                        .collectAsList())) {
            assertInput(job, "ragged.csv: the row in line 3 must have 2 values as the header has, but has 1: \"3\"");
        }
        String longer = text("longer.csv", "a,b\n1,2\n3,4,5\n");
        assertInput(
                () -> DataReader.read(spark, ReadRequest.of(longer)).count(),
                "longer.csv: the row in line 3 must have 2 values as the header has, but has 3: \"3,4,5\"");
    }

    @Test
    void badInputsSayWhatAndWhere() throws IOException {
        assertRefused(directory + "/nothing.csv", "nothing.csv must be a file, a directory or a pattern");
        assertRefused("s3a://bucket/x", "\"s3a://bucket/x\": Class org.apache.hadoop.fs.s3a.S3AFileSystem not found");
        assertRefused("foo://bucket/x", "must be a path or URI of a known file system, but is \"foo://bucket/x\"");
        assertRefused(text("empty.csv", ""), "empty.csv must have rows, but the file is empty (0 bytes)");
        assertRefused(text("header.csv", "a,b\n"), "header.csv must have at least one row: it has none");
        assertRefused(text("twice.csv", "a,b,a\n1,2,3\n"), "twice.csv: column names must differ", "\"a\"");
        byte[] packed = IdxFiles.gzip(utf8("a,b\n" + "1,2\n".repeat(5000)));
        assertRefused(bytes("short.csv.gz", Arrays.copyOf(packed, packed.length - 12)), "short.csv.gz");
        assertRefused(
                text("mixed/a.csv", "a\n1\n").replace("a.csv", ""),
                () -> bytes("mixed/b.idx", new byte[4]),
                "one format");
        assertRefused(text("bad.parquet", "PAR1 and no more of it"), "bad.parquet");
        assertRefused(bytes("labels-idx1-ubyte", IdxFiles.file(0x0801, new byte[3], 3)), "holds labels (1 dimension)");
        assertRefused(bytes("magic.idx", IdxFiles.file(0x0d03, new byte[3], 3, 1, 1)), "but starts with 00 00 0d 03");
        assertRefused(bytes("none.idx", IdxFiles.images(0, 2, 2)), "none.idx must have at least one row");
        assertInput(
                () -> DataReader.read(
                                spark, ReadRequest.of(bytes("long.idx", Arrays.copyOf(IdxFiles.images(2, 2, 2), 25))))
                        .count(),
                "long.idx must end after the 2 images of 2 x 2 x 1 that its header states, but goes on");
        assertInput(
                () -> DataReader.read(
                                spark, ReadRequest.of(bytes("cut.idx", Arrays.copyOf(IdxFiles.images(2, 2, 2), 22))))
                        .count(),
                "cut.idx must hold the 2 images of 2 x 2 x 1 that its header states, but ends after 1");
    }

    @Test
    void badConditionAndSelectionAreUsageErrors() throws IOException {
        ReadRequest request = ReadRequest.of(text("plain.csv", CSV));
        assertFails(
                ErrorCategory.USAGE,
                () -> DataReader.read(spark, request.where("weight > 1")),
                "where must be an SQL condition on the columns x.1, name of it, größe, but is \"weight > 1\"",
                "weight");
        assertFails(ErrorCategory.USAGE, () -> DataReader.read(spark, request.where("1 +")), "where", "\"1 +\"");
        assertFails(
                ErrorCategory.USAGE,
                () -> DataReader.read(spark, request.select("y")),
                "select must name columns of the input, but \"y\" is none of them: x.1, name of it, größe");
        assertFails(
                ErrorCategory.USAGE,
                () -> DataReader.read(spark, request.select("x.1", "x.1")),
                "select must name each column once, but is x.1,x.1");
        assertInput(
                () -> DataReader.read(spark, request.where("`x.1` > 9")),
                "must have at least one row for which \"`x.1` > 9\" holds");
    }

    private interface Action {
        void run() throws IOException;
    }

    private void assertRefused(String file, String... parts) {
        assertInput(() -> DataReader.read(spark, ReadRequest.of(file)), parts);
    }

    private void assertRefused(String file, Action before, String... parts) throws IOException {
        before.run();
        assertRefused(file, parts);
    }

    private static void assertInput(ThrowingCallable job, String... parts) {
        assertFails(ErrorCategory.INPUT, job, parts);
    }

    private static void assertFails(ErrorCategory category, ThrowingCallable job, String... parts) {
        Throwable thrown = catchThrowable(job);
        assertThat(thrown).isInstanceOf(Exception.class);
        RuntimeException failure = KnownFailures.translate((Exception) thrown);
        assertThat(failure).isInstanceOf(ElbowException.class).hasMessageContainingAll(parts);
        assertThat(((ElbowException) failure).category()).isEqualTo(category);
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    private String text(String name, String content) throws IOException {
        return bytes(name, utf8(content));
    }

    private String bytes(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content).toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
