package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .contains("VampPrior of 9 pseudo-inputs", "a mean over samples: it has no closed form");

        assertThat(command.run("evaluate --model vamp --input rows.csv"))
                .as(command.errors())
                .isZero();
        assertThat(command.output()).containsPattern("klEstimate +samples\n");
        assertThat(command.run("score --model vamp --input rows.csv --output scores"))
                .as(command.errors())
                .isZero();
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
