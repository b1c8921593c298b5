package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.job.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Models for the tests of other packages, trained by the command line in this JVM's Spark session. */
public final class TestModels {
    private TestModels() {}

    /** Trains on a file and returns the model's directory. */
    public static Path train(Path input, Path model, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--input",
                input.toString(),
                "--model",
                model.toString(),
                "-D",
                "training.replicas=1",
                "-D",
                "training.batch-size=32",
                "-D",
                "scoring.samples=2"));
        arguments.addAll(Arrays.asList(options));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                Console.plain(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments.toArray(String[]::new));
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return model;
    }
}
