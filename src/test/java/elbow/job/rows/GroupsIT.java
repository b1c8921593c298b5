package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model whose groups have networks of their own, through the commands. Sites are numbers: they are names all the
 * same.
 */
class GroupsIT {
    private static final String NEW = "rows scored by networks of their own groups (2 of 3 groups have one)";

    @TempDir
    private static Path directory = Path.of("");

    private final CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun run = new CommandLineRun(directory);
        run.write("table/rows.csv", rows(420, 1));
        run.write("day/day=2026-11-01/rows.csv", rows(40, 2) + "99,1,1\n");
        assertThat(run.run("train --input table --group-by site --model model -D data.group-least-rows=100"
                        + " -D training.replicas=1 -D training.epochs=6 -D scoring.threshold-quantile=0.9 -D training.learning-rate=0.02"
                        + " -D training.batch-size=64 -D training.measure-every=6 -D model.encoder-sizes=[16]"
                        + " -D model.latent-size=1"))
                .as(run.errors())
                .isZero();
        assertThat(run.errors())
                .contains(
                        "2 columns given site",
                        "Groups by site: 3, of which 2 have networks of their own; 1 pooled: few rows");
        assertThat(run.output()).containsPattern("groupsWithOwnNetworks +2").containsPattern("groupsWithFewRows +1");
    }

    @BeforeEach
    void begin() {
        SharedSpark.session();
    }

    // Sites 1 and 2 have opposite slopes, site 3 has few rows.
    private static String rows(int count, int seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("site,x,y\n");
        for (int i = 0; i < count; i++) {
            int site = i % 20 == 0 ? 3 : 1 + i % 2;
            double x = random.nextGaussian();
            double y = (site == 1 ? x : -x) + 0.1 * random.nextGaussian();
            rows.append(String.format(Locale.ROOT, "%d,%.3f,%.3f%n", site, x, y));
        }
        return rows.toString();
    }

    private void done(String words) {
        assertThat(command.run(words)).as(command.errors()).isZero();
    }

    private void refused(String words, String message) {
        assertThat(command.run(words)).as(command.errors()).isEqualTo(2);
        assertThat(command.errors()).contains(message);
    }

    @Test
    void scoreAndEvaluateSayWhichNetworkScoredTheRows() {
        done("score --model model --input day --output scores --keep site,x,y --explain 2");
        assertThat(command.errors())
                .contains("groups by site: 38 " + NEW, "2 of other groups", "1 of groups that training");
        assertThat(scores("scores")).hasSize(41);
        done("evaluate --model model --input day");
        assertThat(command.errors()).contains("groups by site: 38 " + NEW);
    }

    @Test
    void aStreamAndABatchScoreAsScoreDoes() throws IOException {
        done("score --model model --input day/day=2026-11-01 --output whole --keep site,x,y");
        done(
                "score --model model --input day/day=2026-11-01 --output streamed --keep site,x,y --stream --checkpoint point");
        assertThat(command.errors()).contains("groups by site: 38 " + NEW);
        command.write(
                "batch.conf",
                String.format(
                        "batch { input = \"%s\", partition-column = day, model = \"%s\", output = \"%s\", keep = [site, x, y] }",
                        directory.resolve("day"), directory.resolve("model"), directory.resolve("nightly")));
        assertThat(command.run(
                        "batch --from 2026-11-01 --to 2026-11-01 --config",
                        directory.resolve("batch.conf").toString()))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("groups by site: 38 " + NEW);

        List<Path> reports;
        try (Stream<Path> files = Files.walk(directory.resolve("nightly"))) {
            reports = files.filter(file -> file.endsWith("_report.html")).toList();
        }
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0)).content().contains("there is no chart of all of them, and no shift");

        List<Row> whole = scores("whole");
        assertThat(scores("streamed")).isEqualTo(whole);
        assertThat(scores(read("nightly/model=*/day=*/run=*"))).isEqualTo(whole);
    }

    @Test
    void aModelIsComparedByTheScoresOfItsGroups() {
        done(String.format(
                "report --compare %1$s %1$s --input day --output compared.html", directory.resolve("model")));

        assertThat(directory.resolve("compared.html")).content().contains("41");
    }

    @Test
    void inspectListsTheGroups() {
        done("inspect --model model");

        assertThat(command.output())
                .containsPattern("\"1\" +\\d+ +\\d+ +\\d+\\.\\d+ +-?\\d+\\.\\d+ +own network")
                .containsPattern("\"3\" +21 +\\d+ +- +- +pooled: few rows");
    }

    @Test
    void whatHasNoMeaningForManyNetworksIsRefusedOrSaid() {
        refused("calibrate --model model --input table", "a calibration of all rows is none of each group: train anew");
        refused(
                "score --model model --input day --output never --false-discoveries 0.1",
                "--false-discoveries must be used with a model of one network");
        refused("export --model model --output graphs", "a model that is exported must have one network");
        refused(
                "train --input table --group-by site --model never -D data.types.real=[site]",
                "data.group-by must not name \"site\", which is given as real already");
        refused("train --input table --group-by nowhere --model never", "nowhere");
        done("generate --model model --rows 5 --output made --where site=1");
        assertThat(command.errors()).contains("The network of all rows is used");
    }

    private static Dataset<Row> read(String name) {
        return SharedSpark.session().read().parquet(directory.resolve(name).toString());
    }

    private static List<Row> scores(String name) {
        return scores(read(name));
    }

    private static List<Row> scores(Dataset<Row> rows) {
        return rows.selectExpr("site", "x", "y", "anomaly_score", "tail_probability", "is_anomaly")
                .orderBy("site", "x", "y")
                .collectAsList();
    }
}
