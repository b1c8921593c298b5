package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that several tasks read. */
class CutFilesIT {
    private static final List<String> SETTINGS =
            List.of("spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes");

    @TempDir
    Path directory;

    private final SparkSession spark = SharedSpark.session();

    @BeforeEach
    void smallParts() {
        spark.conf().set(SETTINGS.get(0), 4096);
        spark.conf().set(SETTINGS.get(1), 512);
    }

    @AfterEach
    void usualParts() {
        SETTINGS.forEach(spark.conf()::unset);
    }

    @Test
    void csvIsCutAtRowsAndNoneIsLostOrThereTwice() throws IOException {
        Dataset<Row> rows = read("rows.csv", "n,note\n" + rows(5000, i -> i + ",\"value, " + i + "\"\n"));

        assertThat(rows.rdd().getNumPartitions()).isGreaterThan(10);
        assertThat(rows.select("n").collectAsList().stream().map(row -> row.getInt(0)))
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
    }

    @Test
    void quotedLineEndsAreReadAcrossCuts() throws IOException {
        Dataset<Row> rows =
                read("notes.csv", "n,note\n" + rows(3000, i -> i + ",\"first line\n\"\"second\"\" of " + i + "\"\n"));

        assertThat(rows.select("n").collectAsList().stream().map(row -> row.getInt(0)))
                .containsExactlyElementsOf(IntStream.range(0, 3000).boxed().toList());
    }

    @Test
    void aQuotedValueThatLooksLikeRowsIsNeverReadAsSuch() throws IOException {
        String inner = rows(20_000, i -> i + "," + i % 7 + "\n");
        String text = "n,note\n1,\"" + inner + "\"\n2,b\n";

        assertThatThrownBy(() -> read("trap.csv", text).collectAsList())
                .satisfies(e -> assertThat(KnownFailures.translate((Exception) e))
                        .hasMessageContaining("a quoted value goes on after byte"));
        usualParts();
        assertThat(read("trap.csv", text).collectAsList()).hasSize(2);
    }

    @Test
    void jsonLinesAreCutAtLineEnds() throws IOException {
        Dataset<Row> rows = read("rows.json", rows(3000, i -> "{\"n\": " + i + ", \"s\": \"ä" + i + "\"}\n"));

        assertThat(rows.rdd().getNumPartitions()).isGreaterThan(10);
        assertThat(rows.select("n").collectAsList().stream().map(row -> row.getLong(0)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 3000).mapToObj(i -> (long) i).toList());
    }

    /** Places are those of the file, in which a mark has three bytes. */
    @Test
    void aByteOrderMarkMovesNoCut() throws IOException {
        Dataset<Row> csv = read("marked.csv", "\uFEFFn\n" + rows(9000, i -> i % 10 + "\n"));
        Dataset<Row> json = read("marked.json", "\uFEFF" + rows(3000, i -> "{\"n\": " + i + "}\n"));

        assertThat(csv.rdd().getNumPartitions()).isGreaterThan(3);
        assertThat(csv.collectAsList().stream().map(row -> row.getInt(0)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 9000).mapToObj(i -> i % 10).toList());
        assertThat(json.rdd().getNumPartitions()).isGreaterThan(3);
        assertThat(json.collectAsList().stream().map(row -> row.getLong(0)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 3000).mapToObj(i -> (long) i).toList());
        assertThatThrownBy(() -> read("fault.csv", "\uFEFFn,m\n" + rows(5000, i -> i + ",1\n") + "1\n")
                        .collectAsList())
                .satisfies(e -> assertThat(KnownFailures.translate((Exception) e))
                        .hasMessageContaining("the row in line 5002 must have 2 values"));
    }

    @Test
    void emptyLinesOfOneColumnAreRowsOnEitherSideOfACut() throws IOException {
        Dataset<Row> rows = read("gaps.csv", "n\n" + rows(9000, i -> i % 4 == 1 ? "\n" : i + "\n") + "\n\n");

        assertThat(rows.rdd().getNumPartitions()).isGreaterThan(3);
        assertThat(rows.collectAsList().stream().map(row -> row.isNullAt(0) ? -1 : row.getInt(0)))
                .containsExactlyElementsOf(IntStream.range(0, 9000)
                        .mapToObj(i -> i % 4 == 1 ? -1 : i)
                        .toList());
    }

    private interface Line {
        String of(int i);
    }

    private static String rows(int count, Line line) {
        return IntStream.range(0, count).mapToObj(line::of).collect(Collectors.joining());
    }

    private Dataset<Row> read(String name, String content) throws IOException {
        return DataReader.read(
                spark,
                ReadRequest.of(
                        Files.writeString(directory.resolve(name), content).toString()));
    }
}
