package elbow.ml;

import static org.apache.spark.sql.functions.desc;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the README shows, as it stands there. */
class ReadmeProgramIT {
    private static final Path SOURCE = Path.of("src/test/java/elbow/ml/ReadmeProgramIT.java");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void tunesSavesLoadsAndScores() throws IOException {
        SparkSession spark = SharedSpark.session();
        String place = directory.resolve("model").toString();

        // README begins
        Dataset<Row> rows =
                spark.read().option("header", true).option("inferSchema", true).csv("data/anomaly/cardio.csv.gz");
        VariationalAutoencoder vae =
                new VariationalAutoencoder().setIgnoredCols("label").setEpochs(20);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(vae.latentSize(), new int[] {2, 8})
                .build();
        TrainValidationSplit search =
                new TrainValidationSplit().setEstimator(vae).setEvaluator(new ElboEvaluator());
        search.setEstimatorParamMaps(grid).setParallelism(2);
        var best = (VariationalAutoencoderModel)
                search.fit(rows.where("label = 0")).bestModel();
        best.write().overwrite().save(place);
        VariationalAutoencoderModel model = VariationalAutoencoderModel.load(place);
        model.explain(rows, 3).orderBy(desc("anomaly_score")).show();
        System.out.println(model.summary());
        // README ends

        assertThat(model.evaluate(rows, "label").ranking().orElseThrow().auroc())
                .isGreaterThan(0.8);
    }

    @Test
    void standsInTheReadme() throws IOException {
        String source = Files.readString(SOURCE);
        String program = source.substring(
                source.indexOf("// README begins\n") + "// README begins\n".length(),
                source.lastIndexOf("        // README ends\n"));
        assertThat(words(Files.readString(Path.of("README.md")))).contains(words(program));
    }

    /** What a formatter may not change. */
    private static String words(String code) {
        return code.chars()
                .filter(c -> !Character.isWhitespace(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
