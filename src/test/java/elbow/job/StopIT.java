package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are told to end, as by Ctrl-C. */
class StopIT {
    private static final String TRAIN =
            "train --input rows.csv --model model -D training.epochs=40 -D training.replicas=2"
                    + " -D training.averaging-frequency=2";

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
    @ValueSource(
            strings = {
                "",
                " -D model.variance=optimal -D objective.free-bits=0.1 -D objective.free-bits-scope=minibatch",
                " -D objective.capacity=1 -D objective.beta=5 -D objective.kl-schedule=constant"
            })
    void trainingEndsAfterItsRoundAndIsGoneOnWithToTheSameModel(String settings) throws IOException {
        String train = TRAIN + settings;
        Stop stop = new Stop();
        StopsAt err = new StopsAt("Averaging: every", stop);
        assertThat(command.run(stop, err, train)).isEqualTo(130);
        assertThat(err.text())
                .endsWith("\nelbow: stopped after round 1, continue with --resume\n")
                .doesNotContain("\tat ", "Exception");
        assertThat(directory.resolve("model")).doesNotExist();

        assertThat(command.run(train + " --resume")).as(command.errors()).isZero();
        assertThat(command.errors()).contains("Resuming after round 1\n");
        assertThat(command.run(train.replace("--model model", "--model whole"))).isZero();
        assertThat(modelId("model")).isEqualTo(modelId("whole"));
    }

    @Test
    void aDryRunSaysOfOtherDataWhatTheRunThatIsResumedWouldSay() throws IOException {
        assertThat(command.run(TRAIN + " --dry-run")).as(command.errors()).isZero();
        long steps = steps();
        Stop stop = new Stop();
        assertThat(command.run(stop, new StopsAt("Averaging: every", stop), TRAIN))
                .isEqualTo(130);
        assertThat(command.run(TRAIN + " --resume --dry-run"))
                .as(command.errors())
                .isZero();
        assertThat(command.output())
                .containsPattern("resumesAfterRound +1(\\n|$)")
                .containsPattern("secondsToTrain +\\d+\\.\\d+\\n")
                .containsPattern("averagingFrequency +\\S")
                .containsPattern("changedSettings +.*training\\.epochs=");
        // The first round made two.
        assertThat(steps()).isEqualTo(steps - 2);

        Path rows = directory.resolve("rows.csv");
        Files.writeString(rows, Files.readString(rows).replaceFirst("\n0\\.0,1\\.0\n", "\n0.5,1.0\n"));
        assertThat(command.run(TRAIN + " --resume --dry-run")).isEqualTo(2);
        assertThat(command.output()).doesNotContain("resumesAfterRound");
        String refused = lastLines(command.errors());
        assertThat(refused).contains("--resume must continue the run that was interrupted, but", "rows' fingerprint");
        assertThat(command.run(TRAIN + " --resume")).isEqualTo(2);
        assertThat(lastLines(command.errors())).isEqualTo(refused);
    }

    @Test
    void otherKnownAnomaliesAreOtherData() throws IOException {
        String waves = Files.readString(directory.resolve("rows.csv"));
        String train = TRAIN + " --anomalies b=2";
        command.write("rows.csv", waves + "8,2\n8,2\n9,2\n");
        Stop stop = new Stop();
        assertThat(command.run(stop, new StopsAt("Averaging: every", stop), train))
                .isEqualTo(130);

        command.write("rows.csv", waves + "9,2\n9,2\n9,2\n");
        assertThat(command.run(train + " --resume --dry-run")).isEqualTo(2);
        assertThat(command.errors())
                .contains("--resume must continue the run that was interrupted, but known anomalies' fingerprint is ");
        command.write("rows.csv", waves + "9,2\n8,2\n8,2\n");
        assertThat(command.run(train + " --resume --dry-run"))
                .as(command.errors())
                .isZero();
    }

    @Test
    void aRunOfABuildThatHadOtherWordsForAColumnThatIsLeftOutIsResumed() throws IOException {
        command.write(
                "rows.csv",
                IntStream.range(0, 300)
                        .mapToObj(i -> Math.sin(i) + "," + Math.cos(7 * i) + ",name " + i + "\n")
                        .collect(Collectors.joining("", "a,b,name\n", "")));
        stopped();
        nameEncoder("encoder's digest", "0123456789abcdef");

        assertThat(command.run(TRAIN + " --resume")).as(command.errors()).isZero();
        assertThat(command.errors()).contains("Resuming after round 1\n");
        assertThat(command.run(TRAIN.replace("--model model", "--model whole"))).isZero();
        assertThat(modelId("model")).isEqualTo(modelId("whole"));
    }

    @Test
    void anotherEncoderIsRefused() throws IOException {
        stopped();
        nameEncoder("digest of the encoding", "0123456789abcdef");
        assertThat(command.run(TRAIN + " --resume")).isEqualTo(2);
        assertThat(command.errors()).contains("digest of the encoding is ", " and was 0123456789abcdef");

        nameEncoder("encoder's digest", "0123456789abcdef");
        assertThat(command.run(TRAIN + " --resume")).isEqualTo(2);
        assertThat(command.errors()).contains("encoder's digest is ", " and was 0123456789abcdef");
    }

    private void stopped() {
        Stop stop = new Stop();
        assertThat(command.run(stop, new StopsAt("Averaging: every", stop), TRAIN))
                .isEqualTo(130);
    }

    // What the checkpoint says of the encoder.
    private void nameEncoder(String name, String digest) throws IOException {
        Path json = directory.resolve("model.checkpoints/round-0000000001/checkpoint.json");
        String text = Files.readString(json);
        assertThat(text).containsPattern("\"digest of the encoding\" : \"[0-9a-f]{16}\"");
        Files.writeString(
                json,
                text.replaceFirst(
                        "\"digest of the encoding\" : \"[0-9a-f]{16}\"", "\"" + name + "\" : \"" + digest + "\""));
    }

    @Test
    void whatEndsBeforeTheFirstRoundSaysThatNothingIsLeft() {
        Stop stop = new Stop();
        stop.ask();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(command.run(stop, err, TRAIN.replace("rows.csv", "none.csv")))
                .isEqualTo(130);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("elbow: stopped: nothing was written\n");
    }

    // From the line that says what went wrong.
    private static String lastLines(String errors) {
        return errors.substring(errors.indexOf("elbow: "));
    }

    private String modelId(String model) throws IOException {
        return Files.readString(directory.resolve(model + "/manifest.json"))
                .lines()
                .filter(line -> line.contains("\"modelId\""))
                .findFirst()
                .orElseThrow();
    }

    private long steps() {
        Matcher steps = Pattern.compile("(?m)^ *steps +([\\d,]+)$").matcher(command.output());
        assertThat(steps.find()).as(command.output()).isTrue();
        return Long.parseLong(steps.group(1).replace(",", ""));
    }
}
