package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of numbers as columns of an estimator. */
class ArrayColumnsIT {
    // Every ninth array has a gap.
    private static final Dataset<Row> ROWS = SharedSpark.session()
            .sql("SELECT id, array('a') AS words, array(x, if(id % 9 = 0, null, 2 * x)) AS pair"
                    + " FROM (SELECT id, sin(id * 7.0) AS x FROM range(300))");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anArrayThatIsNamedIsAColumnForEachElement() throws Exception {
        Dataset<Row> elements =
                ROWS.selectExpr("id", "pair[0] AS `pair[0]`", "coalesce(pair[1], double('NaN')) AS `pair[1]`");

        VariationalAutoencoderModel model =
                SmallRows.quick().setEpochs(1).setInputCols("pair").fit(ROWS);
        VariationalAutoencoderModel plain = SmallRows.quick()
                .setEpochs(1)
                .setInputCols("pair[0]", "pair[1]")
                .fit(elements);

        assertThat(model.summary().modelId()).isEqualTo(plain.summary().modelId());
        List<Double> elbos = elbos(model.transform(ROWS));
        assertThat(elbos).hasSize(300).doesNotContainNull().isEqualTo(elbos(plain.transform(elements)));

        ROWS.write().parquet(directory.resolve("rows").toString());
        model.write().save(directory.resolve("model").toString());
        CommandLineRun elbow = new CommandLineRun(directory);
        assertThat(elbow.run("score --model model --input rows --output scores --keep id"))
                .as(elbow.errors())
                .isZero();
        assertThat(elbos(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("scores").toString())))
                .isEqualTo(elbos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json"})
    void arraysOfAStreamAreScoredAsOthers(String format) throws Exception {
        VariationalAutoencoderModel model =
                SmallRows.quick().setEpochs(1).setInputCols("pair").fit(ROWS);
        model.write().save(directory.resolve("model").toString());
        CommandLineRun elbow = new CommandLineRun(directory);
        String stream = "score --stream --model model --input in --output scores --checkpoint checkpoint --keep id";

        Dataset<Row> all = ROWS.selectExpr("id", "if(id < 100, array(double(id % 3), null), pair) AS pair");
        // Whole numbers, where the format has none but these and the first file no others.
        String whole = format.equals("json") ? "transform(pair, x -> bigint(x)) AS pair" : "pair";
        arrive("1", all.where("id < 100").selectExpr("id", whole), format);
        assertThat(elbow.run(stream)).as(elbow.errors()).isZero();
        arrive("2", all.where("id >= 100"), format);
        assertThat(elbow.run(stream)).as(elbow.errors()).isZero();

        Dataset<Row> scored =
                SharedSpark.session().read().parquet(directory.resolve("scores").toString());
        assertThat(elbos(scored)).hasSize(300).isEqualTo(elbos(model.transform(all)));

        arrive("3", all.where("id < 2").selectExpr("id", "array(1d, 2d, 3d) AS pair"), format);
        assertThat(elbow.run(stream)).isEqualTo(3);
        assertThat(elbow.errors()).contains("column pair must hold vectors of 2 elements in every row, but one has 3");
    }

    private void arrive(String name, Dataset<Row> rows, String format) throws IOException {
        Path staging = directory.resolve("staging-" + name);
        rows.coalesce(1).write().format(format).save(staging.toString());
        try (Stream<Path> files = Files.list(staging)) {
            Path file = files.filter(found -> found.toString().endsWith("." + format))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(directory.resolve("in"));
            Files.move(file, directory.resolve("in").resolve(name + "." + format));
        }
    }

    @Test
    void anArrayOfAnotherLengthIsABadRowAndNoneIsCutWithoutAWord() throws Exception {
        VariationalAutoencoderModel model =
                SmallRows.quick().setEpochs(1).setInputCols("pair").fit(ROWS);
        model.write().save(directory.resolve("model").toString());
        ROWS.selectExpr(
                        "id",
                        "CASE id WHEN 3 THEN array(pair[0]) WHEN 5 THEN array(pair[0], pair[1], 7d) ELSE pair END"
                                + " AS pair")
                .write()
                .parquet(directory.resolve("odd").toString());
        ROWS.selectExpr("id", "array(pair[0], pair[1], 7d) AS pair")
                .write()
                .parquet(directory.resolve("longer").toString());
        CommandLineRun elbow = new CommandLineRun(directory);
        String rule = "column pair must hold vectors of 2 elements";

        assertThat(elbow.run("score --model model --input longer --output long --keep id"))
                .as(elbow.errors())
                .isZero();
        assertThat(elbow.errors())
                .contains(
                        "Column pair has vectors of 3 elements, of which the model knows 2: the others are not scored");
        assertThat(elbow.run("score --model model --input odd --output none --keep id"))
                .isEqualTo(3);
        assertThat(elbow.errors()).contains(rule);
        assertThat(elbow.run("score --model model --input odd --output some --keep id --quarantine set-aside"))
                .as(elbow.errors())
                .isZero();

        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("some").toString())
                        .count())
                .isEqualTo(298);
        List<Row> aside = SharedSpark.session()
                .read()
                .parquet(directory.resolve("set-aside").toString())
                .orderBy("reason")
                .collectAsList();
        assertThat(aside)
                .extracting(row -> row.<String>getAs("reason"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(rule).endsWith("but one has 1"),
                        three -> assertThat(three).startsWith(rule).endsWith("but one has 3"));
        assertThat(aside.get(1).<String>getAs("row")).contains("\"id\":5").contains(",7.0");
    }

    @Test
    void anArrayOfOtherThingsIsRefused() {
        assertThatThrownBy(() -> SmallRows.quick().setInputCols("words").fit(ROWS))
                .hasMessage("column words must hold numbers, texts, truth values, dates, times, images, vectors or"
                        + " arrays of numbers to be one of inputCols, but is of type array<string>");
    }

    private static List<Double> elbos(Dataset<Row> scored) {
        return scored.orderBy("id").select("elbo").collectAsList().stream()
                .map(row -> row.<Double>getAs(0))
                .toList();
    }
}
