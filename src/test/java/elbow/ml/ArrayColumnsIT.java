package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
