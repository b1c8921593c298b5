package elbow.job.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import elbow.job.console.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thresholds by a tail, of reference rows of which a few are broken. */
class TailFitIT {
    private static final String CALIBRATE =
            "calibrate --model model --json figures.json -D scoring.threshold=tail --input ";

    @TempDir
    private static Path directory;

    private final CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        CommandLineRun command = new CommandLineRun(directory);
        command.write("rows.csv", table(1000, 1, 0));
        command.write("reference.csv", table(3000, 2, 0));
        command.write("broken.csv", table(3000, 2, 3));
        assertThat(command.run("train --input rows.csv --model model -D training.epochs=5 -D training.replicas=1"))
                .as(command.errors())
                .isZero();
    }

    @Test
    void brokenReferenceRowsAreNamedAndTheRobustFitIsNotMovedByThem() throws IOException {
        double whole = threshold("reference.csv");
        assertThat(command.errors())
                .contains("Tail: above a score of ", "% of the reference rows lie, a shape of ", " are fitted")
                .doesNotContain("do not follow");

        double pulled = threshold("broken.csv");
        assertThat(pulled).isGreaterThan(2 * whole);
        assertThat(command.errors())
                .contains(
                        "Tail: the 3 highest scores of reference rows (",
                        "do not follow the tail of the others: look at")
                .contains("scoring.tail-fit = robust chooses that");
        JsonNode tail = newestTail();
        assertThat(tail.get("robust").get("apart")).hasSize(3);
        assertThat(tail.get("atBound").asBoolean()).isFalse();
        assertThat(tail.get("shape").asDouble())
                .isGreaterThan(1 + tail.get("robust").get("shape").asDouble());

        double robust = threshold("broken.csv -D scoring.tail-fit=robust");
        assertThat(command.errors()).contains("Tail: the 3 highest scores", "is not moved by them");
        // They are still three rows beyond all others, as many as the risk allows of 3,000.
        assertThat(robust)
                .isCloseTo(threshold("reference.csv -D scoring.tail-fit=robust"), within(0.4 * Math.abs(whole)));
        assertThat(command.run("inspect --model model")).isZero();
        assertThat(command.output())
                .containsPattern("thresholdRule +tail at a risk of 0.001, robust fit")
                .containsPattern("tailShape +-?\\d")
                .containsPattern("tailAtBound +(yes|no)");
    }

    private double threshold(String input) throws IOException {
        assertThat(command.run(CALIBRATE + input)).as(command.errors()).isZero();
        return Figures.parse(Files.readString(directory.resolve("figures.json")), "figures.json")
                .number("threshold")
                .orElseThrow();
    }

    private static JsonNode newestTail() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("model"))) {
            Path newest = files.filter(file -> file.getFileName().toString().startsWith("calibration-"))
                    .max(Path::compareTo)
                    .orElseThrow();
            JsonNode json = new ObjectMapper().readTree(Files.readString(newest));
            return json.get("calibration").get("tail");
        }
    }

    private static String table(int rows, long seed, int broken) {
        Random random = new Random(seed);
        StringBuilder table = new StringBuilder("a,b\n");
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = a + 0.3 * random.nextGaussian();
            table.append(String.format(Locale.ROOT, "%.6f,%.6f%n", a, i < broken ? Math.pow(10, 5 + i) : b));
        }
        return table.toString();
    }
}
