package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.RunId;
import elbow.data.feature.FeatureEncoderJson;
import elbow.job.CommandLineRun;
import elbow.model.Lineage;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that start from a model. */
class RefreshIT {
    private static final String SMALL = " -D model.encoder-sizes=[8] -D model.latent-size=2 -D training.replicas=1"
            + " -D training.batch-size=16 -D data.validation-fraction=0.3 -D training.epochs=";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void trainTheFirst() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.write("old.csv", rows(1, 0, "red", "green"));
        assertThat(command.run("train --input old.csv --model old" + SMALL + "20"))
                .as(command.errors())
                .isZero();
    }

    // Two columns of which one follows from the other, one that is by itself, and a category.
    private static String rows(long seed, double shift, String... colours) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("a,b,c,colour\n");
        for (int i = 0; i < 240; i++) {
            double a = random.nextGaussian() + shift;
            rows.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%.4f,%s%n",
                    a,
                    2 * a + 0.1 * random.nextGaussian(),
                    random.nextGaussian() + shift,
                    colours[i % colours.length]));
        }
        return rows.toString();
    }

    @Test
    void aModelThatPassesItsGateIsWrittenWithItsLineage() throws IOException {
        command.write("new.csv", rows(2, 0, "red", "green", "blue"));

        // The settings of the first hold, but for the epochs.
        assertThat(command.run("train --from " + directory.resolve("old")
                        + " --input new.csv --model new@next --json figures.json -D training.epochs=20"))
                .as(command.errors())
                .isZero();

        TrainedModel old = model("old").load();
        TrainedModel refreshed = model("new@1").load();
        Lineage lineage = model("new@latest").lineage().orElseThrow();
        assertThat(FeatureEncoderJson.write(refreshed.encoder())).isEqualTo(FeatureEncoderJson.write(old.encoder()));
        assertThat(refreshed.manifest().settings())
                .containsEntry("model.latent-size", "2")
                .containsEntry("objective.kl-schedule", "constant");
        assertThat(lineage.parent()).isEqualTo(old.manifest().modelId());
        assertThat(lineage.ancestors()).isEmpty();
        assertThat(lineage.encoderKept()).isTrue();
        assertThat(lineage.parametersTaken()).isEqualTo(refreshed.manifest().parameters());
        assertThat(lineage.after().elbo()).isGreaterThan(lineage.before().elbo());
        assertThat(lineage.after().elbo())
                .isEqualTo(refreshed.manifest().training().elbo());
        // Before the first round it is the old model on the new rows, but for the posterior samples.
        assertThat(refreshed.history().get(0).elbo()).isCloseTo(lineage.before().elbo(), within(1.0));
        assertThat(command.errors()).contains("the encoder kept: all ", " parameters are taken over.");
        assertThat(command.output()).contains("parent", old.manifest().modelId(), "elboOfParent");
        assertThat(model("old").lineage()).isEmpty();
        // What the run left is joined by its id.
        assertThat(Files.readString(directory.resolve("figures.json")))
                .contains("\"run\" : \"" + RunId.ofProcess() + "\"", "\"parent\" : ");
        assertThat(refreshed.manifest().versions()).containsEntry("run", RunId.ofProcess());

        assertThat(command.run("train --from " + directory.resolve("new@latest")
                        + " --input new.csv --model new@next -D refresh.encoder=refit -D refresh.elbo-loss=1000"
                        + " -D training.epochs=2"))
                .as(command.errors())
                .isZero();

        Lineage next = model("new@latest").lineage().orElseThrow();
        assertThat(next.ancestors()).containsExactly(old.manifest().modelId());
        assertThat(next.encoderKept()).isFalse();
        assertThat(next.parametersTaken())
                .isPositive()
                .isLessThan(model("new@2").load().manifest().parameters());
        assertThat(command.errors()).contains("begin anew", "encoder.0.weights");

        assertThat(command.run("promote --model new@1")).isZero();
        assertThat(command.output()).contains("/new@1 is in force, where version 2 was");
        assertThat(command.run("evaluate --model new@latest --input new.csv"))
                .as(command.errors())
                .isZero();
        assertThat(model("new@latest").load().manifest().modelId())
                .isEqualTo(refreshed.manifest().modelId());
    }

    @Test
    void aModelThatFailsItsGateIsNotWritten() throws IOException {
        // What it is trained on draws it away from what it is measured on.
        command.write("new.csv", rows(3, 10, "red", "green"));
        command.write("usual.csv", rows(4, 0, "red", "green"));
        String train =
                "train --from " + directory.resolve("old") + " --input new.csv --validation usual.csv --model new"
                        + " -D training.epochs=2 -D training.learning-rate=0.02";

        assertThat(command.run(train)).as(command.errors()).isEqualTo(9);

        assertThat(command.errors())
                .contains("the new model is not written: mean ELBO of the", "refresh.elbo-loss", "old stays");
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(directory.resolve("new.checkpoints")).doesNotExist();
        assertThat(directory.resolve("old/manifest.json")).exists();

        // Rows that the old model flags are nothing to learn from.
        assertThat(command.run("train --from " + directory.resolve("old")
                        + " --input new.csv --model new -D training.epochs=2 -D refresh.elbo-loss=100000"))
                .isEqualTo(9);
        assertThat(command.errors())
                .contains("flags must be at most refresh.flagged-share (0.2), but is 1.0000")
                .doesNotContain("epoch 1/2");
        assertThat(directory.resolve("new")).doesNotExist();

        assertThat(command.run(train + " -D training.outer.optimizer=nesterov -D training.outer.learning-rate=1e3"
                        + " -D training.outer.momentum=0 -D training.averaging-frequency=15"))
                .as(command.errors())
                .isEqualTo(5);
        assertThat(command.errors()).contains("100 a column below the starting model's ");
    }

    @Test
    void whatItStartsFromMustBeAModelApartFromTheNewOneAndFitTheRows() throws IOException {
        command.write("other.csv", "a,b,c\n1,2,3\n2,3,4\n");

        assertThat(command.run("train --from " + directory.resolve("none") + " --input old.csv --model new"))
                .isEqualTo(4);
        assertThat(command.errors()).contains("--from must be a directory that Elbow has written");
        assertThat(command.run("train --from " + directory.resolve("old") + " --input old.csv --model old --overwrite"))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--model must not be or hold what --from reads");
        assertThat(command.run("train --from " + directory.resolve("old") + " --input other.csv --model new"))
                .isEqualTo(3);
        assertThat(command.errors()).contains("colour");
        String from = "train --from " + directory.resolve("old") + " --input old.csv --model new";
        assertThat(command.run(from + " --ignore c")).isEqualTo(2);
        assertThat(command.errors()).contains("--ignore must name no column of the model", "but is c");
        assertThat(command.run(from + " -D data.conditions=[c]")).isEqualTo(2);
        assertThat(command.errors()).contains("data.conditions must be those of the model", "[c]");
        assertThat(command.run(from + " -D refresh.encoder=refit --ignore c")).isEqualTo(2);
        assertThat(command.errors()).contains("column c is real in", "left out in the new rows");
    }

    private ModelDirectory model(String name) {
        return new ModelDirectory(directory.resolve(name).toString(), new Configuration());
    }
}
