package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.score.ScoreColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of rows that are made by hand; those of a model are in the notes, which {@link NotesIT} runs. */
class NotebookPicturesIT {
    private static final SparkSession SPARK = SharedSpark.session();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void distributionCountsWhatIsAboveTheThreshold() {
        Picture picture = Anomalies.distribution(scored(1, 2, 3, 40), 3);

        assertThat(picture.html()).contains("1 of 4 rows (25 %) scores above the threshold of 3.00 nats.");
    }

    @Test
    void distributionByLabelSaysWhatIsCaught() {
        Picture picture = Anomalies.distribution(scored(1, 2, 30, 40), 3, "label");

        // The label of every second row is 1.
        assertThat(picture.html())
                .contains("Above it: 1 of 2 rows labelled anomalous, 1 of 2 rows labelled normal.")
                .contains("normal (2 rows)");
    }

    @Test
    void withoutScoresThereIsNothingToDraw() {
        assertThatThrownBy(() -> Anomalies.distribution(scored(), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scored must have at least one row with a score, but");
    }

    @Test
    void strangestRowsAreInOrderAndInWords() {
        Picture picture = Anomalies.strangest(scored(1, 50, 7), 2, "name");

        assertThat(picture.html())
                .containsSubsequence(">50.00</th>", "<td>row 1</td>", ">7.00</th>", "<td>row 2</td>")
                .doesNotContain("<td>row 0</td>")
                .contains("<strong>rate</strong> is 190; about 141 was expected (+49.00)");
    }

    @Test
    void rowsWithoutAScoreAreNotAmongTheStrangest() {
        Dataset<Row> scored = scored(1, 50);
        Dataset<Row> without = scored.withColumn(
                        ScoreColumns.ANOMALY_SCORE, functions.lit(null).cast("double"))
                .withColumn(ScoreColumns.IS_ANOMALY, functions.lit(null).cast("boolean"))
                .withColumn("name", functions.lit("unscored"));

        Picture picture = Anomalies.strangest(scored.unionByName(without), 3, "name");

        assertThat(picture.html())
                .containsSubsequence("<td>row 1</td>", "<td>row 0</td>")
                .doesNotContain("unscored");
    }

    @Test
    void aMapOfNoLatentsIsRefused() {
        StructType schema =
                new StructType().add("latent", SQLDataTypes.VectorType()).add("label", DataTypes.IntegerType);
        for (List<Row> rows : List.of(List.<Row>of(), List.of(RowFactory.create(null, 1)))) {
            assertThatThrownBy(() -> LatentMap.of(SPARK.createDataFrame(rows, schema), "label"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("encoded must have a row with latents, but");
        }
    }

    @Test
    void moreImagesThanCanBeShownAreNotMoved() {
        assertThat(Images.few(SPARK.range(100).toDF()).count()).isEqualTo(100);
        assertThatThrownBy(() -> Images.few(SPARK.range(101).toDF()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apply must be true of 1..100 rows, but");
        assertThatThrownBy(() -> Images.few(SPARK.range(0).toDF())).hasMessageContaining("apply must be true of");
    }

    @Test
    void samplesHangOnTheRowsAloneAndAreOfEqualRowsAsOfOthers() {
        StructType schema =
                new StructType().add("latent", SQLDataTypes.VectorType()).add("a.b", DataTypes.StringType);
        List<Row> rows = IntStream.range(0, 2000)
                .mapToObj(i -> RowFactory.create(Vectors.dense(i % 10, 1), "x"))
                .toList();
        List<Row> turned = new ArrayList<>(rows);
        Collections.reverse(turned);

        List<String> sample =
                texts(Samples.of(SPARK.createDataFrame(rows, schema).repartition(1), 500));

        assertThat(texts(Samples.of(SPARK.createDataFrame(turned, schema).repartition(3), 500)))
                .isEqualTo(sample);
        assertThat(sample).hasSize(500);
        // 200 of each, of which 50 are expected, with a standard deviation of 6.
        Map<String, Long> counts = sample.stream().collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        assertThat(counts).hasSize(10);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(25L, 75L));
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    @Test
    void contributionsAreThoseOfTheStrangestRow() {
        Picture picture = Anomalies.contributions(scored(1, 50, 7));

        assertThat(picture.html())
                .contains("A score of 50.00 nats, 48.50 above normal")
                .containsSubsequence(">rate</th>", "<td>190</td>", ">49.00</td>", ">latent</th>", ">−0.50</td>")
                .containsSubsequence("width:100.0%", "width:1.0%");
    }

    @Test
    void aMapOfMoreThanTwoLatentsGoesAlongThoseThatVaryMost() {
        // The third latent never varies, the second varies most.
        List<Row> rows = IntStream.range(0, 20)
                .mapToObj(i -> RowFactory.create(Vectors.dense(i % 3, 10.0 * i, 5), i % 2))
                .toList();
        StructType schema =
                new StructType().add("latent", SQLDataTypes.VectorType()).add("label", DataTypes.IntegerType);

        Picture picture = LatentMap.of(SPARK.createDataFrame(rows, schema), "label");

        assertThat(picture.html()).contains("0 (10)").contains("1 (10)").contains("3 latents in two dimensions");
        assertThat(picture.html().split("<circle ", -1)).hasSize(21);
    }

    @Test
    void ledgerHasTheNewestEntryOfEachDateAndNoneOfRemovedScores() throws IOException {
        entry("2026-11-21", 1, 10, "a");
        entry("2026-11-21", 2, 12, "b");
        entry("2026-11-22", 1, 20, "c");
        entry("2026-11-20", 1, 20, "c");
        entry("2026-11-20", 2, 0, "");

        Dataset<Row> ledger = Batches.ledger(SPARK, directory.toString());

        assertThat(ledger.select("date", "path").collectAsList())
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactly("2026-11-21 b", "2026-11-22 c");
        assertThat(Batches.trend(ledger).html()).contains("Flagged rows from 2026-11-21 to 2026-11-22");
    }

    @Test
    void labelsAreReadInTheirOrder() throws IOException {
        Path file = Files.write(directory.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 7, 2, (byte) 200});

        assertThat(Labels.read(SPARK, file.toString()).collectAsList())
                .extracting(row -> row.getLong(0) + " " + row.getInt(1))
                .containsExactly("0 7", "1 2", "2 200");
    }

    @Test
    void aFileThatHoldsNoLabelsIsRefused() throws IOException {
        Path images = Files.write(directory.resolve("images"), new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1});
        Path cut = Files.write(directory.resolve("cut"), new byte[] {0, 0, 8, 1, 0, 0, 0, 9, 1});

        assertThatThrownBy(() -> Labels.read(SPARK, images.toString()))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("begin as an IDX file of labels does");
        assertThatThrownBy(() -> Labels.read(SPARK, cut.toString()))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("must be 9, but");
    }

    @Test
    void filledValuesThatAreMissingAreLeftOut() {
        StructType schema = new StructType().add("truth", DataTypes.DoubleType).add("filled", DataTypes.DoubleType);
        List<Row> rows = List.of(RowFactory.create(1.0, 1.5), RowFactory.create(2.0, null));

        Picture picture = MadeTables.filled(SPARK.createDataFrame(rows, schema), "truth", "filled");

        assertThat(picture.html()).contains("Filled values: 1 point").contains("stroke-dasharray");
    }

    private void entry(String date, int revision, int rows, String path) throws IOException {
        Path ledger = Files.createDirectories(directory.resolve("_ledger/0123456789ab"));
        Files.writeString(ledger.resolve(date + "." + revision + ".json"), """
            {"modelId":"0123456789ab","date":"%s","revision":%d,"rows":%d,"anomalies":1,"meanElbo":-3.5,\
            "scoreShift":0.1,"path":"%s"}
            """.formatted(date, revision, rows, path));
    }

    /** Rows with these anomaly scores; every second one is labelled, and all have the same reasons. */
    private static Dataset<Row> scored(double... scores) {
        StructType schema = new StructType().add("name", DataTypes.StringType).add("label", DataTypes.IntegerType);
        for (StructField field : ScoreColumns.schema().fields()) {
            schema = schema.add(field);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            rows.add(RowFactory.create(
                    "row " + i,
                    i % 2,
                    -scores[i],
                    -scores[i],
                    0.0,
                    null,
                    scores[i],
                    0.5,
                    scores[i] > 3,
                    List.of(
                            RowFactory.create("latent", -0.5, null, null),
                            RowFactory.create("rate", scores[i] - 1, "190", "141")),
                    "0123456789ab",
                    null));
        }
        return SPARK.createDataFrame(rows, schema);
    }
}
