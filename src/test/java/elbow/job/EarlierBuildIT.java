package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.math.Blas;
import elbow.model.GroupNetworks;
import elbow.model.ModelDirectory;
import elbow.model.TrainedGroup;
import elbow.model.TrainedModel;
import elbow.signature.Keystores;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the build before network specs of version 3 and encoders of version 3 left: a model (without its report), its
 * scores, and the checkpoint after round 10 of 24 of a run with the model's settings, which was killed. That build's
 * figures are held to the bit where the products are computed as they were then, else within what products of 32 bits
 * that add in another order may differ by. In "refreshed" and "grouped" is what a later build left: encoders of version
 * 3, and every file that came to models since; in "store" versions of a model and their promotions. A file here is
 * never changed, only added to.
 */
class EarlierBuildIT {
    private static final String SETTINGS = "-D model.encoder-sizes=[6] -D model.latent-size=2 -D training.epochs=12"
            + " -D training.replicas=2 -D training.batch-size=16 -D training.averaging-frequency=4"
            + " -D training.checkpoint-rounds=1 -D training.measure-every=2";
    private static final String[] SCORES = {"elbo", "kl", "importance_weighted_bound", "anomaly_score"};
    private static final String TRUST_PASSWORD = "elbow.truststore-password-file";
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        Path saved = Path.of(Objects.requireNonNull(EarlierBuildIT.class.getResource("earlier"))
                .toURI());
        try (Stream<Path> files = Files.walk(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                command.write(saved.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /** The model of that build; one with all that a model of a table had later; one with networks of groups. */
    @ParameterizedTest
    @ValueSource(strings = {"", "refreshed/", "grouped/"})
    void theModelGivesTheScoresThatItGaveThen(String place) throws IOException {
        requireScores(place + "model", "later.csv", place + "scores.csv");
    }

    /**
     * Of three versions the third has networks of groups and is signed; it was put in force, as the first one before.
     */
    @Test
    void versionsOfAModelAreInForceAsTheyWereAndSignaturesHold() throws IOException {
        Configuration hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
        command.write("password", Keystores.PASSWORD.getBytes(StandardCharsets.UTF_8));
        hadoop.set(TRUST_PASSWORD, directory.resolve("password").toString());
        String trust = directory.resolve("store/trust.p12").toString();
        try {
            requireScores("store/waves@latest", "store/later.csv", "store/scores@3.csv", "--require-signature", trust);
            assertThat(command.run(
                            "evaluate --model store/waves@2 --input store/later.csv", "--require-signature", trust))
                    .isEqualTo(4);
            assertThat(command.errors()).contains("must have a signature that is trusted, but has none");
        } finally {
            hadoop.unset(TRUST_PASSWORD);
        }
        GroupNetworks groups = load("store/waves@3").groups().orElseThrow();
        assertThat(groups.groups()).extracting(TrainedGroup::fate).contains(TrainedGroup.Fate.OWN);
        assertThat(groups.files()).isNotEmpty();

        assertThat(command.run("promote --model store/waves@2"))
                .as(command.errors())
                .isZero();
        requireScores("store/waves@latest", "store/later.csv", "store/scores@2.csv");
        requireScores("store/waves@1", "store/later.csv", "store/scores@1.csv");
    }

    private void requireScores(String model, String rows, String scores, String... options) throws IOException {
        String output = "scored-by-" + model;
        assertThat(command.run(
                        "score --model " + model + " --input " + rows + " --output " + output
                                + " --samples 3 --overwrite",
                        options))
                .as(command.errors())
                .isZero();

        List<Row> found = SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .select(Stream.of(SCORES).map(functions::col).toArray(org.apache.spark.sql.Column[]::new))
                .collectAsList();
        List<String> then = Files.readAllLines(directory.resolve(scores));
        assertThat(found).hasSize(then.size() - 1);
        boolean alike = computesAlike(load(model));
        for (int i = 0; i < found.size(); i++) {
            String[] expected = then.get(i + 1).split(",", -1);
            for (int j = 0; j < SCORES.length; j++) {
                double value = Double.parseDouble(expected[j]);
                assertThat(found.get(i).getDouble(j))
                        .as("%s of row %s", SCORES[j], i)
                        .isCloseTo(value, within(alike ? 0 : TOLERANCE * (1 + Math.abs(value))));
            }
        }
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "a checkpoint of an earlier build",
            promised = "gone on with, to the model that it would have made")
    void aRunThatItLeftIsResumedByTheSameCommandToTheModelThatItWouldHaveMade() throws IOException {
        TrainedModel then = load("model");
        Files.move(directory.resolve("model.checkpoints"), directory.resolve("resumed.checkpoints"));

        assertThat(command.run("train --input rows.csv --model resumed --resume " + SETTINGS))
                .as(command.errors())
                .isZero();
        assertThat(command.errors()).contains("round 10");

        float[] resumed = parameters(load("resumed"));
        assertThat(resumed).hasSize(164);
        Offset<Float> most = Offset.offset(computesAlike(then) ? 0 : TOLERANCE);
        // A run that begins now holds out other rows, so that its model is another.
        assertThat(resumed).containsExactly(parameters(then), most);
    }

    @Test
    void everyFileThatAModelMayHaveIsThere() throws IOException {
        Set<String> files = new TreeSet<>();
        for (String place : List.of("model", "refreshed/model", "grouped/model")) {
            files.addAll(load(place).manifest().files().keySet());
        }
        assertThat(files)
                .contains("encoder.json", "network.zip", "calibration.json", "reference.json", "history.jsonl")
                .contains("tails.json", "densities.json", "nearest.bin", "lineage.json");
        assertThat(load("grouped/model").manifest().formatVersion()).isEqualTo(2);
    }

    private TrainedModel load(String name) {
        return new ModelDirectory(directory.resolve(name).toString(), new Configuration()).load();
    }

    private static boolean computesAlike(TrainedModel then) {
        return Blas.description().equals(then.manifest().versions().get("blas"));
    }

    private static float[] parameters(TrainedModel model) {
        return model.network().params().toFloatVector();
    }
}
