package elbow.fit;

import static org.apache.spark.sql.functions.desc;
import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.files.OutputDirectory.IfExists;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that a page shows, as it stands there. */
class ProgramPageIT {
    private static final Path SOURCE = Path.of("src/test/java/elbow/fit/ProgramPageIT.java");

    @TempDir
    private Path directory;

    @Test
    void trainsSavesLoadsAndScores() {
        SparkSession spark = SharedSpark.session();
        String place = directory.resolve("model").toString();

        // Page begins
        Dataset<Row> rows =
                spark.read().option("header", true).option("inferSchema", true).csv("data/anomaly/cardio.csv.gz");
        Configuration settings = Configuration.defaults().withOverrides(List.of("training.epochs=20"));
        FitResult fitted =
                Fit.builder(settings).ignore(List.of("label")).build().train(rows.where("label = 0"));
        var hadoop = spark.sparkContext().hadoopConfiguration();
        fitted.save(ModelDirectory.toWrite(place, IfExists.REPLACE, hadoop));
        TrainedModel model = new ModelDirectory(place, hadoop).load();
        double threshold = model.calibration().threshold();
        int samples = model.calibration().samples();
        var plan = new ScoringPlan(List.of("label"), samples, threshold, 3, Instant.now());
        RowScoring.score(rows, model, plan).orderBy(desc("anomaly_score")).show();
        // Page ends

        Dataset<Row> scores = RowScoring.score(rows, model, plan);
        assertThat(scores.count()).isEqualTo(1831);
        assertThat(scores.orderBy(desc("anomaly_score"))
                        .first()
                        .<Number>getAs("label")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void standsOnThePage() throws IOException {
        String source = Files.readString(SOURCE);
        String program = source.substring(
                source.indexOf("// Page begins\n") + "// Page begins\n".length(),
                source.lastIndexOf("        // Page ends\n"));
        assertThat(words(Files.readString(Path.of("src/site/markdown/program.md"))))
                .contains(words(program));
    }

    /** What a formatter may not change. */
    private static String words(String code) {
        return code.chars()
                .filter(c -> !Character.isWhitespace(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
