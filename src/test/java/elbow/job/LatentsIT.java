package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Priors and posteriors by the command line. */
class LatentsIT {
    private static final String TRAIN = "train --input rows.csv -D training.epochs=4 -D training.replicas=2"
            + " -D model.latent-size=2 -D model.encoder-sizes=[8] ";

    @TempDir
    private static Path directory = Path.of("");

    private final CommandLineRun command = new CommandLineRun(directory);

    @BeforeEach
    void begin() throws IOException {
        SharedSpark.session();
        StringBuilder rows = new StringBuilder("a,b,c\n");
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            double common = random.nextGaussian();
            rows.append(common + 0.3 * random.nextGaussian()).append(',');
            rows.append(common + 0.3 * random.nextGaussian()).append(',');
            rows.append(random.nextGaussian()).append('\n');
        }
        command.write("rows.csv", rows.toString());
    }

    @Test
    void whatIsChosenAndHowItsKlIsFoundIsSaid() throws IOException {
        assertThat(command.run(TRAIN + "--model vamp -D model.prior=vamp -D model.prior-components=9"))
                .as(command.errors())
                .isZero();
        assertThat(command.errors())
                .contains(
                        "Prior: VampPrior of 9 pseudo-inputs\n",
                        "KL divergence: a mean over samples: it has no closed form\n");
        assertThat(Files.readString(directory.resolve("vamp/report.html")))
                .contains("VampPrior of 9 pseudo-inputs", "a mean over samples: it has no closed form")
                .containsPattern("Of [0-9]+ draws from posteriors and as many from the prior, [0-9.]+ % have");

        assertThat(command.run("evaluate --model vamp --input rows.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("klEstimate +samples\n");
        assertThat(command.run("score --model vamp --input rows.csv --output scores"))
                .as(command.errors())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bottom-up", "ladder"})
    void severalLayersOfLatentsGoThroughEveryCommand(String kind) throws IOException {
        String model = " --model " + kind;
        String rows = model + " --input rows.csv";
        done(TRAIN + "--model " + kind + " -D model.hierarchy=" + kind
                + " -D model.upper-latent-sizes=[3,2] -D model.upper-units=[6,4]");
        assertThat(command.errors())
                .contains("Layers of latents: 3, " + (kind.equals("ladder") ? "a ladder" : "bottom-up") + "\n")
                .contains("KL divergence: a mean over samples: it has no closed form\n");
        done("inspect" + model);
        done("evaluate" + rows);
        assertThat(command.output()).containsPattern("klEstimate +samples\n");
        done("score" + rows + " --output explained-" + kind + " --explain 2");
        done("score" + rows + " --output scores-" + kind + " --output-format csv --samples 3");
        assertThat(lines("scores-" + kind)).hasSize(401);
        assertThat(lines("scores-" + kind).get(0)).contains("kl", "importance_weighted_bound");
        done("encode" + rows + " --output latents-" + kind + " --output-format csv");
        assertThat(lines("latents-" + kind)).hasSize(401);
        done("reconstruct" + rows + " --output back-" + kind + " --output-format csv");
        assertThat(lines("back-" + kind)).hasSize(401);
        done("generate" + model + " --rows 30 --output made-" + kind + " --output-format csv");
        assertThat(lines("made-" + kind)).hasSize(31);
    }

    private void done(String arguments) {
        assertThat(command.run(arguments))
                .as(arguments + "\n" + command.errors())
                .isZero();
    }

    // Of all files of a table, the header once.
    private List<String> lines(String table) throws IOException {
        Set<String> headers = new HashSet<>();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve(table))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                List<String> own = Files.readAllLines(file);
                if (own.isEmpty()) {
                    continue;
                }
                if (headers.add(own.get(0))) {
                    lines.add(own.get(0));
                }
                lines.addAll(own.subList(1, own.size()));
            }
        }
        assertThat(headers).hasSize(1);
        return lines;
    }

    @Test
    void defaultsAreNotReported() throws IOException {
        assertThat(command.run(TRAIN + "--model plain")).as(command.errors()).isZero();
        assertThat(command.errors()).doesNotContain("Prior: ", "Posterior: ", "KL divergence: ");
        assertThat(Files.readString(directory.resolve("plain/report.html"))).doesNotContain("a mean over samples");
        assertThat(command.run("evaluate --model plain --input rows.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).doesNotContain("klEstimate");
    }
}
