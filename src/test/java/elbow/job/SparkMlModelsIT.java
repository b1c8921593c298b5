package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.ml.VariationalAutoencoder;
import elbow.ml.VariationalAutoencoderModel;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is one thing, whether a command or Spark ML has made it. */
class SparkMlModelsIT {
    private static final String SCORES =
            "elbo, reconstruction, kl, importance_weighted_bound, anomaly_score, tail_probability, is_anomaly, model_id";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void commandsAndSparkMlMakeReadAndScoreTheSameModelToTheBit() throws Exception {
        Dataset<Row> rows = SharedSpark.session()
                .sql("SELECT id, 10 + sin(id) AS a, cos(id * 7) * 3 AS b, id % 5 AS c,"
                        + " IF(id % 9 = 4, NULL, element_at(array('red', 'green'), cast(id % 2 AS int) + 1)) AS d"
                        + " FROM range(0, 300, 1, 3)");
        new VectorAssembler()
                .setInputCols(new String[] {"b", "c"})
                .setOutputCol("v")
                .transform(rows)
                .write()
                .parquet(place("rows"));
        Dataset<Row> read = SharedSpark.session().read().parquet(place("rows"));
        CommandLineRun elbow = new CommandLineRun(directory);
        String settings = " -D training.epochs=5 -D training.replicas=2 -D training.batch-size=32 -D scoring.samples=3"
                + " -D model.latent-size=2";
        assertThat(elbow.run("train --input rows --model trained --ignore id" + settings))
                .as(elbow.errors())
                .isZero();
        VariationalAutoencoderModel trained = VariationalAutoencoderModel.load(place("trained"));

        VariationalAutoencoderModel fitted = new VariationalAutoencoder()
                .setIgnoredCols("id")
                .setEpochs(5)
                .setReplicas(2)
                .setBatchSize(32)
                .setScoringSamples(3)
                .setLatentSize(2)
                .fit(read);
        fitted.write().save(place("fitted"));

        assertThat(fitted.used().model().encoder().layout().columns()).contains("v[0]", "v[1]");
        assertThat(fitted.summary().modelId()).isEqualTo(trained.summary().modelId());
        assertThat(fitted.summary().settings()).isEqualTo(trained.summary().settings());
        for (String model : List.of("trained", "fitted")) {
            assertThat(elbow.run("score --input rows --output scores-" + model + " --keep id --model " + model))
                    .as(elbow.errors())
                    .isZero();
        }
        List<Row> scores = scores(fitted.transform(read));
        assertThat(scores).hasSize(300);
        assertThat(scores(trained.transform(read))).isEqualTo(scores);
        assertThat(scores(SharedSpark.session().read().parquet(place("scores-trained"))))
                .isEqualTo(scores);
        assertThat(scores(SharedSpark.session().read().parquet(place("scores-fitted"))))
                .isEqualTo(scores);
        assertThat(elbow.run("inspect --model fitted")).as(elbow.errors()).isZero();
        assertThat(elbow.run("calibrate --model fitted --input rows"))
                .as(elbow.errors())
                .isZero();
        assertThat(VariationalAutoencoderModel.load(place("fitted"))
                        .calibration()
                        .rows())
                .isEqualTo(300);
    }

    private static List<Row> scores(Dataset<Row> scored) {
        return scored.selectExpr(("id, " + SCORES).split(", ")).orderBy("id").collectAsList();
    }

    private String place(String name) {
        return directory.resolve(name).toString();
    }
}
