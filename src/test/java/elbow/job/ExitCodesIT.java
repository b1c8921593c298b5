package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scheduler is told, and what the user is, of wrong settings and of models and checkpoints that are damaged. */
class ExitCodesIT {
    private static final String QUICK = " -D training.epochs=2 -D training.replicas=2";

    @TempDir
    private Path directory;

    private CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeEach
    void writeRows() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.writeWaves("rows.csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    model.latent-size=2000000 | model.latent-size must be at most 1048576, but is 2000000
                    model.encoder-sizes=[2000000] | model.encoder-sizes must be at most 1048576 units in a layer
                    model.encoder-sizes=[1000000,1000000] | number of parameters must be at most
                    objective.importance-weighted=true -D objective.free-bits=1 | objective.free-bits must be 0 with objective.importance-weighted
                    training.learning-rate-schedule.shape=step -D training.learning-rate-schedule.step-factor=2 | training.learning-rate-schedule.step-factor must be at most 1, but is 2.0
                    training.master=stock -D training.outer.optimizer=nesterov | training.outer.optimizer and training.outer.moments must be average under the stock master
                    data.numeric-share=2 | data.numeric-share must lie in (0, 1], but is 2.0
                    data.maximum-levels=1 | data.maximum-levels must lie in 2..
                    data.image.channels=2 | data.image.channels must be auto, 1 or 3, but is 2
                    seed | -D must have the form key=value, but is 'seed'
                    training.epochs=0 | but is 0 (-D training.epochs=0)
                    """)
    void aSettingThatCannotBeIsBadUsageAndNamed(String setting, String message) {
        assertThat(command.run("train --input rows.csv --model model" + QUICK + " -D " + setting))
                .as(command.errors())
                .isEqualTo(2);
        assertThat(command.errors()).contains("elbow: ", message).doesNotContain("unexpected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --samples -1 | --samples must be at least 0, but is -1
                    --explain -1 | --explain must be at least 0, but is -1
                    --threshold NaN | --threshold must be a number, but is NaN
                    --false-discoveries 0 | --false-discoveries must lie above 0 and below 1, but is 0.0
                    --threshold 9 --false-discoveries 0.1 | --threshold must not be given with --false-discoveries
                    --stream --checkpoint c --false-discoveries 0.1 | --false-discoveries must not be given with --stream
                    --delimiter " | --delimiter must be no quote and no line end, but is "
                    --stream --checkpoint c --overwrite | --overwrite must not be given with --stream
                    """)
    void anOptionThatCannotBeIsBadUsageAndNamedAsAFlag(String options, String message) {
        assertThat(command.run("score --model model --input rows.csv --output scores " + options))
                .isEqualTo(2);
        assertThat(command.errors()).contains(message).doesNotContain("unexpected");
    }

    @Test
    void aPlaceForFiguresThatIsNoPathIsBadUsage() {
        assertThat(command.run("train --input rows.csv --model model" + QUICK, "--config", ""))
                .isEqualTo(2);
        assertThat(command.errors()).contains("--config must be a path or URI of a known file system, but is \"\"");
    }

    @Test
    void unknownSettingsOfAModelAreTheModelsFault() throws IOException {
        assertThat(command.run("train --input rows.csv --model model" + QUICK))
                .as(command.errors())
                .isZero();
        Path manifest = directory.resolve("model/manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("(\"scoring.anomaly-score\" : )\"[a-z]+\"", "$1\"guess\""));
        assertThat(command.run("score --model model --input rows.csv --output scores"))
                .isEqualTo(4);
        assertThat(command.errors()).contains("must say a known scoring.anomaly-score for its columns, but says guess");

        Files.writeString(manifest, text.replace("\"scoring.threshold\"", "\"scoring.threshhold\""));
        assertThat(command.run("calibrate --model model --input rows.csv")).isEqualTo(4);
        assertThat(command.errors()).contains("unknown configuration key 'scoring.threshhold' (manifest.json)");
    }
}
